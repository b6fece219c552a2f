/** One thing that is wrong with a scenario: where, what was expected, what was found. */
import { codeFrameColumns } from '@babel/code-frame';
import type { Place } from './source.js';
import { shortened, visible, visibleInPlace } from './visible.js';

/** Plain data, safe to show: whatever the file holds, no control character is left in any field. */
export interface Problem {
  /** The scenario file, or `--set` when a change brought it. */
  readonly file: string;
  /** From 1, as is the column. */
  readonly line: number;
  readonly column: number;
  /** `mirror.legs[1].latency`; `scenario` for the whole. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  /** What was probably meant. */
  readonly hint?: string;
  /** The lines around it with a mark under it, without colours. */
  readonly frame: string;
}

/** A problem before its place is worked out. */
export interface Fault {
  readonly place: Place;
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  readonly hint?: string | undefined;
}

const LONGEST_PATH = 200;
/** A number, or what a parser says of a tag, may be as long as the file. */
const LONGEST_FOUND = 200;

export function problemOf(fault: Fault): Problem {
  const { source, from } = fault.place;
  return {
    file: visible(source.file),
    line: source.lineAt(from),
    column: source.columnAt(from),
    path: visible(shortened(fault.path === '' ? 'scenario' : fault.path, LONGEST_PATH)),
    expected: fault.expected,
    found: shortened(fault.found, LONGEST_FOUND),
    ...(fault.hint === undefined ? {} : { hint: visible(fault.hint) }),
    frame: frameOf(fault.place),
  };
}

/**
 * Three parts: `file:line:column path: expected ..., found ...`, the frame, and the hint if there
 * is one.
 */
export function formatProblem(problem: Problem, colour: boolean): string {
  const paint = colour ? ansi : plainly;
  const at = `${problem.file}:${problem.line}:${problem.column}`;
  const what = `expected ${problem.expected}, found ${problem.found}`;
  const marked = /^(>.*| +\| +\^+)$/gm;
  const lines = [
    `${paint('bold', `${at} ${problem.path}`)}: ${what}`,
    problem.frame.replace(marked, (line) => paint('red', line)),
  ];
  if (problem.hint !== undefined) lines.push(paint('yellow', `did you mean ${problem.hint}?`));
  return lines.join('\n');
}

/**
 * In the order of the sources and of the places in each; the same complaint about the same place is
 * told once.
 */
export function inOrder(faults: readonly Fault[]): Fault[] {
  const seen = new Set<string>();
  return faults
    .toSorted((a, b) => a.place.source.order - b.place.source.order || a.place.from - b.place.from)
    .filter((fault) => {
      const { source, from } = fault.place;
      const key = JSON.stringify([source.order, from, fault.expected, fault.found]);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

const LINES_AROUND = 2;
/** Longer lines are cut, at this many characters before the mark and as many after it. */
const REACH = 60;

function frameOf(place: Place): string {
  const { source, from, to } = place;
  const line = source.lineAt(from);
  const column = source.columnAt(from);
  const first = Math.max(1, line - LINES_AROUND);
  const last = Math.min(source.lines, line + LINES_AROUND);
  const cut = Math.max(0, column - 1 - REACH);
  const lines = Array.from({ length: last - first + 1 }, (_, i) => {
    const text = source.line(first + i).slice(0, cut + 2 * REACH);
    if (cut === 0 || text.length <= cut) return visibleInPlace(text.slice(cut));
    return `…${visibleInPlace(text.slice(cut + 1))}`;
  });
  const width = Math.max(1, Math.min(to - from, source.line(line).length - column + 1, REACH));
  const start = { line, column: column - cut };
  const end = { line, column: column - cut + width };
  // `startLine` is newer than the package's published types, so it is not written in the call.
  const options = { startLine: first, linesAbove: LINES_AROUND, linesBelow: LINES_AROUND };
  return codeFrameColumns(lines.join('\n'), { start, end }, options);
}

type Paint = 'bold' | 'red' | 'yellow';
const CODES: Readonly<Record<Paint, readonly [number, number]>> = {
  bold: [1, 22],
  red: [31, 39],
  yellow: [33, 39],
};

function ansi(paint: Paint, text: string): string {
  const [on, off] = CODES[paint];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

function plainly(_paint: Paint, text: string): string {
  return text;
}
