import { describe, expect, it } from 'vitest';
import { disorderAfterWork, wrongPlaceInNextGroup } from './quiet-work.js';

describe('work on a file system at rest', () => {
  it.each(['1', '2', '3', '4', '5', '6'])('leaves fsck nothing to say (seed %s)', (seed) => {
    expect(disorderAfterWork(seed)).toEqual([]);
  });

  it('goes on at the first free block of the next group', () => {
    expect(wrongPlaceInNextGroup()).toEqual([]);
  });
});
