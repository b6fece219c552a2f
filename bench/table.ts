/** Figures as a table for people, as JSON, and as the Markdown of docs/performance.md. */
import type { Aim, Figure, Line } from './line.js';

/** What the figures were measured on, in words that fit many machines. */
export interface Machine {
  readonly cores: number;
  readonly node: string;
  /** Of the minute before. */
  readonly load: number;
}

/** null: there is none. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly beside: string;
  readonly theirs: number | null;
  readonly missing: string | null;
  /** Ours divided by theirs. */
  readonly ratio: number | null;
  readonly aim: string | null;
  readonly met: boolean | null;
}

export const HEADING = ['what', 'unit', 'ours', 'beside', 'theirs', 'ratio', 'aim', 'met'];

export function rowOf({ what, unit, beside, aim }: Line, { ours, theirs }: Figure): Row {
  const there = typeof theirs === 'number' ? theirs : null;
  const ratio = there === null ? null : ours / there;
  return {
    what,
    unit,
    ours,
    beside,
    theirs: there,
    missing: typeof theirs === 'number' ? null : theirs.missing,
    ratio,
    aim: aim === undefined ? null : aimText(aim),
    met: aim === undefined ? null : isMet(aim, aim.of === 'ours' ? ours : ratio),
  };
}

/** null: it cannot be told, for the peer is missing. */
function isMet({ least, most }: Aim, value: number | null): boolean | null {
  if (value === null) return null;
  return value >= (least ?? -Infinity) && value <= (most ?? Infinity);
}

export function aimText({ of, least, most }: Aim): string {
  const bound = least === undefined ? `<= ${figure(most ?? NaN)}` : `>= ${figure(least)}`;
  return of === 'ours' ? bound : `ratio ${bound}`;
}

/** What stands in the table's cells, in the order of the heading. */
export function cellsOf(row: Row): string[] {
  const { what, unit, ours, beside, theirs, ratio, aim, met } = row;
  return [
    ...[what, unit, figure(ours), beside],
    theirs === null ? 'not there' : figure(theirs),
    ratio === null ? '' : figure(ratio),
    aim ?? '',
    met === null ? '' : met ? 'yes' : 'NO',
  ];
}

/** Three digits that count; more would be noise. */
export function figure(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 0.1 ? 3 : digits });
}

export function machineText({ cores, node, load }: Machine): string {
  return `${cores} cores, Node ${node}, load ${load.toFixed(1)} at the start`;
}

/** For a terminal: one line at a time, as the figures come. */
export function lineText(cells: readonly string[]): string {
  const broad = [46, 15, 9, 44, 9, 7, 15, 3];
  const isNumber = [false, false, true, false, true, true, false, false];
  return cells
    .map((cell, n) => (isNumber[n] ? cell.padStart(broad[n] ?? 0) : cell.padEnd(broad[n] ?? 0)))
    .join('  ')
    .trimEnd();
}

export function markdown(machine: Machine, rows: readonly Row[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const missing = [...new Set(rows.flatMap((row) => row.missing ?? []))];
  return [
    `${machineText(machine)}.`,
    '',
    line(HEADING),
    line(HEADING.map((_, n) => ([2, 4, 5].includes(n) ? '--:' : '---'))),
    ...rows.map((row) => line(cellsOf(row))),
    ...missing.map((reason) => `\nNot there: ${reason}.`),
  ].join('\n');
}
