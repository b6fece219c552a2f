import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/lab/diagnose.js';
import { laboratory } from '../../src/lab/laboratory.js';
import { firstDifference, recordRun } from '../../src/lab/run-record.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../support/shipped-scenarios.js';

const scenario = shippedScenario('shapes/hot-region.yaml', 'duration=5s');

describe('a diagnosis', () => {
  it('finds nothing where a run repeats', () => {
    const found = diagnose(scenario, clearWhenIdle, '1');
    expect(found.difference).toBeUndefined();
    expect(found.events).toBeGreaterThan(1000);
  });

  it('names the first event after the answer that was another one', () => {
    // From the fourth question on the second run is told otherwise; all before is the same.
    let asked = 0;
    let run = 1;
    const turning: FixStrategy = {
      ...clearWhenIdle,
      region: (cause, region, memory, choose) => {
        asked++;
        const then = clearWhenIdle.region(cause, region, memory, choose);
        return run === 2 && asked >= 4 ? 'hold' : then;
      },
    };
    const lab = laboratory(scenario, turning);
    const first = recordRun(lab, '1');
    [asked, run] = [0, 2];
    const second = recordRun(lab, '1');
    const n = firstDifference(first, second);
    expect(n).toBeGreaterThan(0);
    expect(first.events.slice(0, n)).toEqual(second.events.slice(0, n));
    expect(first.events[n!]).not.toEqual(second.events[n!]);
  });

  it('tells whose event it is, and when', () => {
    let asked = 0;
    const counting: FixStrategy = {
      ...clearWhenIdle,
      region: (cause) => (cause === 'drained' && ++asked !== 2 ? 'clear' : 'hold'),
    };
    const { difference } = diagnose(scenario, counting, '1');
    expect(difference?.run).toBe('in the same world, reset');
    expect(difference?.event).toBeGreaterThan(1);
    expect(difference?.first?.atNs).toBeGreaterThan(0);
    expect(difference?.first?.actor).toMatch(
      /^(log|mirror|pdflush|leg \d|one|two|plug of leg \d)$/,
    );
    expect(difference?.secondNext).toBeDefined();
  });
});
