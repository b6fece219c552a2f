/** A stretch of the inputs of one kind, and what became of them. */

export interface Fault {
  readonly number: number;
  readonly what: string;
  /** The input, its beginning. */
  readonly shown: string;
}

export interface Piece {
  readonly kind: string;
  readonly seed: number;
  /** The number of its first input, and of the first one behind it. */
  readonly from: number;
  readonly end: number;
  readonly refused: number;
  readonly right: number;
  readonly faults: readonly Fault[];
  /** By the clock. */
  readonly seconds: number;
  /** The most that the whole process held meanwhile. */
  readonly peakMiB: number;
}

/** So many inputs are in one that is whole: what is lost when a campaign is killed. */
export const PIECE = 250;

/** The end of the piece that holds an input: pieces end at the same numbers wherever they begin. */
export function endOfPiece(number: number, end: number): number {
  return Math.min(end, (Math.floor(number / PIECE) + 1) * PIECE);
}

/** What of [from, end) is in none of the pieces, in ascending order. */
export function untried(
  pieces: readonly Pick<Piece, 'from' | 'end'>[],
  from: number,
  end: number,
): readonly (readonly [from: number, end: number])[] {
  const gaps: [number, number][] = [];
  let next = from;
  for (const piece of pieces.toSorted((a, b) => a.from - b.from)) {
    if (piece.from >= end) break;
    if (piece.from > next) gaps.push([next, piece.from]);
    next = Math.max(next, piece.end);
  }
  if (next < end) gaps.push([next, end]);
  return gaps;
}
