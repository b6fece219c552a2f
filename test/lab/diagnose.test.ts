import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/lab/diagnose.js';
import { laboratory } from '../../src/lab/laboratory.js';
import {
  firstDifference,
  recordRun,
  type RecordedEvent,
  type RunRecord,
} from '../../src/lab/run-record.js';
import { StrategyFault, type FixStrategy } from '../../src/machine/strategy.js';
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
      ...clearWhenIdle,
      remembers: 1,
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
      atNs: 5,
      slot: 1,
      fingerprint: 'a',
      happenings: [{ kind: 'crash', at: instantOf(5), actor }],
    });
    const record = (...events: readonly RecordedEvent[]): RunRecord => ({
      events,
      eventCount: 2,
      fingerprint: 'f',
      stopped: undefined,
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

  it('tells runs apart that have as many events, and names the first that differs', () => {
    const [usual, other] = [holdingAt(() => 2), holdingAt(() => 3)].map((strategy) =>
      recordRun(laboratory(scenario, strategy), '1'),
    );
    const n = firstDifference(usual!, other!);
    expect([other?.eventCount, n]).toEqual([usual?.eventCount, expect.any(Number)]);
    const names = ['in the same world, reset', 'in another fresh world'];
    for (const [of, name] of names.entries()) {
      const { difference } = diagnose(scenario, holdingAt(turnedIn(of + 2)), '1');
      const { atNs, happenings } = usual!.events[n!]!;
      expect(difference).toMatchObject({ run: name, event: n! + 1, first: { atNs, happenings } });
      const { atNs: otherAt, happenings: told } = other!.events[n!]!;
      expect(difference?.second).toMatchObject({ atNs: otherAt, happenings: told });
    }
  });

  it('has nothing to name of a run that ended before', () => {
    // A region is drained as its last leg lands; the second run ends there, by a fault.
    const faulty = holdingAt(turnedIn(0));
    let runs = 0;
    const other: FixStrategy = {
      ...faulty,
      region: (cause, region, memory, choose) => {
        if (memory[0] === 0) runs++;
        const then = faulty.region(cause, region, memory, choose);
        if (runs === 2 && cause === 'drained' && then === 'hold') {
          throw new StrategyFault(faulty, 'a fault');
        }
        return then;
      },
    };
    const { difference } = diagnose(scenario, other, '1');
    expect(difference?.run).toBe('in the same world, reset');
    expect(difference?.first?.actor).toMatch(/^leg [01]$/);
    expect(difference?.firstNext).toBeDefined();
    expect([difference?.second, difference?.secondNext]).toEqual([undefined, undefined]);
  });

  it('tells what differs only where the crash is judged', () => {
    // Three runs are laid side by side event by event; the fourth is the first that is judged.
    const { difference } = diagnose(scenario, holdingAt(turnedIn(4)), '1');
    expect(difference).toMatchObject({ run: 'with its crash judged', event: undefined });
    expect(difference?.field).toBeDefined();
  });
});

/** Which drain is held in a run: the second, and in one of the runs the third. */
function turnedIn(odd: number): (run: number) => number {
  return (run) => (run === odd ? 3 : 2);
}

/** Clears whenever a region is drained but for one time. Counts its runs by its fresh memory. */
function holdingAt(drainOf: (run: number) => number): FixStrategy {
  let [run, drains] = [0, 0];
  return {
    ...clearWhenIdle,
    remembers: 1,
    region: (cause, _, memory) => {
      if (memory[0] === 0) {
        memory[0] = 1;
        run++;
        drains = 0;
      }
      if (cause !== 'drained') return 'hold';
      return ++drains === drainOf(run) ? 'hold' : 'clear';
    },
  };
}
