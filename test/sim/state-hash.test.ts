import { describe, expect, it } from 'vitest';
import { StateHash } from '../../src/sim/state-hash.js';

describe('64 bits of many neighbouring states', () => {
  it('differ', () => {
    const seen = new Set<string>();
    const hash = new StateHash();
    for (let place = 0; place < 200; place++) {
      for (let value = 0; value < 200; value++) {
        hash.set(0, 0);
        hash.add(place, value);
        hash.add(place + 1, 200 - value);
        seen.add(`${hash.low} ${hash.high}`);
      }
    }
    expect(seen.size).toBe(200 * 200);
  });

  it('are those of before once a word is taken out that was put in', () => {
    const hash = new StateHash();
    hash.add(3, 4);
    const before = [hash.low, hash.high];
    hash.add(5, -6);
    expect([hash.low, hash.high]).not.toEqual(before);
    hash.remove(5, -6);
    expect([hash.low, hash.high]).toEqual(before);
  });

  it('are two halves, each of which tells states apart by itself', () => {
    const lows = new Set<number>();
    const highs = new Set<number>();
    const hash = new StateHash();
    for (let place = 0; place < 200; place++) {
      for (let value = -100; value < 100; value++) {
        hash.set(0, 0);
        hash.add(place, value);
        lows.add(hash.low);
        highs.add(hash.high);
      }
    }
    // Of 40,000 among 2^32 two are the same with odds of one in five.
    expect(lows.size).toBeGreaterThan(39_995);
    expect(highs.size).toBeGreaterThan(39_995);
  });

  it('have no bit that stays, in either half', () => {
    const hash = new StateHash();
    const ones = new Array<number>(64).fill(0);
    for (let value = 1; value <= 1000; value++) {
      hash.set(0, 0);
      hash.add(7, value);
      for (let bit = 0; bit < 32; bit++) {
        ones[bit]! += (hash.low >>> bit) & 1;
        ones[bit + 32]! += (hash.high >>> bit) & 1;
      }
    }
    for (const count of ones) expect(Math.abs(count - 500)).toBeLessThan(100);
  });

  it.each([
    ['place', 1, 0],
    ['value', 0, 1],
  ])('turn, each of them, as often as not with each bit of a %s', (_, inPlace, inValue) => {
    const TRIES = 500;
    const halvesOf = (place: number, value: number): readonly [number, number] => {
      const hash = new StateHash();
      hash.add(place, value);
      return [hash.low, hash.high];
    };
    for (let bit = 0; bit < 32; bit++) {
      const turned = new Array<number>(64).fill(0);
      for (let n = 0; n < TRIES; n++) {
        const [place, value] = [Math.imul(n, 0x9e3779b1), Math.imul(n + 77, 0x85ebca6b)];
        const before = halvesOf(place, value);
        const after = halvesOf(place ^ (inPlace << bit), value ^ (inValue << bit));
        for (let at = 0; at < 64; at++) {
          turned[at]! += ((before[at >> 5]! ^ after[at >> 5]!) >>> (at & 31)) & 1;
        }
      }
      // One in two, give or take five deviations.
      for (const times of turned) expect(Math.abs(times - TRIES / 2)).toBeLessThan(60);
    }
  });

  it('do not hang on the order in which words are put in', () => {
    const hashOf = (pairs: readonly (readonly [number, number])[]): number[] => {
      const hash = new StateHash();
      for (const [place, value] of pairs) hash.add(place, value);
      return [hash.low, hash.high];
    };
    expect(
      hashOf([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    ).toEqual(
      hashOf([
        [5, 6],
        [1, 2],
        [3, 4],
      ]),
    );
    expect(
      hashOf([
        [1, 2],
        [3, 4],
      ]),
    ).not.toEqual(
      hashOf([
        [1, 4],
        [3, 2],
      ]),
    );
    expect(hashOf([[1, 2]])).not.toEqual(hashOf([[2, 1]]));
  });
});
