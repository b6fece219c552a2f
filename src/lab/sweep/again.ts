/**
 * Which runs of a sweep are made again in a fresh world: the last of each twenty seeds of a series,
 * and the last of all. It follows from the plan alone, so that it is the same on any number of
 * cores, and the last ones meet a world in which most was done before.
 */
import type { Chunk, Plan } from './plan.js';

/** One run in so many. */
const ONE_IN = 20;

/** Places within the chunk, ascending. */
export function placesAgain({ firstSeeds, count }: Plan, { series, first, runs }: Chunk): number[] {
  const before = first - (firstSeeds[series] ?? first);
  return Array.from({ length: runs }, (_, n) => n).filter(
    (n) => (before + n + 1) % ONE_IN === 0 || before + n + 1 === count,
  );
}
