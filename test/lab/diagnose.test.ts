import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/lab/diagnose.js';
import { laboratory } from '../../src/lab/laboratory.js';
import {
  firstDifference,
  recordRun,
  type RecordedEvent,
  type RunRecord,
} from '../../src/lab/run-record.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { instantOf } from '../../src/sim/time.js';
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

  it('tells a fresh world from one that was reset', () => {
    let first: Int32Array | undefined;
    const worldly: FixStrategy = {
      ...{ ...clearWhenIdle, remembers: 1 },
      region: (cause, _, memory) => {
        first ??= memory;
        return cause === 'drained' && memory === first ? 'clear' : 'hold';
      },
    };
    const { difference } = diagnose(scenario, worldly, '1');
    expect(difference?.run).toBe('in another fresh world');
    expect(difference?.event).toBeGreaterThan(1);
  });

  it('compares each event, not how many there were', () => {
    const event = (actor: string): RecordedEvent => ({
      ...{ atNs: 5, slot: 1, fingerprint: 'a' },
      happenings: [{ kind: 'crash', at: instantOf(5), actor }],
    });
    const record = (...events: readonly RecordedEvent[]): RunRecord => ({
      ...{ events, eventCount: 2, fingerprint: 'f', stopped: undefined },
    });
    const [one, other] = [event('one'), event('other')];
    expect(firstDifference(record(one, one), record(one, one))).toBeUndefined();
    expect(firstDifference(record(one, one), record(one, other))).toBe(1);
    expect(firstDifference(record(one, one), record(one))).toBe(1);
    expect(firstDifference(record(one), record({ ...one, fingerprint: 'b' }))).toBe(0);
    expect(firstDifference(record(one), record({ ...one, atNs: 6 }))).toBe(0);
    expect(firstDifference(record(one), record({ ...one, slot: 2 }))).toBe(0);
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
