/**
 * A failure made small: the scenario and the answers of its run, less and less of both, until
 * nothing can go without the failure going too.
 *
 * First comes what takes most away at once: the time after the crash, the loops. Then one thing at
 * a time is removed or lowered, scenario first, then the answers, and all again until a whole round
 * changes nothing: that is what 1-minimal means, and the last round is its proof.
 */
import { chancesOf } from './chances.js';
import type { Wanted } from './explore.js';
import { witnessOf } from './exploring/witness.js';
import { failureOf } from './failure.js';
import type { Outcome } from './outcome.js';
import { experiment } from './experiment.js';
import { laboratory } from './laboratory.js';
import { RunStopped } from './run-stopped.js';
import { Shrinker } from './shrinking/shrinker.js';
import { countSteps } from './shrinking/steps.js';
import type { Case, Stop } from './shrinking/trials.js';
import { isStop } from './stopped.js';
import { countsAll } from './summary.js';
import type { FixStrategy } from '../machine/strategy.js';
import type { FailureClass } from '../scenario/failure-class.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Choice } from '../sim/entropy.js';
import { recorded, scheduleOf, type RecordedEntropy } from '../sim/recording.js';

export interface Size {
  /** Steps of all applications. */
  readonly steps: number;
  /** Answers other than 0. */
  readonly answers: number;
  readonly events: number;
}

export interface Shrunk {
  readonly failure: FailureClass;
  /** With its choices: whoever runs it needs no seed. */
  readonly scenario: Scenario;
  readonly outcome: Outcome;
  readonly before: Size;
  readonly after: Size;
  /** How many runs were made. */
  readonly runs: number;
  /**
   * Whether nothing more can be removed or lowered; false: it was stopped before, or does not
   * repeat.
   */
  readonly isMinimal: boolean;
  /** false: a run of it depends on the runs before, so that none proves anything. */
  readonly repeats: boolean;
  /** In how many ways that was tried in the last round. */
  readonly ways: number;
}

/**
 * Shrinks the failure of one run, that of a seed or of the scenario's own choices; undefined: it
 * did not fail. Throws RunStopped where the run came to no end.
 */
export function shrink(
  scenario: Scenario,
  strategy: FixStrategy,
  seed: string,
  stop: Stop,
): Shrunk | undefined {
  const first = firstRun(scenario, strategy, seed);
  const failure = failureOf(first.outcome, countsAll(scenario.expect[strategy.name]));
  if (failure === undefined) return undefined;
  const shrinker = new Shrinker(first, strategy, failure, stop);
  const { smallest, runs, isMinimal, repeats, ways } = shrinker.run();
  return {
    failure,
    scenario: { ...smallest.scenario, choices: smallest.choices },
    outcome: { ...smallest.outcome, seed: undefined },
    before: sizeOf(first),
    after: sizeOf(smallest),
    runs,
    isMinimal,
    repeats,
    ways,
  };
}

/**
 * The same for the shortest way that a search found. undefined: it is no failure by itself, because
 * the bound of the search was a part of it.
 */
export function shrinkWay(
  scenario: Scenario,
  strategy: FixStrategy,
  wanted: Pick<Wanted, 'timing' | 'levels'>,
  way: readonly Choice[],
  stop: Stop,
): Shrunk | undefined {
  const witness = witnessOf(scenario, wanted, way);
  try {
    return shrink(witness, strategy, witness.seed, stop);
  } catch (error) {
    if (error instanceof RunStopped) return undefined;
    throw error;
  }
}

function firstRun(scenario: Scenario, strategy: FixStrategy, seed: string): Case {
  const lab = laboratory(scenario, strategy);
  const chances = chancesOf(scenario, seed);
  let first: RecordedEntropy | undefined;
  try {
    const outcome = experiment(lab, () => {
      if (first !== undefined) return chances.open();
      first = recorded(chances.open());
      return first;
    });
    chances.settle();
    const choices = scheduleOf(first?.choices ?? []);
    return { scenario: { ...scenario, choices: undefined }, choices, outcome };
  } catch (error) {
    if (!isStop(error)) throw error;
    throw new RunStopped(error.message, { cause: error });
  }
}

function sizeOf({ scenario, choices, outcome }: Case): Size {
  const steps = scenario.workload.reduce((sum, each) => sum + countSteps(each.steps), 0);
  return { steps, answers: choices.length, events: outcome.events };
}
