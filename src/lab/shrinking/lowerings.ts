/**
 * Lower numbers in place of a number, the lowest first, then nearer and nearer to it.
 *
 * A number of something that people read (a time, a size) stays readable: it goes down in steps of
 * its second digit, so that 30.113131 s becomes 30 s and not 30.11313 s. An answer goes down by
 * one.
 */
import type { Spread } from '../../media/latency.js';
import { durationOf, type Duration } from '../../sim/time.js';

export function lowerings(value: number, least: number, step = 1): number[] {
  const lower: number[] = [];
  for (let gap = value - least; gap >= step; gap = Math.floor(gap / 2)) {
    const next = value - Math.max(step, Math.floor(gap / step) * step);
    if (next >= least && next !== lower.at(-1)) lower.push(next);
  }
  return lower;
}

/**
 * The same for what is read: in steps of its second digit, then with fewer digits behind, then less
 * by one in its last digit. All are whole numbers of grains.
 */
export function roundLowerings(value: number, least: number, grain = 1): number[] {
  const step = secondDigit(value, grain);
  const round = value - (value % step);
  const coarse = [least, ...lowerings(round, 0, step), round];
  return [...coarse, ...withFewerDigits(value, step, grain)].filter(
    (each, n, all) => each >= least && each < value && all.indexOf(each) === n,
  );
}

/** `30.04` before `30.041` in place of `30.0411`, and `30.0410`. */
function withFewerDigits(value: number, coarse: number, grain: number): number[] {
  const fewer: number[] = [];
  let step = coarse;
  while (value % step !== 0 && step > grain) {
    step /= 10;
    fewer.push(value - (value % step));
  }
  return [...fewer, value - step];
}

/** At least that, of two digits. */
export function roundedUp(value: number): number {
  const step = secondDigit(value, 1);
  return Math.ceil(value / step) * step;
}

function secondDigit(value: number, grain: number): number {
  let step = grain;
  while (step * 100 <= value) step *= 10;
  return step;
}

/**
 * Fewer latencies in place of many: none, one of them, then one of them lower. What is left is a
 * spread only where one latency will not do.
 */
export function spreadLowerings(spread: Spread): Spread[] {
  const constant = constantOf(spread);
  if (constant !== undefined) return constants(roundLowerings(constant, 0));
  const [lowest, highest] = endsOf(spread);
  const one = [0, lowest, highest].filter((value, n, all) => all.indexOf(value) === n);
  return [...constants(one), ...oneLower(spread)];
}

function constants(values: readonly number[]): Spread[] {
  return values.map((value) => always(durationOf(value)));
}

/** One of its latencies is lower, or gone where the others can do without. */
function oneLower(spread: Spread): Spread[] {
  switch (spread.kind) {
    case 'uniform':
      return [
        ...roundLowerings(spread.from, 0).map((from) => ({ ...spread, from: durationOf(from) })),
        ...roundLowerings(spread.to, spread.from).map((to) => ({ ...spread, to: durationOf(to) })),
      ];
    case 'list':
      return spread.values.flatMap((value, n) => [
        { ...spread, values: spread.values.toSpliced(n, 1) },
        ...roundLowerings(value, 0).map((lower) => ({
          ...spread,
          values: spread.values.with(n, durationOf(lower)),
        })),
      ]);
    case 'percentiles':
      return spread.points.flatMap((point, n) => {
        const least = spread.points[n - 1]?.latency ?? 0;
        const inner = n > 0 && n < spread.points.length - 1;
        return [
          ...(inner ? [{ ...spread, points: spread.points.toSpliced(n, 1) }] : []),
          ...roundLowerings(point.latency, least).map((latency) => ({
            ...spread,
            points: spread.points.with(n, { ...point, latency: durationOf(latency) }),
          })),
        ];
      });
  }
}

export function always(latency: Duration): Spread {
  return { kind: 'uniform', from: latency, to: latency };
}

/** What is always the same; undefined: it spreads. */
function constantOf(spread: Spread): number | undefined {
  if (spread.kind !== 'uniform') return undefined;
  return spread.from === spread.to ? spread.from : undefined;
}

function endsOf(spread: Spread): readonly [number, number] {
  switch (spread.kind) {
    case 'uniform':
      return [spread.from, spread.to];
    case 'list':
      return [Math.min(...spread.values), Math.max(...spread.values)];
    case 'percentiles':
      return [spread.points[0]?.latency ?? 0, spread.points.at(-1)?.latency ?? 0];
  }
}
