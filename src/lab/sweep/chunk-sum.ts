/**
 * The runs of one chunk, added up: what reports of many runs need, and plain data that can be sent,
 * written down and read again without a bit being lost.
 *
 * Its size goes with what was found, not with the runs: places of runs that were exposed or did not
 * pass, and a few of those with their reasons. Runs are kept whole only where a sweep is small.
 */
import type { Costs } from '../costs.js';
import type { Difference, Outcome, Verdict } from '../outcome.js';
import { countsAll, windowsCounted } from '../summary.js';
import type { HarmKind } from '../../aftermath/steps.js';
import type { Expectation, OutcomeName } from '../../scenario/scenario.js';

/** Of the runs that did not pass so many are kept with their reasons, and as many void ones. */
const MOST_NOTED = 5;

/** Runs are counted from 0 within the chunk. */
export interface ChunkSum {
  readonly runs: number;
  /** Runs that came to the same, in the order of their first. */
  readonly kinds: readonly Kind[];
  /** Runs that were exposed, as the scenario counts it. */
  readonly exposed: readonly number[];
  /** Runs that came to a limit: what they would have shown is not known. */
  readonly incomplete: readonly number[];
  /** Runs that did not pass and are not void. */
  readonly failed: readonly number[];
  /** Leaving aside what is an application's own fault, and with it. */
  readonly exposedRuns: number;
  readonly allExposedRuns: number;
  /** Exposed by an application's own fault where the scenario does not count it. */
  readonly apartRuns: number;
  /** Shares of time as the scenario counts them, summed over the complete runs; likewise costs. */
  readonly exposure: number;
  readonly costs: Costs | null;
  readonly harm: readonly HarmKind[];
  readonly allHarm: readonly HarmKind[];
  readonly noted: readonly Noted[];
  /** All runs, where they are few. */
  readonly each: readonly Outcome[] | null;
}

export interface Kind {
  readonly verdict: Verdict;
  readonly outcome: OutcomeName;
  readonly first: number;
  readonly runs: number;
  /** Shares of time, summed. */
  readonly exposure: number;
}

export interface Noted {
  readonly run: number;
  readonly verdict: Verdict;
  readonly outcome: OutcomeName;
  readonly reasons: readonly string[];
}

type MutableKind = { -readonly [name in keyof Kind]: Kind[name] };
type Sums = { -readonly [name in keyof Costs]: number };

export class Summing {
  readonly #all: boolean;
  readonly #kinds: MutableKind[] = [];
  readonly #places = {
    exposed: [] as number[],
    incomplete: [] as number[],
    failed: [] as number[],
  };
  readonly #counts = { exposedRuns: 0, allExposedRuns: 0, apartRuns: 0 };
  readonly #harm = new Set<HarmKind>();
  readonly #allHarm = new Set<HarmKind>();
  readonly #noted: Noted[] = [];
  #exposure = 0;
  #costs: Sums | undefined;
  #costNames: readonly (keyof Costs)[] = [];
  #runs = 0;

  constructor(expected: Expectation | undefined) {
    this.#all = countsAll(expected);
  }

  get runs(): number {
    return this.#runs;
  }

  get failed(): number {
    return this.#places.failed.length;
  }

  /** `run`: judged among those of other seeds. */
  add(run: Outcome<Difference>): void {
    const n = this.#runs++;
    this.#addKind(run, n);
    this.#note(run, n);
    if (run.verdict === 'ERROR') this.#places.incomplete.push(n);
    else this.#addComplete(run, n);
  }

  /** `each`: the runs, where they are kept whole. */
  sum(each: readonly Outcome[] | null): ChunkSum {
    return {
      runs: this.#runs,
      kinds: this.#kinds.map((kind) => ({ ...kind })),
      ...this.#places,
      ...this.#counts,
      exposure: this.#exposure,
      costs: this.#costs ?? null,
      harm: [...this.#harm],
      allHarm: [...this.#allHarm],
      noted: this.#noted,
      each,
    };
  }

  #addComplete(run: Outcome<Difference>, n: number): void {
    const { exposure } = run;
    const apart = exposure.byApplication;
    const counts = this.#counts;
    if (windowsCounted(exposure, this.#all) > 0) this.#places.exposed.push(n);
    counts.exposedRuns += Number(exposure.windowCount > 0);
    counts.allExposedRuns += Number(windowsCounted(exposure, true) > 0);
    counts.apartRuns += Number(!this.#all && apart.windowCount > 0);
    this.#exposure += Math.min(1, exposure.fraction + (this.#all ? apart.fraction : 0));
    if (this.#costs === undefined) {
      this.#costs = { ...run.costs };
      this.#costNames = costNames(run.costs);
    } else addCosts(run.costs, this.#costs, this.#costNames);
    for (const { kind, byApplication } of run.harm) {
      this.#allHarm.add(kind);
      if (!byApplication) this.#harm.add(kind);
    }
  }

  #addKind({ verdict, outcome, exposure }: Outcome<Difference>, n: number): void {
    let kind = this.#kinds.find((one) => one.verdict === verdict && one.outcome === outcome);
    if (kind === undefined) {
      kind = { verdict, outcome, first: n, runs: 0, exposure: 0 };
      this.#kinds.push(kind);
    }
    kind.runs++;
    kind.exposure += exposure.fraction;
  }

  #note({ verdict, outcome, reasons }: Outcome<Difference>, run: number): void {
    if (verdict === 'PASS-COMPLETE' || verdict === 'PASS-BOUNDED') return;
    const isVoid = verdict === 'VOID';
    if (!isVoid) this.#places.failed.push(run);
    const alike = this.#noted.filter((noted) => (noted.verdict === 'VOID') === isVoid);
    const isNew = this.#noted.every((noted) => noted.verdict !== verdict);
    if (alike.length < MOST_NOTED || isNew) this.#noted.push({ run, verdict, outcome, reasons });
  }
}

/** All of them are sums but for the longest, which is the longest. */
export function addCosts(
  costs: Costs,
  to: Sums,
  names: readonly (keyof Costs)[] = costNames(to),
): void {
  for (const name of names) {
    to[name] =
      name === 'longestStoreWaitNs' ? Math.max(to[name], costs[name]) : to[name] + costs[name];
  }
}

/** A literal's keys are its type's: nobody adds others to a price. */
export function costNames(costs: Costs): (keyof Costs)[] {
  return Object.keys(costs) as (keyof Costs)[];
}
