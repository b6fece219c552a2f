/**
 * A run as a timeline: one row an event, one column an actor, time on the left.
 *
 * A text begins in its actor's column and runs on over the empty ones to its right. Where the columns would be too narrow
 * for that, the actor's name stands before the text instead.
 */
import { safe, wrapped } from './lines.js';
import type { Row } from './rows.js';
import type { Story } from './story.js';
import type { View } from './view.js';

export function timelineText(story: Story, view: View): string {
  const rows = story.rows.length === 0 ? [] : [...laidOut(story.rows, view), ''];
  const note = story.note === undefined ? [] : [...wrapped(story.note, view.width), ''];
  return [...rows, ...note].join('\n');
}

const TIME_HEAD = 'seconds';
const GAP = 2;
/** The rightmost column needs room for what a region log says. */
const LAST_COLUMN = 16;

function laidOut(rows: readonly Row[], view: View): string[] {
  const times = rows.map(({ at }) => (at / 1e9).toFixed(6));
  const timeWidth = Math.max(
    TIME_HEAD.length,
    ...times
      .slice(0, 1)
      .concat(times.slice(-1))
      .map(({ length }) => length),
  );
  const actors = inOrder(
    new Set(rows.filter(({ kind }) => kind !== 'state').map(({ actor }) => actor)),
  );
  const starts = columnStarts(actors, view.width - timeWidth - GAP);
  const left = ' '.repeat(GAP);
  const body =
    starts === undefined
      ? listed(rows, actors, view, timeWidth)
      : columned(rows, actors, starts, view, timeWidth);
  const head = starts === undefined ? '' : headOf(actors, starts);
  return [
    view.paint.dim(`${TIME_HEAD.padStart(timeWidth)}${left}${head}`.trimEnd()),
    ...body.flatMap((lines, n) =>
      lines.map(
        (line, m) =>
          (m === 0 ? view.paint.dim((times[n] ?? '').padStart(timeWidth)) : ' '.repeat(timeWidth)) +
          left +
          line,
      ),
    ),
  ];
}

/** Threads as they appear, then the mirror, the legs and the log. */
function inOrder(actors: ReadonlySet<string>): string[] {
  const rank = (actor: string): number => {
    if (actor === 'mirror') return 1;
    const leg = /^leg (\d+)$/.exec(actor)?.[1];
    if (leg !== undefined) return 2 + Number(leg);
    return actor === 'log' ? 1000 : 0;
  };
  return [...actors].sort((a, b) => rank(a) - rank(b));
}

/** Where each column begins, or undefined when they do not fit. */
function columnStarts(actors: readonly string[], width: number): number[] | undefined {
  const needed = Math.max(0, ...actors.map((actor) => safe(actor).length)) + GAP;
  const each = Math.floor((width - LAST_COLUMN) / Math.max(1, actors.length - 1));
  return each < needed ? undefined : actors.map((_, n) => n * Math.min(each, 14));
}

function headOf(actors: readonly string[], starts: readonly number[]): string {
  return actors.reduce((head, actor, n) => head.padEnd(starts[n] ?? 0) + safe(actor), '');
}

function columned(
  rows: readonly Row[],
  actors: readonly string[],
  starts: readonly number[],
  { paint, width }: View,
  timeWidth: number,
): string[][] {
  const room = width - timeWidth - GAP;
  return rows.map((row) => {
    if (row.kind === 'state') return stateLines(row, room).map(paint.strong);
    const start = starts[actors.indexOf(row.actor)] ?? 0;
    const lines = wrapped(safe(row.text), room - start);
    return lines.map((line) => ' '.repeat(start) + (row.kind === 'race' ? paint.bad(line) : line));
  });
}

function listed(
  rows: readonly Row[],
  actors: readonly string[],
  { paint, width }: View,
  timeWidth: number,
): string[][] {
  const broad = Math.min(12, Math.max(0, ...actors.map((actor) => safe(actor).length)));
  const room = width - timeWidth - GAP;
  return rows.map((row) => {
    if (row.kind === 'state') return stateLines(row, room).map(paint.strong);
    const head = safe(row.actor)
      .slice(0, broad)
      .padEnd(broad + GAP);
    return wrapped(safe(row.text), room - head.length).map(
      (line, n) =>
        (n === 0 ? paint.dim(head) : ' '.repeat(head.length)) +
        (row.kind === 'race' ? paint.bad(line) : line),
    );
  });
}

function stateLines(row: Row, room: number): string[] {
  return wrapped(safe(row.text), room);
}
