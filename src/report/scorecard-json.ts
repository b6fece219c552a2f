/** The scorecard as JSON. Every field is named here; what is absent is null. */
import type { Pair, Scorecard } from '../lab/compare.js';
import type { Costs } from '../lab/costs.js';
import type { Verdict } from '../lab/outcome.js';
import type { Interval } from '../lab/statistics.js';
import type { ScoredRow } from './scorecard.js';

export interface RowJson {
  readonly strategy: string;
  readonly scenario: string;
  readonly runs: number;
  /** Could not have failed: no store met a write in flight, or they were too short. */
  readonly voidRuns: number;
  /** Came to a limit; counted in none of the others. */
  readonly errorRuns: number;
  readonly failedRuns: number;
  readonly exposedRuns: number;
  readonly divergedRuns: number;
  readonly harmRuns: number;
  /** Exposed by an application's own fault, and not counted above. */
  readonly byApplicationRuns: number;
  /** Share of time, in the mean over seeds, with its 95 % interval. */
  readonly exposure: { readonly mean: number; readonly low: number; readonly high: number };
  /** Shares of seeds: 95 % intervals of Clopper and Pearson. */
  readonly exposedShare: Interval;
  readonly divergedShare: Interval;
  readonly harmShare: Interval;
  /** In the mean over runs; null where none was complete. */
  readonly costs: Costs | null;
  readonly simulatedNs: number;
  readonly nothingCleared: boolean;
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  /** Text of a whole number; null where the verdict is not about one seed. */
  readonly failedSeed: string | null;
  readonly repeat: string;
}

export interface ComparisonJson {
  readonly rows: readonly RowJson[];
  readonly pairs: readonly Pair[];
  readonly fronts: readonly {
    readonly scenario: string;
    readonly price: string;
    readonly unbeaten: readonly string[];
  }[];
}

export function comparisonJson(cards: readonly Scorecard<ScoredRow>[]): ComparisonJson {
  return {
    rows: cards.flatMap(({ rows }) => rows.map(rowJson)),
    pairs: cards.flatMap(({ pairs }) =>
      pairs.map(({ scenario, a, b, aOnly, bOnly, p, adjustedP }) => ({
        scenario,
        a,
        b,
        aOnly,
        bOnly,
        p: certain(p),
        adjustedP: certain(adjustedP),
      })),
    ),
    fronts: cards.flatMap(({ scenario, fronts }) =>
      fronts.map(({ price, unbeaten }) => ({ scenario, price, unbeaten })),
    ),
  };
}

function rowJson(row: ScoredRow): RowJson {
  const { mean, low, high } = row.exposure;
  return {
    strategy: row.strategy,
    scenario: row.scenario,
    runs: row.runs,
    voidRuns: row.voidRuns,
    errorRuns: row.errorRuns,
    failedRuns: row.failedRuns,
    exposedRuns: row.exposedRuns,
    divergedRuns: row.divergedRuns,
    harmRuns: row.harmRuns,
    byApplicationRuns: row.byApplicationRuns,
    exposure: { mean, ...ends({ low, high }) },
    exposedShare: ends(row.exposedShare),
    divergedShare: ends(row.divergedShare),
    harmShare: ends(row.harmShare),
    costs: row.costs ?? null,
    simulatedNs: row.simulatedNs,
    nothingCleared: row.nothingCleared,
    verdict: row.verdict,
    reasons: row.reasons,
    failedSeed: row.failedSeed ?? null,
    repeat: row.repeat,
  };
}

function ends({ low, high }: Interval): Interval {
  return { low: certain(low), high: certain(high) };
}

/** The digits that are the same on every engine. */
function certain(value: number): number {
  return Number(value.toPrecision(9));
}
