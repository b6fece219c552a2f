/**
 * How much a number of seeds says: intervals and tests, all exact or proven, none of them random.
 *
 * - A share that is claimed: Clopper-Pearson. A share that is drawn: Wilson.
 * - Two strategies on the same seeds: McNemar's exact test; several of them: Holm.
 * - A mean of values from 0 to 1: the first inequality of W. Hoeffding, "Probability Inequalities
 *   for Sums of Bounded Random Variables" (1963), turned around. Exposures are bounded and mostly
 *   zero. An interval of Student's, and every bootstrap, calls a thousand zeros certain and is too
 *   short for a few values among them; this one holds for any distribution and any number of runs,
 *   and for nothing but zeros it is Clopper-Pearson's. Its price: it is as long as if every value
 *   were 0 or 1.
 *
 * Logarithms may differ in their last bits from engine to engine: nothing here is fit for more than
 * nine digits, and no run depends on it. All intervals are two-sided, 95 %.
 */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

const ALPHA = 0.05;
/** The quantile of the normal distribution at 97.5 %. */
const Z = 1.959963984540054;

/** `k` of `n`. */
export function clopperPearson(k: number, n: number): Interval {
  return { low: lowest(k, n), high: 1 - lowest(n - k, n) };
}

/** `k` of `n`. */
export function wilson(k: number, n: number): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const z2 = Z * Z;
  const middle = (k + z2 / 2) / (n + z2);
  const half = (Z * Math.sqrt((k * (n - k)) / n + z2 / 4)) / (n + z2);
  return { low: k === 0 ? 0 : middle - half, high: k === n ? 1 : middle + half };
}

/** Of the expectation behind `n` values from 0 to 1 with this mean. */
export function meanInterval(mean: number, n: number): Interval {
  const possible = (mu: number): boolean => n * relativeEntropy(mean, mu) <= Math.log(2 / ALPHA);
  return {
    low: mean === 0 ? 0 : border(0, mean, possible),
    high: mean === 1 ? 1 : border(mean, 1, (mu) => !possible(mu)),
  };
}

/** Seeds in which only the one, and only the other did; the exact two-sided p. */
export function mcnemar(onlyOne: number, onlyOther: number): number {
  return Math.min(1, 2 * upperTail(Math.max(onlyOne, onlyOther), onlyOne + onlyOther, 0.5));
}

/** Each p as it is after as many tests, in the order in which they came. */
export function holm(ps: readonly number[]): readonly number[] {
  const adjusted = ps.map(() => 1);
  const ascending = ps.map((p, at) => ({ p, at })).sort((a, b) => a.p - b.p);
  let least = 0;
  ascending.forEach(({ p, at }, n) => {
    least = Math.max(least, Math.min(1, p * (ps.length - n)));
    adjusted[at] = least;
  });
  return adjusted;
}

/** The least chance under which `k` or more of `n` are not too much to believe. */
function lowest(k: number, n: number): number {
  if (k === 0) return 0;
  return border(0, k / n, (p) => upperTail(k, n, p) > ALPHA / 2);
}

/** Where `isBeyond` turns true on the way from `low` to `high`. */
function border(low: number, high: number, isBeyond: (x: number) => boolean): number {
  let [below, above] = [low, high];
  for (;;) {
    const middle = (below + above) / 2;
    if (middle <= below || middle >= above) return above;
    if (isBeyond(middle)) above = middle;
    else below = middle;
  }
}

/** The chance of `k` or more of `n`, for `k` not below the mean: there the terms fall. */
function upperTail(k: number, n: number, p: number): number {
  let term = binomial(k, n, p);
  let sum = term;
  for (let i = k; i < n && term > sum * Number.EPSILON; i++) {
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
    sum += term;
  }
  return sum;
}

/**
 * The chance of exactly `k` of `n`, as C. Loader writes it, "Fast and Accurate Computation of
 * Binomial Probabilities" (2000): no large numbers that cancel.
 */
function binomial(k: number, n: number, p: number): number {
  if (n === 0) return 1;
  const deviance = n * relativeEntropy(k / n, p);
  if (k === 0 || k === n) return Math.exp(-deviance);
  const stirling = stirlingError(n) - stirlingError(k) - stirlingError(n - k);
  return Math.exp(stirling - deviance) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

function relativeEntropy(a: number, b: number): number {
  const part = (x: number, y: number): number => (x === 0 ? 0 : x * Math.log(x / y));
  return part(a, b) + part(1 - a, 1 - b);
}

/** What Stirling's formula lacks of log(n!). */
function stirlingError(n: number): number {
  if (n > 15) {
    const n2 = n * n;
    return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * n2)) / n2) / n2) / n;
  }
  let factorial = 1;
  for (let i = 2; i <= n; i++) factorial *= i;
  return Math.log(factorial) - ((n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI));
}
