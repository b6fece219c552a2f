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
});
