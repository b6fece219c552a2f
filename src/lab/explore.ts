/**
 * Everything that a scenario can do under a strategy, and the shortest way to a divergence.
 *
 * Seeds find failures and prove nothing. Here all is tried within a bound that is told with the
 * verdict: the scenario's own, the latencies that stand for all others, and whatever limit the user
 * named. In free timing no latency counts at all, and what holds then holds for every timing.
 */
import type { Base } from './base.js';
import type { Conditions } from './conditions.js';
import { expectedIn } from './expectation.js';
import { countsAll } from './summary.js';
import { laboratory } from './laboratory.js';
import type { Verdict } from './outcome.js';
import { searchStates, type StateSearchResult } from './exploring/reduced.js';
import type { Met, Paths } from './exploring/search.js';
import { collisionOdds } from './exploring/visited.js';
import { isEndless, triedBound, type TriedBound } from './exploring/tried-bound.js';
import { isStop } from './stopped.js';
import { NotModelled } from '../machine/operation.js';
import type { World } from '../machine/world.js';
import type { FixStrategy } from '../machine/strategy.js';
import type { Expectation, Scenario } from '../scenario/scenario.js';
import type { Timing } from '../sim/agenda.js';
import type { Choice } from '../sim/entropy.js';
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
  readonly shortest: { readonly steps: number; readonly choices: readonly Choice[] } | undefined;
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
  const conditions = { ...conditionsOf(wanted), renames: true };
  const lab = laboratory(scenario, strategy, conditions);
  const { world } = lab;
  const twin = twinOf(scenario, strategy, conditions, lab.base);
  const expected = expectedIn(wanted.timing, scenario.expect[strategy.name]);
  const found = searchStates({
    world,
    twin,
    until: lastInstant(scenario, wanted.timing),
    countsAll: countsAll(expected),
    lead: 0,
    mostSteps: Infinity,
    mostStates: wanted.mostStates ?? limits.mostStates,
    untilFirst: wanted.untilFirst,
    stop: wanted.stop,
  });
  const { states, frontier, graph, met, shortest } = found;
  const proved = { ...found, couldClear: couldClear(lab.strategy) };
  return {
    ...judged(proved, expected, wanted.mostStates === undefined ? limits : undefined),
    complete: found.end === 'complete',
    ...{ states, frontier, met, shortest },
    events: graph.events,
    paths: found.end === 'complete' ? graph.paths() : undefined,
    collisionOdds: collisionOdds(states),
  };
}

/** With time, what a step reads is new again and again: when it is. */
function twinOf(
  scenario: Scenario,
  strategy: FixStrategy,
  conditions: Conditions,
  base: Base,
): World | undefined {
  if (conditions.timing !== 'free') return undefined;
  return laboratory(scenario, strategy, { ...conditions, learns: true }, base).world;
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

/** What was found, and what it can prove. */
interface Proved extends Pick<StateSearchResult, 'end' | 'frontier' | 'met' | 'shortest'> {
  readonly couldClear: boolean;
}

/** `builtIn`: the limit that no user named. */
function judged(
  proved: Proved,
  expected: Expectation | undefined,
  builtIn: Limits | undefined,
): { readonly verdict: Verdict; readonly reasons: readonly string[] } {
  const { end, frontier, shortest } = proved;
  if (shortest !== undefined && forbidsTrouble(expected)) {
    return { verdict: 'FAIL', reasons: ['a crash can end in divergence, and must not'] };
  }
  if (end === 'too-many-states' && builtIn !== undefined) {
    const most = `more than ${builtIn.mostStates} states, of which ${frontier} were not gone on from`;
    return { verdict: 'ERROR', reasons: [most] };
  }
  if (end === 'complete' && shortest === undefined) {
    if (expectsTrouble(expected)) {
      return { verdict: 'FAIL', reasons: ['expected a crash that ends in divergence, found none'] };
    }
    const idle = provesNothing(proved);
    if (idle !== undefined) return { verdict: 'VOID', reasons: [idle] };
  }
  if (end === 'complete') return { verdict: 'PASS-COMPLETE', reasons: [] };
  const why = end === 'first-divergence' ? 'it went to the first divergence' : 'its limit was met';
  return { verdict: 'PASS-BOUNDED', reasons: [`${why}; ${frontier} states were not gone on from`] };
}

/** Why nothing could have gone wrong in all that was tried; undefined: it could. */
function provesNothing({ met, couldClear: could }: Proved): string | undefined {
  if (met.storesUnderWrite === 0) return 'no store ever met a write in flight';
  if (could && met.clears === 0) return 'nothing was ever cleared, though the strategy clears';
  return undefined;
}

/**
 * Whether marks go by its rules: by time, by the array's flag, or because others push them out. One
 * that clears at once shows it; one that never does on purpose has nothing to show.
 */
function couldClear({ patience, cleanFlagAfter, mostMarked }: FixStrategy): boolean {
  return patience !== undefined || cleanFlagAfter !== undefined || mostMarked !== undefined;
}

/** What is not said is not judged; a strategy of which nothing is said must never be exposed. */
function forbidsTrouble(expected: Expectation | undefined): boolean {
  return expected === undefined || expected.exposed === 'never' || expected.outcome === 'clean';
}

function expectsTrouble(expected: Expectation | undefined): boolean {
  if (expected?.exposed === 'sometimes') return true;
  return expected?.outcome !== undefined && expected.outcome !== 'clean';
}

const NOTHING_FOUND = {
  ...{ complete: false, states: 0, frontier: 0, events: 0, paths: undefined, collisionOdds: 0 },
  ...{ met: { storesUnderWrite: 0, marks: 0, clears: 0 }, shortest: undefined },
};

/** What is too much for it, in words; undefined: it is a bug. */
function limitIn(error: unknown): string | undefined {
  if (isStop(error) || error instanceof TooManyAnswers) return error.message;
  // What V8 says when typed arrays find no more room.
  const isFull = error instanceof RangeError && NO_ROOM.test(error.message);
  return isFull ? 'its states do not fit into memory; --max-states ends it before' : undefined;
}

const NO_ROOM = /^(Array buffer allocation failed|Invalid typed array length)/;
