import { describe, expect, it } from 'vitest';
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { laboratory } from '../../src/lab/laboratory.js';
import { NotModelled } from '../../src/machine/operation.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { drive, smallScenario } from '../support/small-scenario.js';
import { only, second, tell, type Told } from '../support/told.js';
import { toldBy } from '../support/watched-run.js';

const SLOW = drive('1s', '1s', '10ms');
/** Its leg 1 samples four seconds after its leg 0. */
const APART = `mirror.legs=[${SLOW}, ${drive('5s', '1s', '10ms')}]`;

/** A file of two pages, written back by sync before an application goes past the page cache. */
function direct(others: string, ...sets: readonly string[]): Told {
  return tell(scenarioWith(others, ...sets));
}

function scenarioWith(others: string, ...sets: readonly string[]) {
  return smallScenario(
    'duration=200s',
    `mirror.legs=[${SLOW}, ${SLOW}]`,
    'mirror.regionSize=64KiB',
    `workload={ makes: [{ create: /a }, { append: [/a, 8KiB] }, sync], ${others} }`,
    ...sets,
  );
}

const writesBy = (actor: string, { all, nameOf }: Told): (readonly [string, number, number])[] =>
  only(all, 'submitted')
    .filter((one) => one.actor === actor)
    .map(({ sector, sectors, at }) => [nameOf(sector), sectors, second(at)] as const);

/** What both legs hold of a sector of /a in the end, by its version. */
function versions({ lab, nameOf }: Told, logical: number): number[] {
  const { world, layout } = lab;
  const { legs } = world.crash();
  const block = Array.from({ length: layout.blocksCount }, (_, n) => n).find(
    (n) => nameOf(layout.sectorOfBlock(n)) === `data of /a, block ${logical}`,
  );
  const sector = layout.sectorOfBlock(block ?? 0);
  return [...legs, world.memory].map((disk) => disk.pool.view(disk.get(sector))[0]!);
}

describe('an O_DIRECT write', () => {
  it('goes to the legs at once, sector by sector, and returns when it is on both', () => {
    const told = direct('app: [{ at: 60s }, { direct: [/a, 512B, 2KiB] }, { create: /a }]');
    expect(writesBy('app', told)).toEqual([['data of /a, block 0', 4, 60]]);
    const completed = only(told.all, 'completed').find(({ at }) => at > 60e9);
    expect(only(told.all, 'step').at(-1)?.at).toBe(completed?.at);
    expect(versions(told, 0)).toEqual([1, 1, 1]);
    expect(versions(told, 1)).toEqual([2, 2, 2]);
  });

  it('waits until the file in the page cache is written', () => {
    const told = direct(
      'app: [{ at: 60s }, { overwrite: [/a, 4KiB, 4KiB] }, { direct: [/a, 0B, 1KiB] }]',
    );
    const page = only(told.all, 'completed').find(({ sectors, at }) => sectors === 8 && at > 60e9);
    expect(writesBy('app', told)).toEqual([
      ['data of /a, block 4', 8, 60],
      ['data of /a, block 0', 2, second(page?.at ?? 0)],
    ]);
    expect(versions(told, 4)).toEqual([2, 2, 2]);
    expect(versions(told, 0)).toEqual([3, 3, 3]);
  });

  it('waits for pages that pdflush has on their way', () => {
    const told = direct(
      'stores: [{ at: 60s }, { store: [/a, 0B, 512B] }], app: [{ at: 91s }, { direct: [/a, 0B, 1KiB] }]',
    );
    const [, page] = writesBy('pdflush', told).filter(([name]) => name.startsWith('data'));
    expect(page?.[2]).toBeUndefined();
    expect(writesBy('pdflush', told).find(([name]) => name.startsWith('data'))?.[2]).toBe(90);
    expect(writesBy('app', told)[0]?.[2]).toBeGreaterThan(92);
  });

  it('keeps other writers of the file waiting, and what they write after it stays', () => {
    const told = direct(
      'app: [{ at: 60s }, { direct: [/a, 0B, 1KiB] }, { create: /a }], other: [{ at: 61s }, { overwrite: [/a, 0B, 512B] }]',
    );
    const store = only(told.all, 'store').find(({ actor }) => actor === 'other');
    expect(second(store?.at ?? 0)).toBeGreaterThan(62);
    expect(versions(told, 0)).toEqual([3, 3, 3]);
  });

  it('is cut at regions, and a block is never in two requests', () => {
    const told = direct(
      'app: [{ at: 60s }, { direct: [/a, 512B, 7KiB] }]',
      'mirror.regionSize=4KiB',
    );
    const writes = writesBy('app', told);
    expect(writes.length).toBeGreaterThan(1);
    expect(writes.reduce((sum, [, sectors]) => sum + sectors, 0)).toBe(14);
    for (const { sector, sectors } of only(told.all, 'submitted')) {
      expect(Math.floor(sector / 8)).toBe(Math.floor((sector + sectors - 1) / 8));
    }
  });

  it.each([
    ['behind the end', '{ direct: [/a, 8KiB, 512B] }', 'an O_DIRECT write up to 8704'],
    ['of a file that is not there', '{ unlink: /a }, { direct: [/a, 0B, 512B] }', 'does not exist'],
  ])('is refused %s', (_, steps, why) => {
    const lab = laboratory(scenarioWith(`app: [{ at: 60s }, ${steps}]`), clearWhenIdle);
    expect(() => toldBy(lab)).toThrow(NotModelled);
    expect(() => toldBy(lab)).toThrow(why);
  });

  it('refuses stores into a mapping of its pages, and of no others', () => {
    const storing = (offset: string) =>
      laboratory(
        scenarioWith(
          `app: [{ at: 60s }, { direct: [/a, 1KiB, 512B] }], maps: [{ at: 61s }, { store: [/a, ${offset}, 1B] }]`,
        ),
        clearWhenIdle,
      );
    expect(() => toldBy(storing('0B'))).toThrow('a store into a mapping of a page');
    expect(() => toldBy(storing('4KiB'))).not.toThrow();
  });

  it('waits for pages that another thread has yet to submit, whoever comes first', () => {
    const lab = laboratory(
      scenarioWith(
        'stores: [{ at: 60s }, { overwrite: [/a, 0B, 1KiB] }], syncs: [{ at: 61s }, { fsync: /a }], app: [{ at: 61s }, { direct: [/a, 0B, 1KiB] }]',
        'filesystem.blockSize=4KiB',
        'duration=90s',
      ),
      clearWhenIdle,
    );
    for (let seed = 1; seed <= 60; seed++) {
      lab.world.reset(seeded(`${seed}`));
      lab.world.runTo(instantOf(90e9 - 1));
      expect(mismatchesOf(lab.world.crash())).toEqual([]);
    }
  });

  it('keeps the file from being deleted under it', () => {
    const told = direct(
      'app: [{ at: 60s }, { direct: [/a, 0B, 1KiB] }, { create: /c }], unlinks: [{ at: 61s }, { unlink: /a }]',
    );
    const returned = only(told.all, 'step').find(({ what }) => what === 'create /c');
    const freed = only(told.all, 'store').find(
      ({ actor, what }) => actor === 'unlinks' && what.startsWith('ext2_update_inode'),
    );
    expect(freed?.at).toBeGreaterThanOrEqual(returned?.at ?? Infinity);
  });

  it('writes anew what a mapping dirtied while it waited', () => {
    const told = direct(
      'app: [{ at: 60s }, { overwrite: [/a, 0B, 1KiB] }, { direct: [/a, 0B, 1KiB] }], maps: [{ at: 61s }, { store: [/a, 0B, 512B] }]',
    );
    expect(writesBy('app', told).map(([, sectors]) => sectors)).toEqual([2, 8, 2]);
    expect(versions(told, 0)).toEqual([3 + 1, 4, 4]);
  });
});

describe("a scribble into an O_DIRECT write's buffer", () => {
  const RACE = 'app: [{ at: 60s }, { direct: [/a, 0B, 1KiB] }, { create: /a }]';

  it('is seen by a leg that samples later, and by no other', () => {
    const told = direct(`${RACE}, other: [{ at: 63s }, { scribble: [/a, 0B, 512B] }]`, APART);
    const [store] = only(told.all, 'store').filter(({ actor }) => actor === 'other');
    expect(store?.sampledBefore).toEqual([true, false]);
    // A reader finds what the default leg holds.
    expect(versions(told, 0)).toEqual([2, 3, 2]);
  });

  it('is seen by all legs that have yet to sample', () => {
    const told = direct(
      `${RACE}, other: [{ at: 60.5s }, { scribble: [/a, 0B, 512B] }]`,
      'mirror.log=' + drive('1s', '1s'),
    );
    expect(versions(told, 0)).toEqual([3, 3, 3]);
  });

  it.each([
    ['before it', '59s', '0B'],
    ['after it', '80s', '0B'],
    ['beside it', '63s', '1KiB'],
  ])('changes nothing %s', (_, at, offset) => {
    const told = direct(
      `${RACE}, other: [{ at: ${at} }, { scribble: [/a, ${offset}, 512B] }]`,
      APART,
    );
    expect(only(told.all, 'store').filter(({ actor }) => actor === 'other')).toEqual([]);
    expect(new Set(versions(told, 0)).size).toBe(1);
  });

  it('changes nothing of a part that is on the legs already', () => {
    const told = direct(
      'app: [{ at: 60s }, { direct: [/a, 0B, 8KiB] }], other: [{ at: 63s }, { scribble: [/a, 0B, 8KiB] }]',
      'mirror.regionSize=4KiB',
    );
    expect(writesBy('app', told).length).toBeGreaterThan(2);
    expect(versions(told, 0)).toEqual([2, 2, 2]);
    expect(versions(told, 7)).toEqual([3, 3, 3]);
  });

  it('before the first request is seen by all legs, and nobody is to blame', () => {
    const told = direct(
      'app: [{ at: 700s }, { direct: [/a, 0B, 1KiB] }], other: [{ at: 707s }, { scribble: [/a, 0B, 512B] }]',
      'preemption=5s',
      'duration=900s',
    );
    const [stored] = only(told.all, 'store').filter(({ actor }) => actor === 'other');
    expect(stored?.sampledBefore).toEqual([]);
    expect(versions(told, 0)).toEqual([3, 3, 3]);
    expect(told.lab.world.applicationsSectors()).toEqual([]);
  });

  it('is told apart by the meters: the mirror was never exposed, the application was', () => {
    const { world } = direct(
      `${RACE}, other: [{ at: 63s }, { scribble: [/a, 0B, 512B] }]`,
      APART,
    ).lab;
    expect(world.exposure.windowCount).toBe(0);
    expect(world.byApplication.windowCount).toBeGreaterThan(0);
    expect(mismatchesOf(world.crash())).toEqual(world.applicationsSectors());
  });

  it('goes on where it was exposed when the next write is scribbled into as well', () => {
    const { world } = direct(
      `app: [{ at: 60s }, { direct: [/a, 0B, 1KiB] }, { at: 80s }, { direct: [/a, 0B, 1KiB] }], other: [{ at: 65s }, { scribble: [/a, 0B, 512B] }, { at: 81s }, { scribble: [/a, 0B, 512B] }]`,
      APART,
      `mirror.log=${drive('1s', '1s')}`,
      'duration=90s',
    ).lab;
    // Covered by the mark of the second write, which is durable two seconds after it.
    expect(world.byApplication.windowCount).toBe(1);
    expect(second(world.byApplication.window(0).toNs)).toBe(82);
  });

  it('is forgotten when a later write of the sector has completed', () => {
    const again = '{ at: 80s }, { direct: [/a, 0B, 1KiB] }, { create: /a }';
    const { world } = direct(
      `app: [{ at: 60s }, { direct: [/a, 0B, 1KiB] }, ${again}], other: [{ at: 63s }, { scribble: [/a, 0B, 512B] }]`,
      APART,
    ).lab;
    expect(world.byApplication.window(0).toNs).toBeLessThan(88e9);
    expect(world.applicationsSectors()).toEqual([]);
    expect(mismatchesOf(world.crash())).toEqual([]);
  });

  it("leaves a race of the page cache over the same sector the mirror's", () => {
    const lab = laboratory(
      scenarioWith(
        `app: [{ at: 60s }, { direct: [/a, 0B, 1KiB] }, { overwrite: [/a, 0B, 1KiB] }, { fsync: /a }], other: [{ at: 63s }, { scribble: [/a, 0B, 512B] }],
         maps: [{ at: 71s }, { store: [/a, 0B, 512B] }]`,
        APART,
        'duration=90s',
      ),
      clearWhenIdle,
    );
    const { world } = lab;
    world.reset(seeded('1'));
    world.runTo(instantOf(90e9 - 1));
    world.finish(instantOf(90e9));
    expect(world.applicationsSectors()).toEqual([]);
    expect(mismatchesOf(world.crash())).toHaveLength(1);
    expect(world.exposure.windowCount).toBe(1);
  });
});
