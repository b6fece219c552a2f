import { describe, expect, it } from 'vitest';
import { placesAgain } from '../../../src/lab/sweep/again.js';
import { chunkAt, chunkCount, type Plan } from '../../../src/lab/sweep/plan.js';

/** Seeds of each series that are made again. */
function seedsAgain(plan: Plan): number[][] {
  const found = plan.firstSeeds.map((): number[] => []);
  for (let n = 0; n < chunkCount(plan); n++) {
    const chunk = chunkAt(plan, n);
    found[chunk.series]?.push(...placesAgain(plan, chunk).map((place) => chunk.first + place));
  }
  return found;
}

describe('runs that are made again', () => {
  it.each([20, 250, 1000, 1_000_000])('are one in twenty of %d', (count) => {
    const [seeds = []] = seedsAgain({ firstSeeds: [7], count });
    expect(seeds.length).toBe(Math.ceil(count / 20));
    expect(new Set(seeds).size).toBe(seeds.length);
    expect([seeds[0], seeds.at(-1)]).toEqual([26, 6 + count]);
  });

  it('are at least one of each series', () => {
    expect(seedsAgain({ firstSeeds: [3, 100], count: 1 })).toEqual([[3], [100]]);
    expect(seedsAgain({ firstSeeds: [3, 100], count: 21 })).toEqual([
      [22, 23],
      [119, 120],
    ]);
  });
});
