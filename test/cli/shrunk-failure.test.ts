import { describe, expect, it } from 'vitest';
import { enoughTries } from '../../src/cli/shrunk-failure.js';

describe('a failure that nobody asked to shrink', () => {
  it('is tried a thousand times, however long that takes', () => {
    const isOver = enoughTries();
    const tries = Array.from({ length: 1002 }, () => isOver());
    expect(tries.indexOf(true)).toBe(1000);
    expect(tries.at(-1)).toBe(true);
    expect(enoughTries()()).toBe(false);
  });
});
