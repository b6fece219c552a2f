import { describe, expect, it } from 'vitest';
import { explore } from '../../../src/lab/explore.js';
import { witnessOf } from '../../../src/lab/exploring/witness.js';
import { failureOf } from '../../../src/lab/failure.js';
import { Runner } from '../../../src/lab/runner.js';
import { shrinkWay } from '../../../src/lab/shrink.js';
import { Trials, type Case } from '../../../src/lab/shrinking/trials.js';
import type { FixStrategy } from '../../../src/machine/strategy.js';
import type { Scenario } from '../../../src/scenario/scenario.js';
import { MOST_ANSWERS } from '../../../src/sim/every-schedule.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../../support/shipped-scenarios.js';

const never = (): boolean => false;
const FREE = { timing: 'free', levels: 2 } as const;

/** While `other` makes a file, what is next is asked with one more that may be. */
const scenario = shippedScenario(
  'explore/one-page-2-stores.yaml',
  'workload.other=[{ create: /b }]',
);
const wanted = { ...FREE, mostStates: undefined, untilFirst: true, stop: never };
const way = explore(scenario, clearWhenIdle, wanted).shortest?.choices ?? [];
const witness = witnessOf(scenario, FREE, way);
const seen = new Runner().run(witness, clearWhenIdle, '1');
const failure = failureOf(seen, false);

function caseOf(trials: Trials): Case {
  const found = trials.answers({ ...witness, choices: undefined }, way);
  if (found === undefined) throw new Error('the way does not fail');
  return found;
}

function trialsWith(stop: () => boolean, strategy = clearWhenIdle): Trials {
  if (failure === undefined) throw new Error('the way is no failure');
  return new Trials(strategy, failure, seen.events, stop);
}

/** Without the application that has nothing to do with it. */
const without = ({ workload, ...all }: Scenario): Scenario => ({
  ...all,
  choices: undefined,
  workload: workload.filter(({ name }) => name !== 'other'),
});

describe('a trial in free timing', () => {
  it('searches for another order where no answers at hand fail', () => {
    const trials = trialsWith(never);
    const first = caseOf(trials);
    const less = without(first.scenario);
    expect(less.workload).toHaveLength(first.scenario.workload.length - 1);
    expect(trials.answers(less, [])).toBeUndefined();
    expect(trials.answers(less, first.choices)).toBeUndefined();
    const found = trials.less(less, first, 1);
    expect(found?.outcome.outcome).toBe('diverged');
    expect(found?.outcome.events).toBeLessThanOrEqual(first.outcome.events);
    expect(trials.isCut).toBe(false);
    const again = new Runner().run({ ...less, choices: found!.choices }, clearWhenIdle, '1');
    expect(again.fingerprint).toBe(found?.outcome.fingerprint);
  });

  it('searches no further than the events that there were', () => {
    const trials = trialsWith(never);
    const first = caseOf(trials);
    const { events } = trials.less(without(first.scenario), first, 1)?.outcome ?? { events: 0 };
    const within = (most: number): Case | undefined =>
      trials.less(
        without(first.scenario),
        { ...first, outcome: { ...first.outcome, events: most } },
        1,
      );
    expect(within(events)?.outcome.events).toBe(events);
    expect(within(events - 1)).toBeUndefined();
    expect(trials.isCut).toBe(false);
  });

  it('does not search where a number is lowered only', () => {
    const trials = trialsWith(never);
    const first = caseOf(trials);
    const { runs } = trials;
    expect(trials.less(without(first.scenario), first, 0)).toBeUndefined();
    expect(trials.runs).toBe(runs + 2);
  });

  it('is cut where its search is stopped, for good', () => {
    let stops = true;
    const trials = trialsWith(() => stops);
    const first = caseOf(trials);
    expect(trials.isCut).toBe(false);
    expect(trials.less(without(first.scenario), first, 1)).toBeUndefined();
    expect(trials.isCut).toBe(true);
    stops = false;
    expect(trials.less(without(first.scenario), first, 1)).toBeDefined();
    expect(trials.isCut).toBe(true);
  });

  it('is cut where a question has too many answers to try each', () => {
    const choosy: FixStrategy = {
      ...clearWhenIdle,
      region: (cause, region, memory, choose) => {
        choose(MOST_ANSWERS + 1, 'anything');
        return clearWhenIdle.region(cause, region, memory, choose);
      },
    };
    const trials = trialsWith(never, choosy);
    const first = caseOf(trials);
    expect(trials.less(without(first.scenario), first, 1)).toBeUndefined();
    expect(trials.isCut).toBe(true);
  });
});

describe('a trial with time', () => {
  const fails = shippedScenario('mmap-store.yaml', 'duration=60s', 'seed=45');
  const outcome = new Runner().run(fails, clearWhenIdle, '45');
  const kind = failureOf(outcome, false)!;
  /** The program stores all the time: millions of events until the end. */
  const restless = shippedScenario(
    'mmap-store.yaml',
    'workload={ app: [{ create: /counter }, { append: [/counter, 1B] }, { repeat: { every: 1us, do: [{ store: [/counter, 0B, 1B] }] } }] }',
  );

  it('is given up where it has ten times the events of the failure', () => {
    let made = 0;
    const trials = new Trials(clearWhenIdle, kind, outcome.events, (events) => {
      made = events;
      return false;
    });
    expect(trials.answers(restless, [])).toBeUndefined();
    trials.isOver();
    expect(made).toBe(10 * outcome.events + 1);
  });
});

describe('the way, shrunk', () => {
  it('has no step that needs another order to be gone', () => {
    const shrunk = shrinkWay(scenario, clearWhenIdle, FREE, way, never);
    expect(shrunk?.isMinimal).toBe(true);
    const steps = shrunk?.scenario.workload.map((app) => [
      app.name,
      app.steps.map(({ do: d }) => d),
    ]);
    expect(steps).toEqual([['app', ['store']]]);
  });

  it.each([
    ['between two trials', 1],
    ['in a search', 2],
  ])('is not called minimal where it was stopped but once, %s', (_, once) => {
    let asked = 0;
    const shrunk = shrinkWay(scenario, clearWhenIdle, FREE, way, () => ++asked === once);
    expect(asked).toBeGreaterThanOrEqual(once);
    expect(shrunk?.isMinimal).toBe(false);
    // What is stopped between two trials is at its end; a search alone is not the end of the
    // others.
    expect((shrunk?.runs ?? 0) > 0).toBe(once === 2);
  });
});
