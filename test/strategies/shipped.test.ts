import { describe, expect, it } from 'vitest';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { seconds } from '../../src/sim/time.js';
import { SHIPPED, strategyNamed, tuned } from '../../src/strategies/shipped.js';
import { RegionBench } from '../support/region-bench.js';

function named(name: string): FixStrategy {
  const strategy = strategyNamed(name);
  if (strategy === undefined) throw new Error(`no strategy ${name}`);
  return strategy;
}

/** What is left marked after a write that drained, and after one under which a block changed. */
function leftMarked(strategy: FixStrategy): string {
  const regions = new RegionBench(strategy, 4, true);
  regions.write(1);
  regions.write(2, true);
  regions.pass();
  return regions.marked().join(' ');
}

/** The record, what a store does, what legs read, and what stays marked once it has drained. */
const KINDS: readonly (readonly [string, string, string, string, string])[] = [
  ['clear-when-idle', 'dm-log', 'proceed', 'live-page', '2'],
  ['lock-pages', 'dm-log', 'wait', 'live-page', '2'],
  ['mark-until-unmount', 'dm-log', 'proceed', 'live-page', '1 2'],
  ['clear-after-period', 'dm-log', 'proceed', 'live-page', '1 2'],
  ['clean-candidate', 'dm-log', 'proceed', 'live-page', '1 2'],
  ['bounce-copy', 'dm-log', 'proceed', 'private-copy', '2'],
  ['copy-on-store', 'dm-log', 'copy', 'live-page', '2'],
  ['checksum-compare', 'dm-log', 'proceed', 'live-page', '2'],
  ['activity-log', 'activity-log', 'proceed', 'live-page', '1 2'],
  ['md-bitmap', 'md', 'proceed', 'live-page', '1 2'],
  ['md-safemode', 'md-safemode', 'proceed', 'live-page', '1 2'],
  ['md-llbitmap', 'md-llbitmap', 'proceed', 'live-page', '1 2'],
  ['core-log', 'core', 'proceed', 'live-page', '2'],
];

describe('the strategies that come with the program', () => {
  it('are thirteen, each with a name of its own', () => {
    expect(SHIPPED.map(({ name }) => name)).toEqual(KINDS.map(([name]) => name));
    expect(strategyNamed('clear-never')).toBeUndefined();
  });

  it.each(KINDS)('%s', (name, record, stores, legsRead, marked) => {
    const strategy = named(name);
    expect([
      strategy.record,
      strategy.stores ?? 'proceed',
      strategy.legsRead ?? 'live-page',
      leftMarked(strategy),
    ]).toEqual([record, stores, legsRead, marked]);
  });

  it('only checksum-compare is told what changed: it alone sums', () => {
    expect(SHIPPED.filter((one) => one.comparesSums === true).map(({ name }) => name)).toEqual([
      'checksum-compare',
    ]);
  });

  it('remember nothing but in the numbers that they were given', () => {
    for (const strategy of SHIPPED) {
      const first = leftMarked(strategy);
      expect(leftMarked(strategy)).toBe(first);
    }
  });

  it('are as a scenario has them, and else as the kernel has them', () => {
    const period = seconds(3);
    expect(tuned(named('clear-after-period'), { period }, 'linux-2.6.25').patience).toBe(period);
    expect(tuned(named('activity-log'), { extents: 7 }, 'linux-2.6.25').mostMarked).toBe(7);
    expect(named('activity-log')).toMatchObject({ mostMarked: 1237, granule: 4 * 2 ** 20 });
    expect(tuned(named('lock-pages'), { period }, 'linux-2.6.25')).toBe(named('lock-pages'));
  });

  it('clear a bit of md a run of its daemon later from 6.1 on', () => {
    const runs = (kernel: string): number => {
      const regions = new RegionBench(tuned(named('md-bitmap'), {}, kernel), 4, true);
      regions.write(1);
      let run = 0;
      while (regions.marked().length > 0) {
        run++;
        regions.keeper.period(1);
      }
      return run;
    };
    expect([runs('linux-2.6.25'), runs('linux-3.0'), runs('linux-6.1')]).toEqual([2, 2, 3]);
  });

  it('leave a strategy of a user’s own as it is', () => {
    const own: FixStrategy = { name: 'own', summary: '', record: 'core', region: () => 'hold' };
    expect(tuned(own, { period: seconds(1) }, 'linux-2.6.25')).toBe(own);
  });
});
