import { describe, expect, it } from 'vitest';
import { endOfPiece, PIECE, untried } from './piece.js';

describe('pieces of a campaign', () => {
  it('end at the same numbers wherever they begin, and at the end', () => {
    expect([0, 1, PIECE - 1].map((from) => endOfPiece(from, 10 * PIECE))).toEqual(
      Array.from({ length: 3 }, () => PIECE),
    );
    expect(endOfPiece(PIECE, 10 * PIECE)).toBe(2 * PIECE);
    expect(endOfPiece(PIECE, PIECE + 3)).toBe(PIECE + 3);
  });

  it('leave untried what is in none of them', () => {
    const some = [
      { from: 30, end: 40 },
      { from: 0, end: 10 },
      { from: 35, end: 38 },
    ];
    expect(untried(some, 0, 50)).toEqual([
      [10, 30],
      [40, 50],
    ]);
    expect(untried(some, 5, 33)).toEqual([[10, 30]]);
    expect(untried(some, 32, 40)).toEqual([]);
    expect(untried([], 3, 4)).toEqual([[3, 4]]);
  });
});
