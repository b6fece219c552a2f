import { describe, expect, it } from 'vitest';
import { mismatchesOf } from '../../../src/aftermath/judge.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import { NotModelled } from '../../../src/machine/operation.js';
import { seeded } from '../../../src/sim/seeded.js';
import { instantOf } from '../../../src/sim/time.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { direct, scenarioWith, versions, writesBy } from '../../support/direct-stories.js';
import { only, second } from '../../support/told.js';
import { toldBy } from '../../support/watched-run.js';

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
