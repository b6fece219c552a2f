/**
 * Many runs, added up one by one: how many of each kind, and enough of them to name.
 *
 * Its size does not grow with the number of runs: a sweep of a million seeds holds what a sweep of
 * a hundred holds. Among many seeds some prove nothing; they are counted, and a series is void only
 * when all of its seeds are.
 */
import type { Verdict } from '../lab/outcome.js';
import type { OutcomeName } from '../scenario/scenario.js';
import { gravest, passed } from './verdict.js';
import type { Run } from './view.js';

/** Up to this many runs are shown one by one, more only as groups. */
export const SHOWN_ONE_BY_ONE = 40;
/** Runs that did not pass, each kept with its reasons. */
export const SHOWN_FAILURES = 5;

/** Runs of one scenario under one strategy that came to the same. */
export interface Alike {
  readonly first: Run;
  readonly runs: number;
  /** Sum over the runs, for their mean. */
  readonly exposure: number;
  readonly raceHits: number;
}

/** All runs of one scenario under one strategy. */
export interface Total {
  readonly scenario: string;
  readonly strategy: string;
  readonly runs: number;
  readonly outcomes: Readonly<Record<OutcomeName, number>>;
  readonly exposedRuns: number;
  /** Runs that prove nothing. */
  readonly voidRuns: number;
}

/** What stands against many runs together, though perhaps against none of them alone. */
export interface Finding {
  readonly scenario: string;
  readonly strategy: string;
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
}

export class Tally {
  readonly #first: Run[] = [];
  readonly #failures: Run[] = [];
  readonly #alike = new Map<string, Alike>();
  readonly #totals = new Map<string, Total>();
  readonly #verdicts = new Set<Verdict>();
  readonly #voids: Run[] = [];
  readonly #findings: Finding[] = [];
  #runs = 0;
  #failed = 0;

  add(run: Run): void {
    this.#runs++;
    if (run.verdict !== 'VOID') this.#verdicts.add(run.verdict);
    if (this.#first.length < SHOWN_ONE_BY_ONE) this.#first.push(run);
    if (run.verdict === 'VOID') {
      if (this.#voids.length < SHOWN_FAILURES) this.#voids.push(run);
    } else if (!passed(run.verdict)) {
      this.#failed++;
      if (this.#failures.length < SHOWN_FAILURES) this.#failures.push(run);
    }
    this.#addAlike(run);
    this.#addTotal(run);
  }

  addFinding(finding: Finding): void {
    this.#verdicts.add(finding.verdict);
    this.#findings.push(finding);
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  get runs(): number {
    return this.#runs;
  }

  get verdict(): Verdict {
    const proved = this.totals.every(({ runs, voidRuns }) => voidRuns < runs);
    return gravest(proved ? [...this.#verdicts] : [...this.#verdicts, 'VOID']);
  }

  /** All of them while they are few, otherwise undefined. */
  get each(): readonly Run[] | undefined {
    return this.#runs > SHOWN_ONE_BY_ONE ? undefined : this.#first;
  }

  /** By scenario and strategy as they came, the most frequent first. */
  get alike(): readonly Alike[] {
    const keys = [...this.#totals.keys()];
    const place = ({ first }: Alike): number => keys.indexOf(keyOf(first));
    return [...this.#alike.values()].sort((a, b) => place(a) - place(b) || b.runs - a.runs);
  }

  get totals(): readonly Total[] {
    return [...this.#totals.values()];
  }

  /**
   * The first that did not pass, or that prove nothing where that is the verdict; `failed` counts
   * the former.
   */
  get failures(): readonly Run[] {
    return this.verdict === 'VOID' ? this.#voids : this.#failures;
  }

  get failed(): number {
    return this.#failed;
  }

  #addAlike(run: Run): void {
    const key = JSON.stringify([run.scenario, run.strategy, run.outcome, run.verdict]);
    const before = this.#alike.get(key) ?? { first: run, runs: 0, exposure: 0, raceHits: 0 };
    this.#alike.set(key, {
      first: before.first,
      runs: before.runs + 1,
      exposure: before.exposure + run.exposure.fraction,
      raceHits: before.raceHits + run.raceHits,
    });
  }

  #addTotal(run: Run): void {
    const key = keyOf(run);
    const { scenario, strategy } = run;
    const none = { clean: 0, exposed: 0, diverged: 0, harmed: 0 };
    const before = this.#totals.get(key) ?? {
      ...{ scenario, strategy, runs: 0 },
      ...{ outcomes: none, exposedRuns: 0, voidRuns: 0 },
    };
    this.#totals.set(key, {
      ...before,
      runs: before.runs + 1,
      outcomes: { ...before.outcomes, [run.outcome]: before.outcomes[run.outcome] + 1 },
      exposedRuns: before.exposedRuns + (run.exposure.windowCount > 0 ? 1 : 0),
      voidRuns: before.voidRuns + (run.verdict === 'VOID' ? 1 : 0),
    });
  }
}

function keyOf({ scenario, strategy }: Run): string {
  return JSON.stringify([scenario, strategy]);
}
