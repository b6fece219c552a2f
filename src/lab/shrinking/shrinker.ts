/**
 * Goes from a case that fails to smaller ones that fail alike, as long as there is one.
 *
 * It ends: whatever is kept has less in its scenario, or the same scenario and less in its answers.
 */
import { lowerings, roundedUp } from './lowerings.js';
import { chunksRemoved, loweringsOf, removalsOf, smallerFileSystem } from './reductions.js';
import { Trials, type Case, type Stop } from './trials.js';
import { callsOf, hasLoop, unrolled } from './unrolled.js';
import type { FixStrategy } from '../../machine/strategy.js';
import type { FailureClass } from '../../scenario/failure-class.js';
import { fitsTogether } from '../../scenario/rules.js';
import type { CrashPlan, Scenario } from '../../scenario/scenario.js';
import type { Choice } from '../../sim/entropy.js';
import { durationOf, instantOf } from '../../sim/time.js';

/** Seeds that are tried where something is removed, and where all loops go at once. */
const SEEDS = 4;
const SEEDS_UNROLLED = 24;
/** How many calls of each application are left, the first ones and as many last ones. */
const CALLS_LEFT = [1, 2, 3, 4, 8, 16, 64, 240];

export interface Smallest {
  readonly smallest: Case;
  readonly runs: number;
  /** Whether nothing less fails alike; false: it was stopped, or a search was. */
  readonly isMinimal: boolean;
  /** Whether the first case comes out the same after all that was tried. */
  readonly repeats: boolean;
  /** In how many ways less was tried in the last round. */
  readonly ways: number;
}

export class Shrinker {
  readonly #strategy: FixStrategy;
  readonly #first: Case;
  readonly #trials: Trials;
  #smallest: Case;
  #stopped = false;
  /** In this round. */
  #ways = 0;

  constructor(first: Case, strategy: FixStrategy, failure: FailureClass, stop: Stop) {
    this.#first = first;
    this.#smallest = first;
    this.#strategy = strategy;
    this.#trials = new Trials(strategy, failure, first.outcome.events, stop);
  }

  run(): Smallest {
    this.#cutAfterCrash();
    this.#unroll();
    this.#goThrough(smallerFileSystem, 0);
    this.#removeInChunks();
    while (this.#reduce() && !this.#stopped);
    const { runs, isCut } = this.#trials;
    // A strategy of a user's own may go by the runs before, whatever it was told.
    const isOurs = this.#strategy.source === undefined;
    const repeats = isOurs || this.#trials.repeat(this.#first);
    const isMinimal = !this.#stopped && !isCut && repeats;
    return { smallest: this.#smallest, runs, isMinimal, repeats, ways: this.#ways };
  }

  /** One round; whether anything is less now. */
  #reduce(): boolean {
    const before = this.#smallest;
    this.#ways = 0;
    this.#goThrough(removalsOf, SEEDS);
    this.#goThrough(loweringsOf, 0);
    this.#reduceAnswers();
    return this.#smallest !== before;
  }

  /**
   * With time: nothing after the failure; the crash where it comes by itself, else at a fixed
   * instant.
   */
  #cutAfterCrash(): void {
    const { scenario, outcome } = this.#smallest;
    if (scenario.timing === 'free') return;
    const at = outcome.crash?.atNs ?? outcome.exposure.windows[0]?.fromNs ?? scenario.duration;
    const duration = durationOf(Math.min(scenario.duration, roundedUp(at + 1)));
    const ways: readonly CrashPlan[] = [
      { kind: outcome.crash === undefined ? 'none' : 'first-exposed' },
      { kind: 'at', at: instantOf(at) },
      scenario.crash,
    ];
    for (const crash of ways) {
      if (this.#keepAnswers({ ...scenario, duration, crash }, this.#smallest.choices)) return;
    }
  }

  /** With time: without loops, a few calls at fixed instants, as few as will do. */
  #unroll(): void {
    const { scenario, choices, outcome } = this.#smallest;
    if (!hasLoop(scenario) || scenario.timing === 'free') return;
    const end = outcome.crash?.atNs ?? scenario.duration;
    const calls = callsOf(scenario, this.#strategy, choices).map((each) =>
      each.filter(({ at }) => at <= end),
    );
    const most = Math.max(...calls.map((each) => each.length));
    for (const left of CALLS_LEFT) {
      const straight = unrolled(scenario, calls, left, left);
      if (straight !== undefined && this.#keepScenario(straight, SEEDS_UNROLLED)) return;
      if (left * 2 >= most) return;
    }
  }

  /** Many steps at once, then one thing at a time. */
  #removeInChunks(): void {
    const { workload } = this.#smallest.scenario;
    const most = Math.max(...workload.map(({ steps }) => steps.length));
    for (let size = Math.ceil(most / 2); size > 1; size = Math.floor(size / 2)) {
      this.#goThrough((scenario) => chunksRemoved(scenario, size), SEEDS);
    }
  }

  /** One thing less, again and again, until none can go. */
  #goThrough(waysOf: (scenario: Scenario) => Scenario[], seeds: number): void {
    let ways = waysOf(this.#smallest.scenario);
    for (let n = 0; n < ways.length && !this.#stopped;) {
      const less = ways[n];
      if (less === undefined || !this.#keepScenario(less, seeds)) n++;
      else ways = waysOf(this.#smallest.scenario);
    }
  }

  /** Answers become 0, many at once, then one by one; what is left becomes lower. */
  #reduceAnswers(): void {
    for (let size = this.#smallest.choices.length; size >= 1; size = Math.floor(size / 2)) {
      for (let from = 0; from < this.#smallest.choices.length && !this.#stopped;) {
        if (!this.#keepChoices(this.#smallest.choices.toSpliced(from, size))) from += size;
      }
    }
    for (let n = 0; n < this.#smallest.choices.length && !this.#stopped;) {
      if (!this.#lowerAnswer(n)) n++;
    }
  }

  #lowerAnswer(n: number): boolean {
    const { choices } = this.#smallest;
    const choice = choices[n];
    if (choice === undefined) return false;
    return lowerings(choice.answer, 1).some((answer) =>
      this.#keepChoices(choices.with(n, { ...choice, answer })),
    );
  }

  #keepChoices(choices: readonly Choice[]): boolean {
    return this.#keepAnswers(this.#smallest.scenario, choices);
  }

  #keepAnswers(scenario: Scenario, choices: readonly Choice[]): boolean {
    return this.#keep(() => this.#trials.answers(scenario, choices));
  }

  /** Only what a file could say. */
  #keepScenario(scenario: Scenario, seeds: number): boolean {
    if (!fitsTogether(scenario)) return false;
    return this.#keep(() => this.#trials.less(scenario, this.#smallest, seeds));
  }

  /** Whether what was tried failed alike: then it is the smallest now. */
  #keep(attempt: () => Case | undefined): boolean {
    this.#stopped ||= this.#trials.isOver();
    if (this.#stopped) return false;
    this.#ways++;
    const found = attempt();
    if (found === undefined) return false;
    this.#smallest = found;
    return true;
  }
}
