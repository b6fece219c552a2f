/** Who caught what, as a table. */
import type { Answer } from './gate.js';
import type { Mutant } from './mutant.js';

export interface Row {
  /** What is turned. */
  readonly what: string;
  readonly file: string;
  /** The check that noticed; empty: the bug survived. */
  readonly caughtBy: string;
  /** Trials of that check. */
  readonly after: number;
  readonly trial: string;
  readonly why: string;
  readonly isAsNamed: boolean;
}

const HEAD = ['what is turned', 'in `src/`', 'caught by', 'after'];
const BEGIN = '<!-- printed by npm run mutants -->';
const END = '<!-- end -->';

export function rowOf({ name, file, caughtBy }: Mutant, answer: Answer): Row {
  const what = { what: name, file };
  if (answer === 'no end') {
    return { ...what, caughtBy: '', after: 0, trial: '', why: 'no end', isAsNamed: false };
  }
  const { caught } = answer;
  if (caught === undefined) {
    return { ...what, caughtBy: '', after: 0, trial: '', why: 'survived', isAsNamed: false };
  }
  const { by, after, trial, why } = caught;
  return { ...what, caughtBy: by, after, trial, why, isAsNamed: by === caughtBy };
}

/** In Markdown, aligned as prettier does. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ what, file, caughtBy, after }) => [
    what,
    file,
    caughtBy || '**nobody**',
    String(after),
  ]);
  const widths = HEAD.map((head, n) =>
    Math.max(head.length, ...cells.map((row) => row[n]!.length)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, n) => (n === 3 ? cell.padStart(widths[n]!) : cell.padEnd(widths[n]!))).join(' | ')} |`;
  const rule = widths.map((width, n) =>
    n === 3 ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(HEAD), line(rule), ...cells.map(line)].join('\n');
}

/** The document with that table between its marks. */
export function withTable(document: string, rows: readonly Row[]): string {
  const from = document.indexOf(BEGIN);
  const to = document.indexOf(END);
  if (from === -1 || to < from) throw new Error(`docs/mutants.md has no place for the table`);
  const before = document.slice(0, from + BEGIN.length);
  return `${before}\n\n${tableOf(rows)}\n\n${document.slice(to)}`;
}

/** The bugs that the document's table says were noticed at once. */
export function noticedAtOnce(document: string): readonly string[] {
  return document
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, , , , after]) => after === '1')
    .map(([, what = '']) => what);
}
