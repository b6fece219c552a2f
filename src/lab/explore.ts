/**
 * Everything that a scenario can do under a strategy, and the shortest way to a divergence.
 *
 * Seeds find failures and prove nothing. Here all is tried within a bound that is told with the
 * verdict: the scenario's own, the latencies that stand for all others, and whatever limit the user
 * named. In free timing no latency counts at all, and what holds then holds for every timing.
 */
import type { Conditions } from './conditions.js';
import { expectedIn } from './expectation.js';
import { countsAll } from './summary.js';
import { laboratory } from './laboratory.js';
import type { Verdict } from './outcome.js';
import { couldClear, judged } from './exploring/judged.js';
import { searchStates } from './exploring/reduced.js';
import { Kinds, type Kind } from './exploring/kinds.js';
import type { Met, Paths, Way } from './exploring/search.js';
import { collisionOdds } from './exploring/visited.js';
import { isEndless, triedBound, type TriedBound } from './exploring/tried-bound.js';
import { sufferedAfter } from './exploring/walked.js';
import { isStop } from './stopped.js';
import type { HarmKind } from '../aftermath/steps.js';
import { NotModelled } from '../machine/operation.js';
import type { FixStrategy } from '../machine/strategy.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Timing } from '../sim/agenda.js';
import { TooManyAnswers } from '../sim/every-schedule.js';
import { instantOf, type Instant } from '../sim/time.js';

/** What fits into memory with some room to spare; a user who wants fewer says so. */
const MOST_STATES = 20_000_000;

export interface Limits {
  /** Built in: more states are no result, they are an error. */
  readonly mostStates: number;
}

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
  readonly bound: TriedBound;
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
  readonly met: Met;
  /** How likely it is that two states were taken for one. */
  readonly collisionOdds: number;
  readonly shortest: Way | undefined;
  /** Each kind of failure that was found, whether it counts or not, shortest first. */
  readonly kinds: readonly FoundKind[];
}

/** A kind of failure, the fewest events that lead to it, and what comes of a crash there. */
export interface FoundKind extends Kind, Way {
  /** Whether the strategy is judged by it. */
  readonly counts: boolean;
  readonly suffered: readonly HarmKind[];
}

export function explore(
  scenario: Scenario,
  strategy: FixStrategy,
  wanted: Wanted,
  limits: Limits = { mostStates: MOST_STATES },
): Explored {
  const what = {
    scenario: scenario.name,
    strategy: strategy.name,
    timing: wanted.timing,
    levels: wanted.timing === 'free' ? undefined : wanted.levels,
    bound: triedBound(scenario, conditionsOf(wanted)),
  };
  try {
    return { ...what, ...foundIn(scenario, strategy, wanted, limits) };
  } catch (error) {
    const reason = limitIn(error);
    if (reason === undefined) throw error;
    return { ...what, ...NOTHING_FOUND, verdict: 'ERROR', reasons: [reason] };
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
  limits: Limits,
): Omit<Explored, 'scenario' | 'strategy' | 'timing' | 'levels' | 'bound'> {
  refuseEndless(scenario, wanted.timing);
  const conditions = conditionsOf(wanted);
  const searched = { ...conditions, renames: true };
  const lab = laboratory(scenario, strategy, searched);
  const { world } = lab;
  const twin = () => laboratory(scenario, strategy, { ...searched, learns: true }, lab.base).world;
  const expected = expectedIn(wanted.timing, scenario.expect[strategy.name]);
  const all = countsAll(expected);
  const until = lastInstant(scenario, wanted.timing);
  const found = searchStates({
    world,
    // With time, what a step reads is new again and again: when it is.
    twin: wanted.timing === 'free' ? twin : undefined,
    until,
    countsAll: all,
    lead: 0,
    mostSteps: Infinity,
    mostStates: wanted.mostStates ?? limits.mostStates,
    untilFirst: wanted.untilFirst,
    stop: wanted.stop,
    kinds: new Kinds(world, scenario),
  });
  const asWalked = laboratory(scenario, strategy, conditions, lab.base);
  const kinds = found.kinds.map((kind): FoundKind => {
    const counts = all || kind.whose === 'mirror';
    return { ...kind, counts, suffered: sufferedAfter(asWalked, until, kind) };
  });
  const { states, frontier, graph, met, shortest } = found;
  const proved = { ...found, kinds, couldClear: couldClear(lab.strategy) };
  return {
    ...judged(proved, expected, wanted.mostStates === undefined ? limits.mostStates : undefined),
    complete: found.end === 'complete',
    states,
    frontier,
    met,
    shortest,
    kinds,
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
function refuseEndless(scenario: Scenario, timing: Timing): void {
  if (timing !== 'free') return;
  const endless = scenario.workload.find(({ steps }) =>
    steps.some((step) => isEndless(step, scenario)),
  );
  if (endless === undefined) return;
  throw new NotModelled(
    `${endless.name} repeats without end: in free timing that needs bound.stores or bound.syncs`,
  );
}

const NOTHING_FOUND = {
  complete: false,
  states: 0,
  frontier: 0,
  events: 0,
  paths: undefined,
  collisionOdds: 0,
  met: { storesUnderWrite: 0, marks: 0, clears: 0 },
  shortest: undefined,
  kinds: [],
};

/** What is too much for it, in words; undefined: it is a bug. */
function limitIn(error: unknown): string | undefined {
  if (isStop(error) || error instanceof TooManyAnswers) return error.message;
  // What V8 says when typed arrays find no more room.
  const isFull = error instanceof RangeError && NO_ROOM.test(error.message);
  return isFull ? 'its states do not fit into memory; --max-states ends it before' : undefined;
}

const NO_ROOM = /^(Array buffer allocation failed|Invalid typed array length)/;
