import { describe, expect, it } from 'vitest';
import { Runner } from '../../src/lab/runner.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { smallScenario } from '../support/small-scenario.js';
import type { Outcome } from '../../src/lab/outcome.js';

const STORES =
  'workload={ app: [{ create: /a }, { append: [/a, 1KiB] }, { fsync: /a }, { at: 10s }, { append: [/a, 1KiB] }, sync] }';
const SLOW_LEG = 'mirror.legs[0].latency.firstSample={ list: [1ms, 9ms] }';
const LATE = 'choices={ leg 0: [[1, first sample, 2, 1]] }';

function run(...sets: readonly string[]): Outcome {
  return new Runner().run(smallScenario(STORES, ...sets), clearWhenIdle, '1');
}

function facts({ outcome, exposure, events, costs }: Outcome) {
  // Without the pace of a recovery, which is that of the drives at their medians.
  return { outcome, exposure, events, costs: { ...costs, expectedResyncNs: 0 } };
}

describe('a run with fixed choices', () => {
  it('has no seed, and gives 0 where nothing is fixed', () => {
    const quick = run(SLOW_LEG, 'choices={}');
    expect(quick.seed).toBeUndefined();
    expect(facts(quick)).toEqual(facts(run('choices={}')));
  });

  it('gives what is fixed', () => {
    const quick = run(SLOW_LEG, 'choices={}');
    const late = run(SLOW_LEG, LATE);
    // A write that takes longer keeps its region marked for longer.
    expect(late.costs.expectedResyncBytes).toBeGreaterThan(quick.costs.expectedResyncBytes);
  });

  it('is the same when the model has got new questions elsewhere', () => {
    const more = [
      'mirror.legs[1].latency.firstSample={ list: [1ms, 2ms, 3ms] }',
      'mirror.log.latency.durable={ uniform: [2ms, 5ms] }',
      'preemption={ uniform: [0s, 1ms] }',
    ];
    expect(facts(run(SLOW_LEG, LATE, ...more))).toEqual(facts(run(SLOW_LEG, LATE)));
  });

  it('comes to nothing where a fixed choice does not fit its question', () => {
    const other = run('mirror.legs[0].latency.firstSample={ list: [1ms, 5ms, 9ms] }', LATE);
    expect([other.verdict, other.reasons]).toEqual([
      'ERROR',
      ["stream 'leg 0', question 1: stored 'first sample' of 2, asked 'first sample' of 3"],
    ]);
  });

  it('comes to nothing where its question is gone', () => {
    expect(run(LATE)).toMatchObject({
      verdict: 'ERROR',
      reasons: [
        "stream 'leg 0', question 1: stored 'first sample' of 2, which this run never asks",
      ],
    });
  });
});
