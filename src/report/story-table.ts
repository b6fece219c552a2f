/**
 * A story as a table: rows are virtual time or steps, columns are actors.
 *
 * A text begins in its actor's column and runs on to the right as far as nobody else's stands in
 * the row; where the columns would be too narrow for that, the actor's name stands before the text
 * instead. What split the legs and what sealed it have a footnote; the crash is drawn across.
 */
import { safe, wrapped } from './lines.js';
import type { Brush } from './paint.js';
import type { Mark, Row } from './rows.js';
import type { Clock } from './sector-writes.js';
import type { Story } from './story.js';
import type { View } from './view.js';

export function storyTable(story: Story, view: View): string {
  const { title, rows, note } = story;
  const { paint, width } = view;
  const head = title === undefined ? [] : [...wrapped(safe(title), width).map(paint.strong), ''];
  const body = rows.length === 0 ? [] : [...laidOut(rows, story.clock, view), ''];
  const notes = MARKS.filter((mark) => rows.some((row) => row.mark === mark));
  const legend = notes.flatMap((mark) =>
    wrapped(`${GLYPHS[mark]} ${LEGEND[mark]}`, width).map((line) => paint.bad(line)),
  );
  const rest = note === undefined ? [] : wrapped(safe(note), width);
  const below = [...legend, ...rest];
  return [...head, ...body, ...below, ...(below.length > 0 ? [''] : [])].join('\n');
}

const MARKS: readonly Mark[] = ['split', 'sealed'];
const GLYPHS: Readonly<Record<Mark, string>> = { split: '*1', sealed: '*2' };
const LEGEND: Readonly<Record<Mark, string>> = {
  split: 'splits the legs: this sample came after a store, another before it',
  sealed: 'seals it: the record calls the region clean, the legs differ',
};

const HEADS: Readonly<Record<Clock, string>> = { time: 'seconds', steps: 'step' };
const GAP = 2;
/** Between two texts in one row. */
const LEAST_GAP = 1;
/** The rightmost column needs room for what the region log says. */
const LAST_COLUMN = 17;
const MOST_COLUMN = 14;
const MOST_BROAD_ACTOR = 12;
/** Below this a row is told in lines of its own. */
const LEAST_ROOM = 34;
/** Who comes after the crash. */
const AFTER = 'recovery';

function laidOut(rows: readonly Row[], clock: Clock, view: View): string[] {
  const { paint, width } = view;
  const labels = new Map(rows.map((row) => [row, labelOf(row, clock)]));
  const timeWidth = Math.max(
    HEADS[clock].length,
    ...[...labels.values()].map((text) => text.length),
  );
  const room = width - timeWidth - GAP;
  const lines = together(rows);
  const actors = inOrder(new Set(rows.filter((row) => !isAcross(row)).map(({ actor }) => actor)));
  const starts = columnStarts(actors, lines, room);
  const grid: Grid = { actors, starts, room, view };
  const time = (text: string): string => paint.dim(text.padStart(timeWidth) + ' '.repeat(GAP));
  const drawn = lines.flatMap((line) => {
    const [first] = line;
    if (first === undefined) return [];
    const label = labels.get(first) ?? '';
    if (room < LEAST_ROOM) return underneath(label, line, view);
    return drawnLine(line, grid).map((text, n) => (time(n === 0 ? label : '') + text).trimEnd());
  });
  if (room < LEAST_ROOM) return drawn;
  return [(time(HEADS[clock]) + paint.dim(headOf(grid))).trimEnd(), ...drawn];
}

/** Where nothing stands beside anything: who and when, and below it what. */
function underneath(label: string, line: readonly Row[], view: View): string[] {
  const { paint, width } = view;
  return line.flatMap((row) => {
    const head = isAcross(row) ? label : `${label} ${headed(row.actor)}`;
    const text = wrapped(textOf(row), width - GAP).map(
      (each) => ' '.repeat(GAP) + brushFor(row, view)(each),
    );
    return [...wrapped(head, width).map(paint.dim), ...text];
  });
}

function labelOf({ at, actor }: Row, clock: Clock): string {
  if (actor === AFTER) return AFTER;
  return clock === 'time' ? (at / 1e9).toFixed(6) : String(at);
}

interface Grid {
  readonly actors: readonly string[];
  /** undefined: columns would be too narrow. */
  readonly starts: readonly number[] | undefined;
  readonly room: number;
  readonly view: View;
}

/** Belongs to nobody: the crash, and what comes after it. */
function isAcross({ kind }: Row): boolean {
  return kind === 'state';
}

/** Rows that are drawn in one line: of one instant, and each in a column of its own. */
function together(rows: readonly Row[]): Row[][] {
  const lines: Row[][] = [];
  for (const row of rows) {
    const last = lines.at(-1);
    if (last !== undefined && standsBeside(row, last)) last.push(row);
    else lines.push([row]);
  }
  return lines;
}

function standsBeside(row: Row, line: readonly Row[]): boolean {
  if (row.beside !== true || isAcross(row)) return false;
  return line.every(
    (other) => !isAcross(other) && other.at === row.at && other.actor !== row.actor,
  );
}

function drawnLine(line: readonly Row[], grid: Grid): string[] {
  const { starts, room, view, actors } = grid;
  const [first] = line;
  if (first !== undefined && isAcross(first)) return acrossLines(first, grid);
  if (starts === undefined) return line.flatMap((row) => stackedLines(row, grid));
  const cells = line
    .map((row) => ({ row, start: starts[actors.indexOf(row.actor)] ?? 0 }))
    .sort((a, b) => a.start - b.start);
  const texts = cells.map(({ row, start }, n) => {
    const end = cells[n + 1]?.start ?? room + LEAST_GAP;
    return wrapped(textOf(row), end - start - LEAST_GAP);
  });
  const height = Math.max(...texts.map(({ length }) => length));
  return Array.from({ length: height }, (_, n) => {
    let drawn = '';
    let columns = 0;
    cells.forEach(({ row, start }, c) => {
      const text = texts[c]?.[n] ?? '';
      if (text === '') return;
      drawn += ' '.repeat(start - columns) + brushFor(row, view)(text);
      columns = start + text.length;
    });
    return drawn;
  });
}

function stackedLines(row: Row, { actors, room, view }: Grid): string[] {
  const longest = Math.max(0, ...actors.map((actor) => headed(actor).length));
  const broad = Math.min(MOST_BROAD_ACTOR, longest);
  const who = headed(row.actor)
    .slice(0, broad)
    .padEnd(broad + GAP);
  const brush = brushFor(row, view);
  return wrapped(textOf(row), room - who.length).map(
    (line, n) => (n === 0 ? view.paint.dim(who) : ' '.repeat(who.length)) + brush(line),
  );
}

/** The crash as a bar as wide as there is room. */
function acrossLines(row: Row, { room, view }: Grid): string[] {
  const brush = brushFor(row, view);
  const text = safe(row.text);
  if (row.actor !== 'power') return wrapped(text, room).map(brush);
  const bar = `==== ${text.replaceAll('*', '').trim()} `;
  return wrapped(bar.length >= room ? bar : bar.padEnd(room, '='), room).map(brush);
}

function textOf({ text, mark }: Row): string {
  return mark === undefined ? safe(text) : `${GLYPHS[mark]} ${safe(text)}`;
}

function brushFor({ kind, mark }: Row, { paint }: View): Brush {
  if (mark !== undefined || kind === 'race') return paint.bad;
  return kind === 'state' ? paint.strong : (text) => text;
}

/** Threads as they appear, the file system, the daemons, the mirror, its legs and the record. */
function inOrder(actors: ReadonlySet<string>): string[] {
  return [...actors].sort((a, b) => rankOf(a) - rankOf(b));
}

const RANKS: Readonly<Record<string, number>> = {
  ext2: 1,
  pdflush: 2,
  kswapd: 2,
  mirror: 3,
  log: 1000,
};

function rankOf(actor: string): number {
  const leg = /^leg (\d+)$/.exec(actor)?.[1];
  return leg === undefined
    ? Object.hasOwn(RANKS, actor)
      ? (RANKS[actor] ?? 0)
      : 0
    : 4 + Number(leg);
}

function headed(actor: string): string {
  return actor === 'log' ? 'region log' : safe(actor);
}

/**
 * Where each column begins, or undefined when they do not fit: each as broad as its head and as
 * the longest word that has a neighbour, what is left shared out.
 */
function columnStarts(
  actors: readonly string[],
  lines: readonly (readonly Row[])[],
  room: number,
): number[] | undefined {
  const rank = (row: Row): number => actors.indexOf(row.actor);
  const least = actors.map((actor, n) => {
    const words = lines
      .filter((line) => line.some((row) => rank(row) > n))
      .flatMap((line) => line.filter((row) => row.actor === actor))
      .flatMap((row) => textOf(row).split(' '));
    const longest = Math.max(0, ...words.map(({ length }) => length));
    return Math.max(headed(actor).length + GAP, longest + LEAST_GAP);
  });
  const narrow = least.slice(0, -1).reduce((sum, one) => sum + one, 0);
  const spare = room - LAST_COLUMN - narrow;
  if (spare < 0) return undefined;
  const more = Math.floor(spare / Math.max(1, actors.length - 1));
  let start = 0;
  return least.map((one) => {
    const begin = start;
    start += Math.max(one, Math.min(one + more, MOST_COLUMN));
    return begin;
  });
}

function headOf({ actors, starts }: Grid): string {
  if (starts === undefined) return '';
  return actors.reduce((head, actor, n) => head.padEnd(starts[n] ?? 0) + headed(actor), '');
}
