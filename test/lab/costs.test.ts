import { describe, expect, it } from 'vitest';
import { recoveryTime } from '../../src/aftermath/recover.js';
import type { Costs } from '../../src/lab/costs.js';
import { experiment } from '../../src/lab/experiment.js';
import { laboratory } from '../../src/lab/laboratory.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { coreLog } from '../../src/strategies/core-log.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { HASTY } from '../laws/benches.js';
import { drive, smallScenario } from '../support/small-scenario.js';

const LEG = drive('{ uniform: [0ms, 4ms] }', '{ uniform: [1ms, 9ms] }', '50us');

/** A busy minute, most of it quiet in between. */
const SCENARIO = smallScenario(
  'duration=60s',
  'preemption={ uniform: [0us, 3ms] }',
  `mirror.legs=[${LEG}, ${LEG}]`,
  'workload={ app: [{ create: /a }, { append: [/a, 48KiB] }, { repeat: { every: { uniform: [1ms, 60ms] }, do: [{ overwrite: [/a, 1KiB, 6KiB] }, { overwrite: [/a, 20KiB, 20KiB] }, { store: [/a, 0B, 5KiB] }] } }],' +
    ' syncer: [{ repeat: { every: { uniform: [1ms, 900ms] }, do: [sync] } }] }',
  HASTY,
);

const COSTS = new Map(
  SHIPPED.map((strategy): [string, Costs] => {
    const { costs } = experiment(laboratory(SCENARIO, strategy), () => seeded('1'));
    return [strategy.name, costs];
  }),
);

/** The strategies that cost something of the kind. */
function paying(what: keyof Costs): string[] {
  return [...COSTS].filter(([, costs]) => costs[what] > 0).map(([name]) => name);
}

const of = (name: string): Costs => COSTS.get(name)!;

const DEVICE = 256 * 1024;

describe('a strategy pays for what it does, and for nothing else', () => {
  it.each([
    ['storeWaits', ['lock-pages']],
    ['storeWaitNs', ['lock-pages']],
    ['longestStoreWaitNs', ['lock-pages']],
    ['copiedBytes', ['bounce-copy', 'copy-on-store']],
    ['sums', ['checksum-compare']],
    ['syncs', ['clean-candidate']],
    ['syncWriteBytes', ['clean-candidate']],
    ['writesHeld', ['activity-log']],
  ] as const)('%s', (what, names) => {
    expect(paying(what)).toEqual(names);
  });

  it('nothing durable is written by a log in memory', () => {
    expect(of('core-log')).toMatchObject({ recordWrites: 0, marks: 0, clears: 0 });
    expect(paying('recordWrites')).toHaveLength(SHIPPED.length - 1);
  });

  it('bounce-copy copies every byte that is written, copy-on-store fewer', () => {
    expect(of('bounce-copy').copiedBytes).toBe(of('bounce-copy').pageWriteBytes);
    expect(of('copy-on-store').copiedBytes).toBeLessThan(of('copy-on-store').pageWriteBytes);
  });
});

describe('what recovery would copy, in the mean', () => {
  const bytes = (name: string): number => of(name).expectedResyncBytes;

  it('is the whole device where nothing is known', () => {
    expect(bytes('core-log')).toBe(DEVICE);
  });

  it('is least where a region is cleared at once, more after a period, most until unmount', () => {
    expect(bytes('clear-when-idle')).toBeGreaterThan(0);
    expect(bytes('clear-after-period')).toBeGreaterThan(bytes('clear-when-idle'));
    expect(bytes('mark-until-unmount')).toBeGreaterThan(bytes('clear-after-period'));
    expect(bytes('mark-until-unmount')).toBeLessThan(DEVICE);
  });

  it('takes longer the more it is', () => {
    const time = (name: string): number => of(name).expectedResyncNs;
    expect(time('clear-when-idle')).toBeGreaterThan(0);
    expect(time('mark-until-unmount') / time('clear-when-idle')).toBeCloseTo(
      bytes('mark-until-unmount') / bytes('clear-when-idle'),
      6,
    );
  });

  it('is as long as the recovery takes that copies all, where all is copied at any instant', () => {
    const lab = laboratory(SCENARIO, coreLog);
    lab.world.reset(seeded('1'));
    lab.world.runTo(instantOf(30e9));
    const whole = recoveryTime(lab.world.crash(), lab.pace);
    expect(of('core-log').expectedResyncNs).toBeCloseTo(whole, 0);
  });

  it('never clears what it never marked', () => {
    for (const { marks, clears } of COSTS.values()) expect(clears).toBeLessThanOrEqual(marks);
    expect(of('mark-until-unmount').clears).toBe(0);
  });
});

describe('the latency of writes', () => {
  it('has a median of milliseconds on these drives, and a tail above it', () => {
    for (const { writeLatencyP50Ns, writeLatencyP99Ns } of COSTS.values()) {
      expect(writeLatencyP50Ns).toBeGreaterThan(1e6);
      expect(writeLatencyP99Ns).toBeGreaterThan(writeLatencyP50Ns);
    }
  });

  it('is longer where each write waits for the log', () => {
    // One write at a time: where many wait for a leg, the log's share does not show.
    const alone = smallScenario(
      'duration=60s',
      `mirror.legs=[${LEG}, ${LEG}]`,
      'workload={ app: [{ create: /a }, { append: [/a, 1KiB] }, { repeat: { every: { uniform: [90ms, 300ms] }, do: [{ overwrite: [/a, 0B, 1KiB] }, { fsync: /a }] } }] }',
    );
    const medianUnder = (strategy: FixStrategy): number =>
      experiment(laboratory(alone, strategy), () => seeded('1')).costs.writeLatencyP50Ns;
    expect(medianUnder(clearWhenIdle)).toBeGreaterThan(medianUnder(markUntilUnmount));
  });
});
