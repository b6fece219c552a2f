/**
 * One strategy over many seeds of one scenario, added up chunk by chunk: a row of the scorecard.
 *
 * Its size does not grow with the runs but for two bits a seed. A run that came to a limit counts
 * among `errorRuns` and nowhere else: what it would have shown is not known.
 */
import { Bits } from './bits.js';
import type { Costs } from './costs.js';
import { overSeeds, Shown, type Judged } from './expectation.js';
import type { Verdict } from './outcome.js';
import { clopperPearson, meanInterval, type Interval } from './statistics.js';
import { addCosts, costNames, type ChunkSum, type Noted } from './sweep/chunk-sum.js';
import { seedAt } from './sweep/plan.js';
import type { Subject } from './sweep/subject.js';
import type { FixStrategy } from '../machine/strategy.js';

export interface Row {
  readonly scenario: string;
  readonly strategy: string;
  readonly record: FixStrategy['record'];
  readonly runs: number;
  /** Such a run could not have failed: no store met a write in flight, or it was too short. */
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
  readonly subject: Subject;
  readonly #planned: number;
  readonly #shown = new Shown();
  readonly #exposed = new Bits();
  readonly #complete = new Bits();
  readonly #first = new Map<Verdict, Noted & { readonly seed: string }>();
  readonly #counts = { void: 0, error: 0, failed: 0, exposed: 0, diverged: 0, harmed: 0, apart: 0 };
  #exposure = 0;
  #costs: Sums | undefined;

  /** `planned`: how many runs make it whole. What only many can show is judged only then. */
  constructor(subject: Subject, planned: number) {
    this.subject = subject;
    this.#planned = planned;
  }

  get runs(): number {
    return this.#complete.length;
  }

  get isWhole(): boolean {
    return this.runs === this.#planned;
  }

  /** The next runs, from that seed on. */
  add(first: number, sum: ChunkSum): void {
    const counts = this.#counts;
    for (const noted of sum.noted) {
      const known = this.#first.has(noted.verdict);
      if (!known) this.#first.set(noted.verdict, { ...noted, seed: seedAt({ first }, noted.run) });
    }
    pushAll(this.#complete, sum.runs, sum.incomplete, false);
    pushAll(this.#exposed, sum.runs, sum.exposed, true);
    this.#shown.add(sum);
    this.#exposure += sum.exposure;
    if (sum.costs !== null) {
      if (this.#costs === undefined) this.#costs = { ...sum.costs };
      else addCosts(sum.costs, this.#costs);
    }
    counts.exposed += sum.exposed.length;
    counts.apart += sum.apartRuns;
    for (const { verdict, outcome, runs } of sum.kinds) {
      if (verdict === 'ERROR') {
        counts.error += runs;
        continue;
      }
      if (verdict === 'VOID') counts.void += runs;
      if (verdict === 'FAIL' || verdict === 'NONDETERMINISTIC') counts.failed += runs;
      if (outcome === 'diverged' || outcome === 'harmed') counts.diverged += runs;
      if (outcome === 'harmed') counts.harmed += runs;
    }
  }

  row(): Row {
    const { subject } = this;
    const counts = this.#counts;
    const complete = this.runs - counts.error;
    const mean = complete === 0 ? 0 : this.#exposure / complete;
    const costs = this.#costs && meansOf(this.#costs, complete);
    return {
      scenario: subject.scenario,
      strategy: subject.strategy,
      record: subject.record,
      simulatedNs: subject.simulatedNs,
      runs: this.runs,
      voidRuns: counts.void,
      errorRuns: counts.error,
      failedRuns: counts.failed,
      exposedRuns: counts.exposed,
      divergedRuns: counts.diverged,
      harmRuns: counts.harmed,
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
    const { expected } = this.subject;
    const against = GRAVE.map((verdict) => this.#first.get(verdict)).find((run) => run);
    if (against !== undefined) {
      const { verdict, reasons, seed } = against;
      return { verdict, reasons, failedSeed: seed };
    }
    const failedSeed = undefined;
    const found = this.isWhole ? overSeeds(expected, this.#shown) : undefined;
    if (found !== undefined) return { ...found, failedSeed };
    if (this.#counts.void === complete) {
      const why = this.#first.get('VOID')?.reasons ?? ['no store ever met a write in flight'];
      return { verdict: 'VOID', reasons: why, failedSeed };
    }
    return { verdict: 'PASS-BOUNDED', reasons: [], failedSeed };
  }
}

/** `runs` bits, of which those at `places`, ascending, are `there` and the others are not. */
function pushAll(bits: Bits, runs: number, places: readonly number[], there: boolean): void {
  let next = 0;
  for (let n = 0; n < runs; n++) {
    const isPlace = places[next] === n;
    if (isPlace) next++;
    bits.push(isPlace === there);
  }
}

function meansOf(sums: Sums, runs: number): Costs {
  const means = { ...sums };
  for (const name of costNames(means)) if (name !== 'longestStoreWaitNs') means[name] /= runs;
  return means;
}
