/**
 * Everything that a scenario can do under a strategy, and the shortest way to a divergence.
 *
 * Seeds find failures and prove nothing. Here all is tried within a bound that is told with the
 * verdict: the scenario's own, the latencies that stand for all others, and whatever limit the user
 * named. In free timing no latency counts at all, and what holds then holds for every timing.
 */
import type { Conditions } from './conditions.js';
import { countsAll } from './summary.js';
import { laboratory } from './laboratory.js';
import type { Verdict } from './outcome.js';
import { searchStates, type StateSearchResult } from './exploring/reduced.js';
import type { Paths } from './exploring/search.js';
import { collisionOdds } from './exploring/visited.js';
import { NotModelled } from '../machine/operation.js';
import type { Step } from '../machine/program.js';
import type { FixStrategy } from '../machine/strategy.js';
import { TooManyRequests } from '../media/requests.js';
import type { Expectation, Scenario } from '../scenario/scenario.js';
import type { Timing } from '../sim/agenda.js';
import type { Choice } from '../sim/entropy.js';
import { TooManyAnswers } from '../sim/every-schedule.js';
import { instantOf, type Instant } from '../sim/time.js';

/** What fits into memory with some room to spare; a user who wants fewer says so. */
export const MOST_STATES = 20_000_000;

export interface Wanted {
  readonly timing: Timing;
  /** Latencies that stand for a spread; it counts in the scenario's timing only. */
  readonly levels: number;
  /** A limit that the user named. */
  readonly mostStates: number | undefined;
  /** Whether the first divergence is enough. */
  readonly untilFirst: boolean;
  /** Asked now and then; true: the time that the user named is over. */
  readonly stop: () => boolean;
}

export interface Explored {
  readonly scenario: string;
  readonly strategy: string;
  readonly timing: Timing;
  readonly levels: number | undefined;
  readonly bound: Scenario['bound'];
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  /** Whether all of the bound was tried. */
  readonly complete: boolean;
  readonly states: number;
  /** States that were met and not gone on from. */
  readonly frontier: number;
  /** Events from one state to the next. */
  readonly events: number;
  /** undefined: not all was tried, or something can happen again and again without end. */
  readonly paths: Paths | undefined;
  /** How likely it is that two states were taken for one. */
  readonly collisionOdds: number;
  readonly shortest: { readonly steps: number; readonly choices: readonly Choice[] } | undefined;
}

export function explore(scenario: Scenario, strategy: FixStrategy, wanted: Wanted): Explored {
  const what = {
    scenario: scenario.name,
    strategy: strategy.name,
    timing: wanted.timing,
    levels: wanted.timing === 'free' ? undefined : wanted.levels,
    bound: scenario.bound,
  };
  try {
    return { ...what, ...foundIn(scenario, strategy, wanted) };
  } catch (error) {
    if (!isLimit(error)) throw error;
    const nothing = { states: 0, frontier: 0, events: 0, paths: undefined, collisionOdds: 0 };
    const failed = { verdict: 'ERROR' as const, reasons: [error.message], complete: false };
    return { ...what, ...failed, ...nothing, shortest: undefined };
  }
}

/** The world in which the answers of a search are answers to the same questions. */
export function conditionsOf({ timing, levels }: Pick<Wanted, 'timing' | 'levels'>): Conditions {
  return { timing, levels, isBounded: true };
}

function foundIn(
  scenario: Scenario,
  strategy: FixStrategy,
  wanted: Wanted,
): Omit<Explored, 'scenario' | 'strategy' | 'timing' | 'levels' | 'bound'> {
  refuseEndless(scenario, wanted.timing);
  const { world } = laboratory(scenario, strategy, conditionsOf(wanted));
  const expected = scenario.expect[strategy.name];
  const found = searchStates({
    world,
    until: lastInstant(scenario, wanted.timing),
    countsAll: countsAll(expected),
    lead: 0,
    mostSteps: Infinity,
    mostStates: wanted.mostStates ?? MOST_STATES,
    untilFirst: wanted.untilFirst,
    stop: wanted.stop,
  });
  const { states, frontier, graph, shortest } = found;
  return {
    ...judged(found, expected, wanted.mostStates),
    complete: found.end === 'complete',
    ...{ states, frontier, shortest },
    events: graph.events,
    paths: found.end === 'complete' ? graph.paths() : undefined,
    collisionOdds: collisionOdds(states),
  };
}

/** In free timing the clock stands still. */
export function lastInstant(scenario: Scenario, timing: Timing): Instant {
  return instantOf(timing === 'free' ? 0 : scenario.duration - 1);
}

/** Where time ends nothing, what is repeated without end needs a bound. */
function refuseEndless({ workload, bound }: Scenario, timing: Timing): void {
  if (timing !== 'free' || bound.stores !== undefined) return;
  const endless = workload.find(({ steps }) => steps.some(isEndless));
  if (endless === undefined) return;
  throw new NotModelled(
    `${endless.name} repeats without end: in free timing that needs bound.stores`,
  );
}

function isEndless(step: Step): boolean {
  return step.do === 'repeat' && (step.times === undefined || step.steps.some(isEndless));
}

function judged(
  { end, frontier, shortest }: StateSearchResult,
  expected: Expectation | undefined,
  named: number | undefined,
): { readonly verdict: Verdict; readonly reasons: readonly string[] } {
  if (shortest !== undefined && forbidsTrouble(expected)) {
    return { verdict: 'FAIL', reasons: ['a crash can end in divergence, and must not'] };
  }
  if (end === 'too-many-states' && named === undefined) {
    return { verdict: 'ERROR', reasons: [`more than ${MOST_STATES} states`] };
  }
  if (end === 'complete' && shortest === undefined && expectsTrouble(expected)) {
    return { verdict: 'FAIL', reasons: ['expected a crash that ends in divergence, found none'] };
  }
  if (end === 'complete') return { verdict: 'PASS-COMPLETE', reasons: [] };
  const why = end === 'first-divergence' ? 'it went to the first divergence' : 'its limit was met';
  return { verdict: 'PASS-BOUNDED', reasons: [`${why}; ${frontier} states were not gone on from`] };
}

/** What is not said is not judged; a strategy of which nothing is said must never be exposed. */
function forbidsTrouble(expected: Expectation | undefined): boolean {
  return expected === undefined || expected.exposed === 'never' || expected.outcome === 'clean';
}

function expectsTrouble(expected: Expectation | undefined): boolean {
  if (expected?.exposed === 'sometimes') return true;
  return expected?.outcome !== undefined && expected.outcome !== 'clean';
}

function isLimit(error: unknown): error is Error {
  return (
    error instanceof NotModelled ||
    error instanceof TooManyAnswers ||
    error instanceof TooManyRequests
  );
}
