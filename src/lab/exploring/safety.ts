/**
 * What both timings together say of a strategy: whether it is safe because of what it does, or
 * because of how long things take.
 */
import type { Explored } from '../explore.js';

/**
 * - `by-construction`: nothing diverges whatever takes how long; all of the bound was tried.
 * - `leans-on-time`: nothing diverges with the scenario's times, and something does without.
 * - `not-without-time`: something diverges without; with the scenario's times nothing is shown.
 * - `not-safe`: something diverges with the scenario's times.
 * - `with-time`: nothing diverges with the scenario's times; without, not all was tried.
 * - `not-shown`: neither was tried whole, or nothing could have gone wrong.
 */
export type Safety =
  'by-construction' | 'leans-on-time' | 'not-without-time' | 'not-safe' | 'with-time' | 'not-shown';

export type SafetyByStrategy = ReadonlyMap<string, Safety>;

type Told = Pick<Explored, 'strategy' | 'complete' | 'verdict' | 'shortest' | 'timing'>;

/** Of one scenario, in whatever timings it was tried. */
export function safetyIn(found: readonly Told[]): SafetyByStrategy {
  const names = [...new Set(found.map(({ strategy }) => strategy))];
  return new Map(
    names.map((name) => [name, safetyOf(found.filter(({ strategy }) => strategy === name))]),
  );
}

/**
 * Of several scenarios: the worst that one of them shows. What leans on time in one is not safe by
 * construction in another.
 */
export function safetyAmong(each: readonly SafetyByStrategy[]): SafetyByStrategy {
  const names = [...new Set(each.flatMap((one) => [...one.keys()]))];
  return new Map(
    names.map((name) => {
      const shown = each.map((one) => one.get(name));
      return [name, WORST_FIRST.find((safety) => shown.includes(safety)) ?? 'not-shown'];
    }),
  );
}

const WORST_FIRST: readonly Safety[] = [
  'not-safe',
  'leans-on-time',
  'not-without-time',
  'by-construction',
  'with-time',
];

function safetyOf(tried: readonly Told[]): Safety {
  const timed = tried.find(({ timing }) => timing === 'scenario');
  const free = tried.find(({ timing }) => timing === 'free');
  if (timed?.shortest !== undefined) return 'not-safe';
  const isTimed = timed !== undefined && shows(timed);
  if (free?.shortest !== undefined) return isTimed ? 'leans-on-time' : 'not-without-time';
  if (free !== undefined && shows(free)) return 'by-construction';
  return isTimed ? 'with-time' : 'not-shown';
}

/** Whether it is evidence that nothing was found. */
function shows({ complete, verdict }: Told): boolean {
  return complete && verdict !== 'VOID' && verdict !== 'ERROR';
}
