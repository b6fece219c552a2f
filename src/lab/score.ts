/**
 * One strategy over many seeds of one scenario, added up run by run: a row of the scorecard.
 *
 * Its size does not grow with the runs but for two bits a seed. A run that came to a limit counts
 * among `errorRuns` and nowhere else: what it would have shown is not known.
 */
import { Bits } from './bits.js';
import type { Costs } from './costs.js';
import { overSeeds, Shown, tooShortFor, type Judged } from './expectation.js';
import type { Outcome, Verdict } from './outcome.js';
import { clopperPearson, meanInterval, type Interval } from './statistics.js';
import { countsAll, windowsCounted } from './summary.js';
import type { Scenario } from '../scenario/scenario.js';
import type { FixStrategy } from '../machine/strategy.js';

export interface Row {
  readonly scenario: string;
  readonly strategy: string;
  readonly record: FixStrategy['record'];
  readonly runs: number;
  /** No store met a write in flight: such a run could not have failed. */
  readonly voidRuns: number;
  readonly errorRuns: number;
  readonly failedRuns: number;
  readonly exposedRuns: number;
  readonly divergedRuns: number;
  readonly harmRuns: number;
  /** Exposed by an application's own fault, and not counted among the others. */
  readonly byApplicationRuns: number;
  /** Share of time, in the mean over seeds. */
  readonly exposure: Interval & { readonly mean: number };
  /** Of all seeds. */
  readonly exposedShare: Interval;
  readonly divergedShare: Interval;
  readonly harmShare: Interval;
  /**
   * In the mean over seeds, percentiles too; but the longest of all is the longest. Undefined: no
   * run was complete.
   */
  readonly costs: Costs | undefined;
  readonly simulatedNs: number;
  /** Regions were marked and none was ever cleared. */
  readonly nothingCleared: boolean;
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  /** The first seed against which the verdict stands; undefined: against none or all of them. */
  readonly failedSeed: string | undefined;
}

type Sums = { -readonly [name in keyof Costs]: number };

/** The gravest first. */
const GRAVE = ['NONDETERMINISTIC', 'ERROR', 'FAIL'] as const;

export class Score {
  readonly scenario: Scenario;
  readonly strategy: FixStrategy;
  readonly #planned: number;
  readonly #shown = new Shown();
  readonly #exposed = new Bits();
  readonly #complete = new Bits();
  readonly #first = new Map<Verdict, Outcome>();
  readonly #counts = { void: 0, error: 0, failed: 0, exposed: 0, diverged: 0, harmed: 0, apart: 0 };
  #exposure = 0;
  #costs: Sums | undefined;

  /** `planned`: how many runs make it whole. What only many can show is judged only then. */
  constructor(scenario: Scenario, strategy: FixStrategy, planned: number) {
    this.scenario = scenario;
    this.strategy = strategy;
    this.#planned = planned;
  }

  get runs(): number {
    return this.#complete.length;
  }

  get isWhole(): boolean {
    return this.runs === this.#planned;
  }

  /** `run`: judged among those of other seeds. */
  add(run: Outcome): void {
    const { verdict, outcome, exposure } = run;
    const counts = this.#counts;
    if (!this.#first.has(verdict)) this.#first.set(verdict, run);
    const all = countsAll(this.scenario.expect[this.strategy.name]);
    const isComplete = verdict !== 'ERROR';
    const isExposed = isComplete && windowsCounted(exposure, all) > 0;
    this.#complete.push(isComplete);
    this.#exposed.push(isExposed);
    if (!isComplete) {
      counts.error++;
      return;
    }
    this.#shown.add(run);
    const apart = exposure.byApplication;
    this.#exposure += Math.min(1, exposure.fraction + (all ? apart.fraction : 0));
    if (this.#costs === undefined) this.#costs = { ...run.costs };
    else add(run.costs, this.#costs);
    counts.void += Number(verdict === 'VOID');
    counts.failed += Number(verdict === 'FAIL' || verdict === 'NONDETERMINISTIC');
    counts.exposed += Number(isExposed);
    counts.diverged += Number(outcome === 'diverged' || outcome === 'harmed');
    counts.harmed += Number(outcome === 'harmed');
    counts.apart += Number(!all && apart.windowCount > 0);
  }

  row(): Row {
    const counts = this.#counts;
    const complete = this.runs - counts.error;
    const mean = complete === 0 ? 0 : this.#exposure / complete;
    const costs = this.#costs && meansOf(this.#costs, complete);
    return {
      ...{ scenario: this.scenario.name, strategy: this.strategy.name },
      ...{ record: this.strategy.record, simulatedNs: this.scenario.duration },
      runs: this.runs,
      ...{ voidRuns: counts.void, errorRuns: counts.error, failedRuns: counts.failed },
      ...{ exposedRuns: counts.exposed, divergedRuns: counts.diverged, harmRuns: counts.harmed },
      byApplicationRuns: counts.apart,
      exposure: { mean, ...meanInterval(mean, complete) },
      exposedShare: clopperPearson(counts.exposed, complete),
      divergedShare: clopperPearson(counts.diverged, complete),
      harmShare: clopperPearson(counts.harmed, complete),
      costs,
      nothingCleared: costs !== undefined && costs.marks > 0 && costs.clears === 0,
      ...this.#judged(complete),
    };
  }

  /** Seeds that were exposed here and not there; of those that both have completed. */
  exposedWithout(other: Score): number {
    let count = 0;
    for (let n = 0; n < Math.min(this.runs, other.runs); n++) {
      const both = this.#complete.at(n) && other.#complete.at(n);
      if (both && this.#exposed.at(n) && !other.#exposed.at(n)) count++;
    }
    return count;
  }

  #judged(complete: number): Judged & Pick<Row, 'failedSeed'> {
    const against = GRAVE.map((verdict) => this.#first.get(verdict)).find((run) => run);
    if (against !== undefined) {
      const { verdict, reasons, seed } = against;
      return { verdict, reasons, failedSeed: seed };
    }
    const failedSeed = undefined;
    const tooShort = tooShortFor(this.strategy, this.scenario);
    if (tooShort !== undefined) return { verdict: 'VOID', reasons: [tooShort], failedSeed };
    const expected = this.scenario.expect[this.strategy.name];
    const found = this.isWhole ? overSeeds(expected, this.#shown) : undefined;
    if (found !== undefined) return { ...found, failedSeed };
    if (this.#counts.void === complete) {
      return { verdict: 'VOID', reasons: ['no store ever met a write in flight'], failedSeed };
    }
    return { verdict: 'PASS-BOUNDED', reasons: [], failedSeed };
  }
}

function add(costs: Costs, to: Sums): void {
  for (const name of namesOf(to)) {
    to[name] =
      name === 'longestStoreWaitNs' ? Math.max(to[name], costs[name]) : to[name] + costs[name];
  }
}

function meansOf(sums: Sums, runs: number): Costs {
  const means = { ...sums };
  for (const name of namesOf(means)) if (name !== 'longestStoreWaitNs') means[name] /= runs;
  return means;
}

/** A literal's keys are its type's: nobody adds others to a price. */
function namesOf(costs: Costs): (keyof Costs)[] {
  return Object.keys(costs) as (keyof Costs)[];
}
