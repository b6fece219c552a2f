import { describe, expect, it } from 'vitest';
import { CHECKS } from './checks.js';

describe('checks', () => {
  it.each(CHECKS)('find nothing in the program as it is: $name', ({ trials }) => {
    const [first] = trials;
    expect(first?.faults()).toEqual([]);
  });
});
