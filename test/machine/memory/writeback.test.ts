import { describe, expect, it } from 'vitest';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { only, second, tell, type Of, type Told } from '../../support/told.js';

const pageWrites = ({ all, nameOf }: Told): Of<'submitted'>[] =>
  only(all, 'submitted').filter(({ sector }) => nameOf(sector).startsWith('data of /a'));

const firstCompletion = ({ all }: Told, of: number): number =>
  only(all, 'completed').find(({ sector }) => sector === of)?.at ?? Infinity;

/** A page of /a that pdflush writes at 35 s, on legs that take that long with a request. */
function slowly(durable: string, others: string, ...sets: readonly string[]): Told {
  const leg = drive('1s', durable);
  return tell(
    smallScenario(
      'duration=200s',
      `mirror.legs=[${leg}, ${leg}]`,
      'mirror.regionSize=256KiB',
      'filesystem={ type: ext2, blockSize: 4KiB, size: 256KiB }',
      `workload={ makes: [{ sleep: 3s }, { create: /a }, { append: [/a, 512B] }], ${others} }`,
      ...sets,
    ),
  );
}

describe('a page under write that is dirty again', () => {
  it('is skipped by pdflush, which tries every 100 ms until the first write has completed', () => {
    const run = slowly('40s', 'races: [{ sleep: 36s }, { overwrite: [/a, 0B, 512B] }]');
    const writes = pageWrites(run);
    const completed = firstCompletion(run, writes[0]?.sector ?? 0);
    expect(writes.map(({ at }) => Math.floor(second(at)))).toEqual([35, 76]);
    expect(second(completed)).toBeGreaterThan(76);
    expect(writes[1]?.at).toBeGreaterThan(completed);
    expect(writes[1]?.at).toBeLessThanOrEqual(completed + 100e6);
  });

  it('keeps pdflush from the superblock until it has been written', () => {
    const run = slowly(
      '40s',
      'races: [{ sleep: 36s }, { overwrite: [/a, 0B, 512B] }], other: [{ sleep: 71s }, { create: /b }]',
      'filesystem={ type: ext2, blockSize: 1KiB, size: 256KiB }',
    );
    const superblock = only(run.all, 'dirtied').filter(
      ({ at, sector }) => second(at) > 70 && run.nameOf(sector) === 'superblock',
    );
    expect(Math.floor(second(superblock[0]?.at ?? 0))).toBe(76);
  });

  it('is skipped whole: a buffer that is not under write waits with its page', () => {
    const run = slowly(
      '40s',
      'appends: [{ sleep: 36s }, { append: [/a, 1KiB] }]',
      'filesystem={ type: ext2, blockSize: 1KiB, size: 256KiB }',
    );
    expect(pageWrites(run).map(({ at, sectors }) => [Math.floor(second(at)), sectors])).toEqual([
      [35, 2],
      [76, 4],
    ]);
  });

  it('is waited for by fsync, written at once, and waited for again', () => {
    const run = slowly(
      '3s',
      'races: [{ sleep: 36s }, { overwrite: [/a, 0B, 512B] }, { fsync: /a }, { create: /a }]',
    );
    const writes = pageWrites(run);
    const completions = only(run.all, 'completed').filter(
      ({ sector }) => sector === writes[0]?.sector,
    );
    expect(writes).toHaveLength(2);
    expect(writes[1]?.at).toBe(completions[0]?.at);
    const returned = run.all.findLast((one) => one.kind === 'step');
    expect(returned?.at).toBeGreaterThanOrEqual(completions[1]?.at ?? Infinity);
  });

  it('is waited for by sync and written again before it returns', () => {
    const run = slowly(
      '3s',
      'races: [{ sleep: 36s }, { overwrite: [/a, 0B, 512B] }, sync, { create: /a }]',
    );
    const writes = pageWrites(run);
    const returned = run.all.findLast((one) => one.kind === 'step')?.at ?? 0;
    expect(writes).toHaveLength(2);
    expect(writes[1]?.at).toBeLessThan(returned);
    expect(only(run.all, 'completed').filter(({ at }) => at > returned)).toEqual([]);
    // Long before pdflush would have: that would be at 70 s.
    expect(second(writes[1]?.at ?? Infinity)).toBeLessThan(66);
  });

  it('is as old as the sync() that was under way, and not older', () => {
    const run = slowly(
      '4s',
      'syncs: [{ sleep: 4s }, sync], races: [{ sleep: 10s }, { overwrite: [/a, 0B, 512B] }]',
    );
    // From 9 s on it waits for the page: what is stored meanwhile is not on the list.
    expect(pageWrites(run).map(({ at }) => Math.floor(second(at)))).toEqual([4, 35]);
  });

  it('is never in two requests at once', () => {
    const run = slowly(
      '20s',
      'races: [{ sleep: 4s }, { repeat: { every: 900ms, do: [{ overwrite: [/a, 0B, 512B] }] } }], syncs: [{ sleep: 37s }, sync, sync], fsyncs: [{ sleep: 38s }, { fsync: /a }, { fsync: /a }]',
    );
    const under = new Map<number, number>();
    for (const one of run.all) {
      if (one.kind === 'submitted') under.set(one.sector, (under.get(one.sector) ?? 0) + 1);
      if (one.kind === 'completed') under.set(one.sector, (under.get(one.sector) ?? 0) - 1);
      expect(Math.max(0, ...under.values())).toBeLessThan(2);
    }
    expect(only(run.all, 'completed').length).toBeGreaterThan(3);
  });
});

describe('sync', () => {
  it('writes all that is dirty: files, their inodes, and the block device last', () => {
    const run = tell(
      smallScenario(
        'duration=4s',
        'workload={ app: [{ create: /a }, { append: [/a, 14KiB] }, sync, { create: /a }] }',
      ),
    );
    const written = only(run.all, 'submitted').map(({ sector }) => run.nameOf(sector));
    expect(new Set(written.map((name) => name.replace(/, block \d+/, '')))).toEqual(
      new Set([
        'directory /',
        'data of /a',
        'superblock',
        'group descriptors',
        'block bitmap of group 0',
        'inode bitmap of group 0',
        'inodes 1-4',
        'inodes 9-12',
        'indirect block of /a',
      ]),
    );
    expect(written[0]).toBe('directory /');
    expect(written.indexOf('data of /a, block 13')).toBeLessThan(
      written.indexOf('group descriptors'),
    );
    const returned = run.all.findLast((one) => one.kind === 'step');
    const last = only(run.all, 'completed').at(-1);
    expect(returned?.at).toBeGreaterThanOrEqual(last?.at ?? Infinity);
  });
});

describe('fsync', () => {
  const run = tell(
    smallScenario(
      'duration=4s',
      'workload={ app: [{ create: /b }, { create: /a }, { append: [/a, 14KiB] }, { append: [/b, 1KiB] }, { fsync: /a }, { create: /a }] }',
    ),
  );
  const written = only(run.all, 'submitted').flatMap(({ sector, sectors }) =>
    Array.from({ length: sectors }, (_, i) => run.nameOf(sector + i)),
  );

  it('writes the data, the indirect block and the inode, in that order, and nothing else', () => {
    const order = [...new Set(written.map((name) => name.replace(/, block \d+/, '')))];
    expect(order).toEqual(['data of /a', 'indirect block of /a', 'inodes 9-12', 'inodes 13-16']);
    const data = new Set(written.filter((name) => name.startsWith('data of /a')));
    expect(data.size).toBe(14);
  });

  it('returns when all of it is on both legs', () => {
    const returned = run.all.findLast((one) => one.kind === 'step');
    const completed = only(run.all, 'completed');
    expect(completed).toHaveLength(only(run.all, 'submitted').length);
    for (const { at } of completed) expect(at).toBeLessThanOrEqual(returned?.at ?? 0);
  });

  it('waits for a write that pdflush has begun, although nothing is dirty any more', () => {
    const slow = slowly('3s', 'syncs: [{ sleep: 36s }, { fsync: /a }, { create: /a }]');
    const [write] = pageWrites(slow);
    const returned = slow.all.findLast((one) => one.kind === 'step');
    expect(pageWrites(slow)).toHaveLength(1);
    expect(returned?.at).toBe(firstCompletion(slow, write?.sector ?? 0));
  });

  it('costs nothing when nothing is dirty', () => {
    const again = tell(
      smallScenario(
        'duration=4s',
        'workload={ app: [{ create: /a }, { append: [/a, 1KiB] }, { fsync: /a }, { sleep: 1s }, { fsync: /a }, { fsync: /a }] }',
      ),
    );
    expect(only(again.all, 'submitted').filter(({ at }) => at > 1e9)).toEqual([]);
  });
});
