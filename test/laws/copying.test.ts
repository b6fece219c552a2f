import { describe, expect, it } from 'vitest';
import { wrongCopying } from './copying.js';

describe('a first recovery', () => {
  it.each(['1', '2', '3', '4', '5', '6'])(
    'copies region by region, eight sub-jobs at once, seed %s',
    (seed) => {
      expect(wrongCopying(seed)).toEqual([]);
    },
  );
});
