import { describe, expect, it } from 'vitest';
import { inTurn, median } from '../../bench/measure.js';

describe('measures', () => {
  it('are taken in turn, ours first, and their medians count', () => {
    const taken: string[] = [];
    const measure = (name: string, values: number[]) => (): number => {
      taken.push(name);
      return values.shift() ?? NaN;
    };
    const found = inTurn(3, measure('ours', [9, 1, 2]), measure('theirs', [30, 10, 20]));
    expect(found).toEqual({ ours: 2, theirs: 20 });
    expect(taken).toEqual(['ours', 'theirs', 'ours', 'theirs', 'ours', 'theirs']);
  });

  it('have a median between the two in the middle', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow('no median');
  });
});
