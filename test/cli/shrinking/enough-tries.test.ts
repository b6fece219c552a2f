import { describe, expect, it } from 'vitest';
import { enoughTries } from '../../../src/cli/shrinking/enough-tries.js';

describe('a failure that nobody asked to shrink', () => {
  it('is tried a thousand times, however long that takes', () => {
    const isOver = enoughTries();
    const tries = Array.from({ length: 1002 }, () => isOver(7));
    expect(tries.indexOf(true)).toBe(1000);
    expect(tries.at(-1)).toBe(true);
    expect(enoughTries()(0)).toBe(false);
  });

  it('is left when its runs had ten million events, however few they were', () => {
    expect([0, 10_000_000, 10_000_001].map(enoughTries())).toEqual([false, false, true]);
  });
});
