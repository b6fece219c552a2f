import { describe, expect, it } from 'vitest';
import { laboratory } from '../../../src/lab/laboratory.js';
import { NotModelled } from '../../../src/machine/operation.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { only, second, tell, type Told } from '../../support/told.js';
import { toldBy } from '../../support/watched-run.js';

/** A file of a page, written back by sync, into whose mapping others store. */
function mapped(others: string, ...sets: readonly string[]): Told {
  return tell(
    smallScenario(
      'duration=100s',
      'mirror.regionSize=64KiB',
      `workload={ makes: [{ create: /a }, { append: [/a, 4KiB] }, sync], ${others} }`,
      ...sets,
    ),
  );
}

const dataOf = <T extends { readonly sector: number }>(told: Told, all: readonly T[]): T[] =>
  all.filter(({ sector }) => told.nameOf(sector).startsWith('data of /a'));

const seconds = (all: readonly { readonly at: number }[]): number[] =>
  all.map(({ at }) => second(at));

const by = <T extends { readonly actor: string }>(actor: string, all: readonly T[]): T[] =>
  all.filter((one) => one.actor === actor);

describe('a store into a mapping', () => {
  it('dirties all buffers of its page before memory changes, however small it is', () => {
    const told = mapped('maps: [{ at: 10s }, { store: [/a, 1KiB, 1B] }]');
    const dirtied = by('maps', dataOf(told, only(told.all, 'dirtied')));
    expect(dirtied.map(({ sectors }) => sectors)).toEqual([2, 2, 2, 2]);
    const [store] = by('maps', only(told.all, 'store'));
    expect(told.all.indexOf(store!)).toBeGreaterThan(told.all.indexOf(dirtied[3]!));
    const [, written] = dataOf(told, only(told.all, 'submitted'));
    expect(written?.sectors).toBe(8);
    expect(second(written?.at ?? 0)).toBe(40);
  });

  it('is free once a fault has dirtied the page: nothing is marked until it is written', () => {
    const told = mapped(
      'maps: [{ at: 10s }, { repeat: { every: 1s, times: 20, do: [{ store: [/a, 512B, 1KiB] }] } }]',
    );
    const stored = by('maps', only(told.all, 'store'));
    expect(new Set(stored.map(({ at }) => at)).size).toBe(20);
    expect(new Set(by('maps', only(told.all, 'dirtied')).map(({ at }) => at))).toEqual(
      new Set([11e9]),
    );
    expect(seconds(dataOf(told, only(told.all, 'submitted'))).slice(1)).toEqual([45]);
  });

  it('faults anew as soon as the writeback of its page has begun, and does not wait for that', () => {
    const slow = drive('2s', '2s');
    const told = mapped(
      'maps: [{ at: 10s }, { store: [/a, 0B, 512B] }, { at: 41s }, { store: [/a, 0B, 512B] }, { store: [/a, 0B, 512B] }]',
      `mirror.legs=[${slow}, ${slow}]`,
      'mirror.regionSize=256KiB',
    );
    const stores = by('maps', dataOf(told, only(told.all, 'store')));
    expect(seconds(stores)).toEqual([10, 41, 41]);
    expect(stores[1]?.sampledBefore).toEqual([false, false]);
    const faults = new Set(seconds(by('maps', dataOf(told, only(told.all, 'dirtied')))));
    expect([...faults]).toEqual([10, 41]);
    const writes = seconds(dataOf(told, only(told.all, 'submitted')));
    expect(writes.slice(1)).toEqual([40, 75]);
  });

  it('faults again when the page was written between the fault and the store', () => {
    const told = mapped(
      'maps: [{ at: 50s }, { store: [/a, 0B, 512B] }], syncs: [{ at: 51s }, { fsync: /a }]',
      'preemption=2s',
    );
    const faults = new Set(seconds(by('maps', dataOf(told, only(told.all, 'dirtied')))));
    expect([...faults]).toEqual([50, 52]);
    expect(seconds(by('maps', only(told.all, 'store')))).toEqual([54]);
  });

  it('goes page by page, each with a fault of its own', () => {
    const told = mapped(
      'maps: [{ at: 10s }, { append: [/a, 8KiB] }, sync, { at: 20s }, { store: [/a, 3584B, 5KiB] }]',
    );
    const after = by('maps', told.all).filter(({ at }) => at >= 20e9);
    const kinds = after.flatMap(({ kind }) => (kind === 'step' ? [] : [kind[0]]));
    expect(kinds.join('')).toBe(`ddddsdddd${'s'.repeat(8)}dddds`);
  });

  it('dirties no buffer behind the end of the file', () => {
    const told = mapped(
      'maps: [{ create: /b }, { append: [/b, 1500B] }, sync, { at: 10s }, { store: [/b, 0B, 1B] }]',
    );
    expect(by('maps', only(told.all, 'dirtied')).filter(({ at }) => at === 10e9)).toHaveLength(2);
  });

  it('reaches no further than the file', () => {
    const lab = laboratory(
      smallScenario(
        'workload={ app: [{ create: /a }, { append: [/a, 1KiB] }, { store: [/a, 512B, 1KiB] }] }',
      ),
      clearWhenIdle,
    );
    expect(() => toldBy(lab)).toThrow(NotModelled);
    expect(() => toldBy(lab)).toThrow('a store up to 1536 through a mapping of a file of 1024');
  });

  it('keeps the file from being deleted under it', () => {
    const told = mapped(
      'maps: [{ at: 60s }, { store: [/a, 0B, 4KiB] }], unlinks: [{ at: 61s }, { unlink: /a }]',
      'preemption=3s',
    );
    const freed = by('unlinks', only(told.all, 'store')).find(({ what }) =>
      what.startsWith('ext2_update_inode'),
    );
    const [store] = by('maps', only(told.all, 'store'));
    expect(freed?.at).toBeGreaterThan(store?.at ?? Infinity);
  });
});
