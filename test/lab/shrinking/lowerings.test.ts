import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  lowerings,
  roundedUp,
  roundLowerings,
  spreadLowerings,
} from '../../../src/lab/shrinking/lowerings.js';
import { milliseconds } from '../../../src/sim/time.js';

describe('what is lower than an answer', () => {
  it('begins with the least, comes nearer and nearer, and ends one below', () => {
    expect(lowerings(100, 1)).toEqual([1, 51, 76, 88, 94, 97, 99]);
    expect(lowerings(2, 1)).toEqual([1]);
    expect(lowerings(1, 1)).toEqual([]);
  });

  it('is never the same and never higher, and one below is always among it', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.nat(2 ** 40), (a, b) => {
        const [least, value] = a < b ? [a, b] : [b, a];
        const lower = lowerings(value, least);
        expect(lower.every((each) => each >= least && each < value)).toBe(true);
        expect(lower.includes(value - 1)).toBe(value > least);
        expect(lower.length).toBeLessThan(45);
      }),
    );
  });
});

describe('what is lower than a time or a size', () => {
  it('has two digits, then one more and one more', () => {
    expect(roundLowerings(30_411, 0).slice(-4)).toEqual([29_000, 30_000, 30_400, 30_410]);
    expect(roundLowerings(30_400, 0).slice(-3)).toEqual([29_000, 30_000, 30_300]);
    expect(roundLowerings(31_000, 0).slice(-1)).toEqual([30_000]);
  });

  it('is whole grains from the least on', () => {
    expect(roundLowerings(64 * 1024, 16 * 1024, 1024)).toEqual(
      [16, 32, 48, 56, 60, 62, 63].map((n) => n * 1024),
    );
  });

  it('goes down to nothing, whatever it begins with', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 45 }), (value) => {
        const lower = roundLowerings(value, 0);
        expect(lower[0]).toBe(0);
        expect(lower.every((each) => each >= 0 && each < value)).toBe(true);
        expect(roundedUp(value)).toBeGreaterThanOrEqual(value);
      }),
    );
  });
});

describe('what is less than a latency that spreads', () => {
  it('is none, or one of its ends all the time', () => {
    const spread = { kind: 'list' as const, values: [milliseconds(5), milliseconds(1)] };
    const found = spreadLowerings(spread).map(
      (each) => each.kind === 'uniform' && [each.from, each.to],
    );
    expect(found.slice(0, 3)).toEqual([
      [0, 0],
      [1e6, 1e6],
      [5e6, 5e6],
    ]);
  });

  it('is nothing where it takes no time', () => {
    const none = { kind: 'uniform' as const, from: milliseconds(0), to: milliseconds(0) };
    expect(spreadLowerings(none)).toEqual([]);
  });
});
