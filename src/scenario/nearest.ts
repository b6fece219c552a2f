/** "Did you mean ...?": the known word that is nearest to what somebody wrote. */

/**
 * Nobody means a known word with something longer than this, and the table grows with the square.
 */
const LONGEST = 64;

/** The nearest of `known`, or undefined when none is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length === 0 || word.length > LONGEST) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits >= fewest || candidate === word) continue;
    best = candidate;
    fewest = edits;
  }
  return best;
}

/**
 * Letters to insert, delete, replace or swap with their neighbour, to turn one word into the other.
 */
export function distance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      const replaced = at(row, j - 1) + (same ? 0 : 1);
      let fewest = Math.min(at(row, j) + 1, at(next, j - 1) + 1, replaced);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) fewest = Math.min(fewest, at(before, j - 2) + 1);
      next.push(fewest);
    }
    before = row;
    row = next;
  }
  return at(row, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
