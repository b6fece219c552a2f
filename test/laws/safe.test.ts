import { describe, expect, it } from 'vitest';
import { exposedCandidates } from './candidates.js';

describe('idea 4, with what it assumes', () => {
  it.each(['1', '2', '3', '4', '5', '6'])('clears regions whose legs agree: seed %s', (seed) => {
    const { faults, cleared, raced } = exposedCandidates(seed);
    expect(faults).toEqual([]);
    expect(cleared).toBeGreaterThan(5);
    expect(raced).toBeGreaterThan(5);
  });
});
