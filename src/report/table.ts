/**
 * A table without a frame: a head, a rule, rows. Where there is no room, columns that can be spared
 * go first.
 */
import Table from 'cli-table3';
import { wholeAt } from './lines.js';
import type { Brush } from './paint.js';
import type { View } from './view.js';

export interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
  /** Which is left out first where the width is short; undefined: never. */
  readonly spare?: number;
}

export const GAP = 2;
const LEAST = 8;
const NOTHING = '';
const FRAMELESS = {
  top: NOTHING,
  'top-mid': NOTHING,
  'top-left': NOTHING,
  'top-right': NOTHING,
  bottom: NOTHING,
  'bottom-mid': NOTHING,
  'bottom-left': NOTHING,
  'bottom-right': NOTHING,
  left: NOTHING,
  'left-mid': NOTHING,
  mid: NOTHING,
  'mid-mid': NOTHING,
  right: NOTHING,
  'right-mid': NOTHING,
  middle: ' '.repeat(GAP),
};

/** `brushes` paint the rows, one each. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  brushes: readonly Brush[],
  { paint, width }: View,
): string {
  const kept = fitting(columns, rows, width);
  const widths = shrunk(
    kept.map((n) => natural(n, columns, rows)),
    width - GAP * (kept.length - 1),
  );
  // Columns are as wide as their rule: it would cut letters that take two columns short of a given
  // width, and pairs into halves.
  const made = new Table({
    chars: FRAMELESS,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    colAligns: kept.map((n) => columns[n]?.align ?? 'left'),
  });
  made.push(
    kept.map((n) => paint.dim(columns[n]?.head ?? '')),
    widths.map((most) => paint.dim('-'.repeat(most))),
  );
  rows.forEach((row, r) => {
    const brush = brushes[r] ?? paint.dim;
    const cells = kept.map((n, c) => folded(row[n] ?? '', widths[c] ?? LEAST).map(brush));
    // Line by line: for each line of a cell it would look at the whole text of the cell again.
    const lines = Math.max(...cells.map((cell) => cell.length));
    for (let line = 0; line < lines; line++) made.push(cells.map((cell) => cell[line] ?? ''));
  });
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** How broad the n-th column would like to be. */
export function natural(
  n: number,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): number {
  return Math.max(columns[n]?.head.length ?? 0, ...rows.map((row) => row[n]?.length ?? 0));
}

function fitting(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] {
  let kept = columns.map((_, n) => n);
  const taken = (): number =>
    kept.reduce((sum, n) => sum + natural(n, columns, rows), GAP * (kept.length - 1));
  const spared = kept
    .filter((n) => columns[n]?.spare !== undefined)
    .sort((a, b) => (columns[a]?.spare ?? 0) - (columns[b]?.spare ?? 0));
  for (const n of spared) {
    if (taken() <= width) break;
    kept = kept.filter((other) => other !== n);
  }
  return kept;
}

/** Takes from the broadest until it fits or none can give. */
function shrunk(widths: readonly number[], room: number): number[] {
  const result = [...widths];
  let over = result.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const broadest = result.indexOf(Math.max(...result));
    const width = result[broadest] ?? 0;
    if (width <= LEAST) break;
    result[broadest] = width - 1;
    over--;
  }
  return result;
}

/** Breaks a name after its dashes where it can, inside a word where it must. */
function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const dash = rest.lastIndexOf('-', width - 1) + 1;
    const at = dash > 0 ? dash : wholeAt(rest, width);
    lines.push(rest.slice(0, at));
    rest = rest.slice(at);
  }
  return [...lines, rest];
}
