/**
 * The scorecard of one scenario: strategies side by side, on the same seeds.
 *
 * Each strategy is paired with the baseline, dm-raid1 as it is where that takes part: a seed gives
 * both the same workload, so only the seeds in which one of them was exposed and the other was not
 * say anything about their difference. No price is weighed against another: for each by itself
 * stands which strategies are unbeaten, being Pareto's front of exposure and that price.
 */
import type { Costs } from './costs.js';
import type { Row, Score } from './score.js';
import { holm, mcnemar } from './statistics.js';

export interface Scorecard<R extends Row = Row> {
  readonly scenario: string;
  readonly rows: readonly R[];
  readonly pairs: readonly Pair[];
  readonly fronts: readonly Front[];
}

/** Two strategies on the same seeds. */
export interface Pair {
  readonly scenario: string;
  /** The baseline. */
  readonly a: string;
  readonly b: string;
  /** Seeds in which that one was exposed and the other was not. */
  readonly aOnly: number;
  readonly bOnly: number;
  /** McNemar's exact test, two-sided, and the same after Holm over the pairs of this scenario. */
  readonly p: number;
  readonly adjustedP: number;
}

/** Whom no other strategy beats in exposure and this price. */
export interface Front {
  readonly price: Price;
  readonly unbeaten: readonly string[];
}

/** Where less is better. Marks and clears are no price: they show in what the record wrote. */
const PRICES = [
  'recordWrites',
  'expectedResyncBytes',
  'expectedResyncNs',
  'storeWaitNs',
  'longestStoreWaitNs',
  'writesHeld',
  'copiedBytes',
  'sums',
  'pageWriteBytes',
  'syncWriteBytes',
  'writeLatencyP50Ns',
  'writeLatencyP99Ns',
] as const satisfies readonly (keyof Costs)[];
export type Price = (typeof PRICES)[number];

/** `scores` are of one scenario and the same seeds; those that were not begun are left out. */
export function scorecardOf(scores: readonly Score[], baseline: string): Scorecard | undefined {
  const begun = scores.filter(({ runs }) => runs > 0);
  const [first] = begun;
  if (first === undefined) return undefined;
  const base = begun.find(({ subject }) => subject.strategy === baseline) ?? first;
  const rows = begun.map((score) => score.row());
  // Over other seeds a mean may be lower by chance.
  const whole = rows.filter((_, n) => begun[n]?.isWhole);
  return {
    scenario: first.subject.scenario,
    rows,
    pairs: pairsOf(base, begun),
    fronts: frontsOf(whole),
  };
}

function pairsOf(base: Score, scores: readonly Score[]): Pair[] {
  const pairs = scores
    .filter((score) => score !== base)
    .map((other) => {
      const [aOnly, bOnly] = [base.exposedWithout(other), other.exposedWithout(base)];
      return {
        scenario: base.subject.scenario,
        a: base.subject.strategy,
        b: other.subject.strategy,
        aOnly,
        bOnly,
        p: mcnemar(aOnly, bOnly),
      };
    });
  const adjusted = holm(pairs.map(({ p }) => p));
  return pairs.map((pair, n) => ({ ...pair, adjustedP: adjusted[n] ?? 1 }));
}

/** Of the prices in which strategies differ. What proves nothing beats nobody. */
function frontsOf(rows: readonly Row[]): Front[] {
  const proving = rows.filter(({ verdict }) => verdict !== 'VOID' && verdict !== 'ERROR');
  return PRICES.flatMap((price) => {
    const offers = proving.flatMap(({ strategy, exposure, costs }) =>
      costs === undefined ? [] : [{ strategy, exposed: exposure.mean, paid: costs[price] }],
    );
    if (new Set(offers.map(({ paid }) => paid)).size < 2) return [];
    const unbeaten = offers.filter((one) => !offers.some((other) => beats(other, one)));
    return [{ price, unbeaten: unbeaten.map(({ strategy }) => strategy) }];
  });
}

interface Offer {
  readonly exposed: number;
  readonly paid: number;
}

function beats(one: Offer, other: Offer): boolean {
  const noWorse = one.exposed <= other.exposed && one.paid <= other.paid;
  return noWorse && (one.exposed < other.exposed || one.paid < other.paid);
}
