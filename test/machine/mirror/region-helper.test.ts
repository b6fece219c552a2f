import { describe, expect, it } from 'vitest';
import { REGION_HELPER } from '../../../src/machine/mirror/region-helper.js';
import type { FixStrategy, Then } from '../../../src/machine/strategy.js';
import { seconds } from '../../../src/sim/time.js';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { spied, type Asked, type Spied } from '../../support/spied-strategy.js';
import { only, second } from '../../support/told.js';
import { toldBy } from '../../support/watched-run.js';

/** One page of /a is made and written at 3 s; whatever else a test wants. */
function written(
  others: Partial<FixStrategy>,
  answer: Parameters<typeof spied>[2],
  more = '',
  ...sets: readonly string[]
): Spied {
  return spied(
    smallScenario(
      'duration=60s',
      'mirror.regionSize=256KiB',
      `workload={ app: [{ at: 3s }, { create: /a }, { append: [/a, 4KiB] }, sync ${more}] }`,
      ...sets,
    ),
    others,
    answer,
  );
}

const SLOW_LEGS = `mirror.legs=[${drive('1ms', '900ms')}, ${drive('1ms', '900ms')}]`;
const EVERY_7 = { every: seconds(7), from: 'boot' } as const;
const AFTER_7 = { every: seconds(7), from: 'first-mark' } as const;

const at = (asked: readonly Asked[], cause: Asked['cause']): number[] =>
  asked.filter((one) => one.cause === cause).map((one) => second(one.at));

const clears =
  (on: Asked['cause'], otherwise: Then = 'hold') =>
  (cause: Asked['cause']): Then =>
    cause === on ? 'clear' : otherwise;

describe('the helper thread', () => {
  it('looks at marked regions on a grid from boot on, as long as there are any', () => {
    const { lab, asked } = written({ period: EVERY_7 }, () => 'hold');
    toldBy(lab);
    expect(at(asked, 'period')).toEqual([7, 14, 21, 28, 35, 42, 49, 56]);
  });

  it('or that long after the mark that found no other', () => {
    const { lab, asked } = written({ period: AFTER_7 }, () => 'hold');
    toldBy(lab);
    expect(at(asked, 'period').slice(0, 2)).toEqual([10, 17]);
  });

  it('is not put off by further marks', () => {
    const more = ', { at: 8s }, { create: /b }, { append: [/b, 4KiB] }, { fsync: /b }';
    const { lab, asked } = written(
      { period: AFTER_7 },
      () => 'hold',
      more,
      'mirror.regionSize=4KiB',
    );
    toldBy(lab);
    expect([...new Set(at(asked, 'period'))].slice(0, 2)).toEqual([10, 17]);
  });

  it('sleeps once nothing is marked, and wakes with the next mark', () => {
    const more = ', { at: 24s }, { overwrite: [/a, 0B, 1KiB] }, { fsync: /a }';
    const grid = written({ period: EVERY_7 }, clears('period'), more);
    const events = toldBy(grid.lab);
    expect(at(grid.asked, 'period')).toEqual([7, 28]);
    expect(only(events, 'log-landed').filter(({ cleared }) => cleared.length > 0).length).toBe(2);
    const first = written({ period: AFTER_7 }, clears('period'), more);
    toldBy(first.lab);
    expect(at(first.asked, 'period')[0]).toBe(10);
    expect(at(first.asked, 'period')[1]).toBe(31);
  });

  it('is no event of a run in which nothing is marked', () => {
    const idle = smallScenario('duration=60s', 'workload={ app: [{ sleep: 50s }] }');
    const without = spied(idle);
    toldBy(without.lab);
    const { lab, asked } = spied(idle, { period: EVERY_7 });
    toldBy(lab);
    expect([asked.length, lab.world.events]).toEqual([0, without.lab.world.events]);
    expect(lab.world.events).toBeGreaterThan(0);
  });

  it('is no event of a strategy that has no period', () => {
    const { lab, asked } = written({}, () => 'hold');
    toldBy(lab);
    expect(at(asked, 'period')).toEqual([]);
    expect(lab.world.prices.helper.syncs).toBe(0);
  });

  it('asks whether to clear after a sync that a strategy wanted, and not before it has ended', () => {
    const more = ', { at: 13s }, { overwrite: [/a, 0B, 1KiB] }';
    const answer = (cause: Asked['cause']): Then => (cause === 'period' ? 'sync' : 'hold');
    const { lab, asked } = written(
      { period: { ...EVERY_7, every: seconds(14) } },
      answer,
      more,
      SLOW_LEGS,
    );
    const events = toldBy(lab);
    const by = only(events, 'submitted').filter(({ actor }) => actor === REGION_HELPER);
    expect(second(by[0]?.at ?? 0)).toBe(14);
    const completed = only(events, 'completed')
      .filter(({ at: when }) => when < 28e9)
      .at(-1);
    expect(at(asked, 'period')[0]).toBe(14);
    expect(at(asked, 'synced')[0]).toBe(second(completed?.at ?? 0));
    expect(at(asked, 'synced')[0]).toBeGreaterThan(14.8);
    expect(lab.world.prices.helper.syncs).toBe(at(asked, 'synced').length);
    expect(lab.world.prices.cache.volume.helpersBytes).toBe(
      by.reduce((sum, { sectors }) => sum + sectors * 512, 0),
    );
  });

  it('asks `synced` of regions that were marked while it synced, too: a strategy has to know', () => {
    const more = ', { create: /b }, { append: [/b, 64KiB] }, { at: 14300ms }, { fsync: /b }';
    const { lab, asked } = written(
      { period: { ...EVERY_7, every: seconds(14) } },
      (cause) => (cause === 'period' ? 'sync' : 'hold'),
      more,
      ...['mirror.regionSize=4KiB', SLOW_LEGS, 'duration=120s'],
    );
    toldBy(lab);
    const first = (cause: Asked['cause']): number[] => {
      const all = asked.filter((one) => one.cause === cause);
      return all.filter((one) => one.at === all[0]?.at).map(({ region }) => region);
    };
    const looked = new Set(first('period'));
    expect(looked.size).toBeGreaterThan(0);
    expect(first('synced').some((region) => !looked.has(region))).toBe(true);
  });

  it('looks again on the grid after its sync', () => {
    const answer = (cause: Asked['cause']): Then => (cause === 'period' ? 'sync' : 'hold');
    const { lab, asked } = written({ period: EVERY_7 }, answer);
    toldBy(lab);
    expect(new Set(at(asked, 'period'))).toEqual(new Set([7, 14, 21, 28, 35, 42, 49, 56]));
    expect(lab.world.prices.helper.syncs).toBe(8);
  });
});
