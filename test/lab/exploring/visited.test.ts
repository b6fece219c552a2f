import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Visited, collisionOdds } from '../../../src/lab/exploring/visited.js';

/** Halves that collide often, in the bits that choose a place and in those that do not. */
const half = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 0, max: 3 }).map((top) => top << 28),
  fc.integer(),
);

describe('the states that were met', () => {
  it('are told apart by all of their 64 bits, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(half, half), { maxLength: 200 }), (states) => {
        const visited = new Visited(4);
        const known = new Map<string, number>();
        for (const [low, high] of states) {
          const key = `${low} ${high}`;
          expect(visited.find(low, high)).toBe(known.get(key) ?? -1);
          expect(visited.add(low, high)).toBe(known.get(key) ?? known.size);
          if (!known.has(key)) known.set(key, known.size);
          expect(visited.count).toBe(known.size);
        }
      }),
    );
  });

  it('are two for one with odds that grow with their pairs', () => {
    expect(collisionOdds(1)).toBe(0);
    expect(collisionOdds(2)).toBe(2 ** -64);
    expect(collisionOdds(2 ** 20) / 2 ** -25).toBeCloseTo(1, 5);
  });
});
