import { describe, expect, it } from 'vitest';
import { distance, nearest } from '../../src/scenario/nearest.js';

describe('the nearest word', () => {
  it('is the one with the fewest edits', () => {
    expect(nearest('regionsize', ['legs', 'regionSize', 'log'])).toBe('regionSize');
    expect(nearest('snyc', ['sync', 'fsync'])).toBe('sync');
    expect(nearest('lags', ['log', 'legs'])).toBe('legs');
  });

  it('is none when nothing is near, or the word is too long to be meant', () => {
    expect(nearest('colour', ['seed', 'crash'])).toBeUndefined();
    expect(nearest('', ['a'])).toBeUndefined();
    expect(nearest('a'.repeat(65), ['a'.repeat(64)])).toBeUndefined();
  });

  it('counts letters that are inserted, deleted, replaced and swapped', () => {
    const words: [string, string, number][] = [
      ['', 'abc', 3],
      ['abc', 'abc', 0],
      ['abc', 'acb', 1],
      ['abc', 'ab', 1],
      ['kitten', 'sitting', 3],
    ];
    for (const [from, to, edits] of words) {
      expect(distance(from, to)).toBe(edits);
      expect(distance(to, from)).toBe(edits);
    }
  });
});
