/**
 * Many runs, added up chunk by chunk: how many of each kind, and enough of them to name.
 *
 * Its size does not grow with the number of runs: a sweep of a million seeds holds what a sweep of
 * a thousand holds. Among many seeds some prove nothing; they are counted, and a series is void
 * only when all of its seeds are.
 */
import type { Verdict } from '../lab/outcome.js';
import type { ChunkSum, Kind } from '../lab/sweep/chunk-sum.js';
import type { Subject } from '../lab/sweep/subject.js';
import type { OutcomeName } from '../scenario/scenario.js';
import { gravest } from './verdict.js';
import type { Run, ToldRun } from './view.js';

/** Up to this many runs are shown one by one, more only as groups. */
const SHOWN_ONE_BY_ONE = 40;
/**
 * Runs that did not pass, each kept with its reasons; and the first of each verdict in any case.
 */
const SHOWN_FAILURES = 5;
/** Of each series: seeds of runs that did not pass. */
const MOST_FAILED_SEEDS = 1000;

/** Runs of one scenario under one strategy that came to the same. */
export interface Alike {
  readonly scenario: string;
  readonly strategy: string;
  readonly outcome: OutcomeName;
  readonly verdict: Verdict;
  readonly firstSeed: string;
  readonly runs: number;
  /** Sum over the runs, for their mean. */
  readonly exposure: number;
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
  readonly failedRuns: number;
  /** At most the first thousand of them. */
  readonly failedSeeds: readonly string[];
}

/** What stands against many runs together, though perhaps against none of them alone. */
export interface Finding {
  readonly scenario: string;
  readonly strategy: string;
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
}

/** Consecutive runs of one series, and how to name one of them. */
export interface Piece {
  /** The scenario's, as it was typed. */
  readonly file: string;
  readonly subject: Subject;
  readonly sum: ChunkSum;
  /** Of the n-th run of it. */
  readonly seedOf: (n: number) => string;
  readonly repeatOf: (seed: string, verdict: Verdict) => string;
}

type GrowingAlike = { -readonly [name in keyof Alike]: Alike[name] };

type GrowingTotal = { -readonly [name in keyof Total]: Total[name] } & {
  readonly outcomes: Record<OutcomeName, number>;
  readonly failedSeeds: string[];
};

export class Tally {
  readonly #first: Run[] = [];
  readonly #failures: ToldRun[] = [];
  readonly #alike = new Map<string, GrowingAlike>();
  readonly #totals = new Map<string, GrowingTotal>();
  readonly #verdicts = new Set<Verdict>();
  /** Series in which nothing could have failed so far. */
  readonly #idle = new Set<Subject>();
  readonly #proved = new Set<Subject>();
  readonly #voids: ToldRun[] = [];
  readonly #findings: Finding[] = [];
  #runs = 0;
  #failed = 0;
  #again = 0;

  add(piece: Piece): void {
    const { sum } = piece;
    this.#runs += sum.runs;
    this.#failed += sum.failed.length;
    const room = SHOWN_ONE_BY_ONE - this.#first.length;
    if (room > 0) this.#first.push(...runsOf(piece).slice(0, room));
    for (const run of notedOf(piece)) {
      const alike = run.verdict === 'VOID' ? this.#voids : this.#failures;
      const isNew = alike.every(({ verdict }) => verdict !== run.verdict);
      if (alike.length < SHOWN_FAILURES || isNew) alike.push(run);
    }
    for (const kind of sum.kinds) {
      if (kind.verdict !== 'VOID') this.#verdicts.add(kind.verdict);
      this.#addAlike(piece, kind);
    }
    this.#addTotal(piece);
    if (sum.kinds.some(({ verdict }) => verdict !== 'VOID')) {
      this.#proved.add(piece.subject);
      this.#idle.delete(piece.subject);
    } else if (!this.#proved.has(piece.subject)) this.#idle.add(piece.subject);
  }

  /** So many of the runs were made again in a fresh world. */
  addAgain(runs: number): void {
    this.#again += runs;
  }

  get again(): number {
    return this.#again;
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
    const isIdle = this.#idle.size > 0 || this.#proved.size === 0;
    return gravest(isIdle ? [...this.#verdicts, 'VOID'] : [...this.#verdicts]);
  }

  /** All of them while they are few and were kept, otherwise undefined. */
  get each(): readonly Run[] | undefined {
    return this.#runs > this.#first.length ? undefined : this.#first;
  }

  /** By scenario and strategy as they came, the most frequent first. */
  get alike(): readonly Alike[] {
    const keys = [...this.#totals.keys()];
    const place = (alike: Alike): number => keys.indexOf(keyOf(alike));
    return [...this.#alike.values()].sort((a, b) => place(a) - place(b) || b.runs - a.runs);
  }

  get totals(): readonly Total[] {
    return [...this.#totals.values()];
  }

  /**
   * The first that did not pass, or that prove nothing where that is the verdict; `failed` counts
   * the former.
   */
  get failures(): readonly ToldRun[] {
    return this.verdict === 'VOID' ? this.#voids : this.#failures;
  }

  get failed(): number {
    return this.#failed;
  }

  #addAlike({ subject, seedOf }: Piece, kind: Kind): void {
    const { scenario, strategy } = subject;
    const { outcome, verdict } = kind;
    const key = JSON.stringify([scenario, strategy, outcome, verdict]);
    let alike = this.#alike.get(key);
    if (alike === undefined) {
      const firstSeed = seedOf(kind.first);
      alike = { scenario, strategy, outcome, verdict, firstSeed, runs: 0, exposure: 0 };
      this.#alike.set(key, alike);
    }
    alike.runs += kind.runs;
    alike.exposure += kind.exposure;
  }

  #addTotal({ subject, sum, seedOf }: Piece): void {
    const total = this.#totalOf(subject);
    for (const { outcome, verdict, runs } of sum.kinds) {
      total.outcomes[outcome] += runs;
      if (verdict === 'VOID') total.voidRuns += runs;
    }
    total.runs += sum.runs;
    total.exposedRuns += sum.exposedRuns;
    total.failedRuns += sum.failed.length;
    const room = Math.max(0, MOST_FAILED_SEEDS - total.failedSeeds.length);
    total.failedSeeds.push(...sum.failed.slice(0, room).map(seedOf));
  }

  #totalOf({ scenario, strategy }: Subject): GrowingTotal {
    const key = keyOf({ scenario, strategy });
    const before = this.#totals.get(key);
    if (before !== undefined) return before;
    const none: GrowingTotal = {
      scenario,
      strategy,
      outcomes: { clean: 0, exposed: 0, diverged: 0, harmed: 0 },
      runs: 0,
      exposedRuns: 0,
      voidRuns: 0,
      failedRuns: 0,
      failedSeeds: [],
    };
    this.#totals.set(key, none);
    return none;
  }
}

/** Its runs one by one, where they were kept. */
export function runsOf({ sum, seedOf, repeatOf }: Piece): Run[] {
  return (sum.each ?? []).map((run, n) => ({ ...run, repeat: repeatOf(seedOf(n), run.verdict) }));
}

function notedOf({ subject, sum, seedOf, repeatOf }: Piece): ToldRun[] {
  const { scenario, strategy, source: strategySource } = subject;
  return sum.noted.map(({ run, verdict, outcome, reasons }) => {
    const seed = seedOf(run);
    const about = { scenario, strategy, strategySource, seed };
    return { ...about, verdict, outcome, reasons, repeat: repeatOf(seed, verdict) };
  });
}

function keyOf({ scenario, strategy }: { scenario: string; strategy: string }): string {
  return JSON.stringify([scenario, strategy]);
}
