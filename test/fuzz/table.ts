/** What became of hostile inputs, as a table: a row for each kind, and one for all. */
import type { Piece } from './piece.js';

export const HEAD = `${'kind'.padEnd(22)}  inputs  refused    right  faults  seconds  peak RSS`;

export function rowText(kind: string, pieces: readonly Piece[]): string {
  const sum = (of: (piece: Piece) => number): number => {
    return pieces.reduce((all, piece) => all + of(piece), 0);
  };
  const peakMiB = pieces.reduce((most, piece) => Math.max(most, piece.peakMiB), 0);
  return [
    kind.padEnd(22),
    `${sum(({ from, end }) => end - from)}`.padStart(7),
    `${sum(({ refused }) => refused)}`.padStart(8),
    `${sum(({ right }) => right)}`.padStart(8),
    `${sum(({ faults }) => faults.length)}`.padStart(7),
    sum(({ seconds }) => seconds)
      .toFixed(1)
      .padStart(8),
    `${peakMiB.toFixed(0)} MiB`.padStart(9),
  ].join(' ');
}
