import { getHeapSpaceStatistics } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chunkAt,
  chunkCount,
  chunkCountOf,
  chunkNumbers,
  runsIn,
  runsInShard,
  seedAt,
  WHOLE,
  type Plan,
} from '../../../src/lab/sweep/plan.js';

const plan = (count: number, ...firstSeeds: readonly number[]): Plan => ({ firstSeeds, count });
const NAMES = 200_000;
/** Bytes of the text of a number. */
const LEAST_NAME = 24;
const plans = fc
  .record({
    firstSeeds: fc.array(fc.nat(1000), { minLength: 1, maxLength: 5 }),
    count: fc.integer({ min: 1, max: 5000 }),
  })
  .map((drawn): Plan => drawn);

describe('a plan', () => {
  it('cuts each series into chunks of a hundred seeds, the last one shorter', () => {
    const chunks = [0, 1, 2, 3, 4, 5].map((n) => chunkAt(plan(250, 7, 40), n));
    expect(chunks.map(({ series, first, runs }) => [series, first, runs])).toEqual([
      ...[
        [0, 7, 100],
        [0, 107, 100],
        [0, 207, 50],
      ],
      ...[
        [1, 40, 100],
        [1, 140, 100],
        [1, 240, 50],
      ],
    ]);
    expect(() => chunkAt(plan(250, 7, 40), 6)).toThrow('no chunk 6');
  });

  it('has longer chunks for many seeds, of a thousand at most', () => {
    expect(chunkAt(plan(500_000, 0), 1)).toMatchObject({ first: 500, runs: 500 });
    expect(chunkCount(plan(1e6, 0))).toBe(1000);
    expect(chunkAt(plan(1e9, 0), 0).runs).toBe(1000);
  });

  it('is at home up to the largest seed', () => {
    const all = plan(Number.MAX_SAFE_INTEGER - 249, 250);
    const last = chunkAt(all, chunkCount(all) - 1);
    expect(seedAt(last, last.runs - 1)).toBe('9007199254740991');
  });

  it('names a seed by its number', () => {
    const firsts = fc.oneof(fc.nat(5000), fc.maxSafeNat());
    fc.assert(
      fc.property(firsts, fc.nat(999), (number, n) => {
        const first = Math.max(0, number - n);
        expect(seedAt({ first }, n)).toBe(String(first + n));
      }),
    );
  });

  it('leaves no names behind: of a long sweep they would fill the memory', () => {
    const oldBytes = (): number =>
      getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space')
        ?.space_used_size ?? 0;
    const sizes = [1, 2].map((half) => {
      let letters = 0;
      for (let n = 0; n < NAMES; n++) {
        letters += seedAt({ first: half * NAMES }, n).length;
        // What a run throws away.
        letters += new Array<number>(1000).fill(n).length;
      }
      return letters > 0 ? oldBytes() : 0;
    });
    const [before = 0, after = 0] = sizes;
    expect((after - before) / NAMES).toBeLessThan(LEAST_NAME / 3);
  });

  it('makes each seed of each series once and in order, by whatever shards', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 9 }), (drawn, of) => {
        const shards = Array.from({ length: of }, (_, n) => ({ index: n + 1, of }));
        const numbers = shards.flatMap((shard) => [...chunkNumbers(drawn, shard)]);
        numbers.sort((a, b) => a - b);
        expect(numbers).toEqual([...chunkNumbers(drawn, WHOLE)]);
        const seeds = numbers.flatMap((number) => {
          const { series, first, runs } = chunkAt(drawn, number);
          return Array.from({ length: runs }, (_, n) => `${series}: ${first + n}`);
        });
        const wanted = drawn.firstSeeds.flatMap((first, series) =>
          Array.from({ length: drawn.count }, (_, n) => `${series}: ${first + n}`),
        );
        expect(seeds).toEqual(wanted);
        const counts = shards.map((shard) => runsInShard(drawn, shard));
        expect(counts.reduce((a, b) => a + b)).toBe(runsIn(drawn));
        expect(shards.map((shard) => chunkCountOf(drawn, shard))).toEqual(
          shards.map((shard) => [...chunkNumbers(drawn, shard)].length),
        );
      }),
    );
  });
});
