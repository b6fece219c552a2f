import { describe, expect, it } from 'vitest';
import { explore } from '../../src/lab/explore.js';
import { failsAs } from '../../src/lab/failure.js';
import { Runner } from '../../src/lab/runner.js';
import { shrinkWay, type Shrunk } from '../../src/lab/shrink.js';
import { searchStates } from '../../src/lab/exploring/reduced.js';
import { NO_TIME } from '../../src/lab/free-timing.js';
import { laboratory } from '../../src/lab/laboratory.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import type { Timing } from '../../src/sim/agenda.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../support/shipped-scenarios.js';
import { smallerCases } from './shrinking/smaller-cases.js';

const never = (): boolean => false;

function wantedIn(timing: Timing) {
  return { timing, levels: 2, mostStates: undefined, untilFirst: true, stop: never };
}

function shrunkFrom(scenario: Scenario, timing: Timing, stop = never): Shrunk {
  const wanted = wantedIn(timing);
  const { shortest } = explore(scenario, clearWhenIdle, wanted);
  if (shortest === undefined) throw new Error('no divergence was found');
  const shrunk = shrinkWay(scenario, clearWhenIdle, wanted, shortest.choices, stop);
  if (shrunk === undefined) throw new Error('the way is no failure by itself');
  return shrunk;
}

describe.each([
  ['explore/one-page-2-stores.yaml', 'scenario', 9],
  ['explore/one-page-2-stores.yaml', 'free', 5],
  ['explore/one-page-2-writes.yaml', 'free', 2],
  ['explore/fsync-and-store.yaml', 'free', 17],
] as const)('the shortest way in %s, timing %s, shrunk', (path, timing, cases) => {
  const shrunk = shrunkFrom(shippedScenario(path), timing);
  const { scenario, failure, outcome } = shrunk;

  it('is a run that fails, in the timing in which it was found', () => {
    expect(scenario.timing).toBe(timing);
    const again = new Runner().run(scenario, clearWhenIdle, '1');
    expect([again.outcome, again.fingerprint]).toEqual(['diverged', outcome.fingerprint]);
    expect(failure.outcome).toBe('diverged');
  });

  it('has no more than it had', () => {
    expect(shrunk.after.steps).toBeLessThanOrEqual(shrunk.before.steps);
    expect(shrunk.after.answers).toBeLessThanOrEqual(shrunk.before.answers);
  });

  it('is 1-minimal: each single thing that is removed or lowered makes the failure go away', () => {
    expect(shrunk.isMinimal).toBe(true);
    const smaller = smallerCases(scenario);
    expect(smaller.length).toBe(cases);
    for (const { what, scenario: less } of smaller) {
      expect([what, failsAlike(less, shrunk)]).toEqual([what, false]);
    }
  });
});

describe('the shortest way in free timing, shrunk', () => {
  const shrunk = shrunkFrom(shippedScenario('explore/inode-2-appends.yaml'), 'free');

  it('has no step that some other order could do without, in as many events', () => {
    const removed = smallerCases(shrunk.scenario).filter(({ what }) =>
      /^workload.*removed$/.test(what),
    );
    expect(removed.length).toBeGreaterThan(0);
    for (const { what, scenario } of removed) {
      const { end, shortest } = searchStates({
        world: laboratory(scenario, clearWhenIdle).world,
        until: NO_TIME,
        lead: 0,
        mostSteps: shrunk.outcome.events,
        countsAll: false,
        mostStates: 1_000_000,
        untilFirst: true,
        stop: never,
      });
      expect([what, end, shortest]).toEqual([what, 'complete', undefined]);
    }
  });

  it('is as it was found where it is stopped at once, and says that it is not minimal', () => {
    const scenario = shippedScenario('explore/one-page-2-stores.yaml');
    const found = shrunkFrom(scenario, 'free', () => true);
    expect([found.isMinimal, found.after]).toEqual([false, found.before]);
    expect(found.scenario.workload).toEqual(scenario.workload);
  });
});

function failsAlike(scenario: Scenario, { failure }: Shrunk): boolean {
  const outcome = new Runner().run(scenario, clearWhenIdle, scenario.seed);
  return outcome.verdict !== 'ERROR' && failsAs(failure, outcome, false);
}
