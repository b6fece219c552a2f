/**
 * A run as a timeline: one row an event, one column an actor, time on the left.
 *
 * A text begins in its actor's column and runs on over the empty ones to its right. Where the
 * columns would be too narrow for that, the actor's name stands before the text instead.
 */
import { safe, wrapped } from './lines.js';
import type { Brush, Paint } from './paint.js';
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
const MOST_BROAD_ACTOR = 12;

function laidOut(rows: readonly Row[], { paint, width }: View): string[] {
  const times = rows.map(({ at }) => (at / 1e9).toFixed(6));
  const timeWidth = Math.max(TIME_HEAD.length, times.at(-1)?.length ?? 0);
  const room = width - timeWidth - GAP;
  const named = rows.filter(({ kind }) => kind !== 'state').map(({ actor }) => actor);
  const actors = inOrder(new Set(named));
  const starts = columnStarts(actors, room);
  const head = starts === undefined ? '' : headOf(actors, starts);
  const broad = Math.min(
    MOST_BROAD_ACTOR,
    Math.max(0, ...actors.map((actor) => safe(actor).length)),
  );
  const lines = rows.flatMap((row, n) => {
    const text = safe(row.text);
    const brush = brushFor(row, paint);
    const time = (times[n] ?? '').padStart(timeWidth) + ' '.repeat(GAP);
    if (row.kind === 'state')
      return beside(paint.dim(time), time.length, wrapped(text, room), brush);
    if (starts !== undefined) {
      const start = starts[actors.indexOf(row.actor)] ?? 0;
      const left = paint.dim(time) + ' '.repeat(start);
      return beside(left, time.length + start, wrapped(text, room - start), brush);
    }
    const who = safe(row.actor)
      .slice(0, broad)
      .padEnd(broad + GAP);
    const left = time + who;
    return beside(paint.dim(left), left.length, wrapped(text, width - left.length), brush);
  });
  return [
    paint.dim(`${TIME_HEAD.padStart(timeWidth)}${' '.repeat(GAP)}${head}`.trimEnd()),
    ...lines,
  ];
}

/**
 * The first line stands beside `left`, which takes that many columns, the others under the first.
 */
function beside(left: string, columns: number, lines: readonly string[], brush: Brush): string[] {
  return lines.map((line, n) => (n === 0 ? left : ' '.repeat(columns)) + brush(line));
}

function brushFor({ kind }: Row, paint: Paint): Brush {
  switch (kind) {
    case 'race':
      return paint.bad;
    case 'state':
      return paint.strong;
    case 'event':
      return (text) => text;
  }
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
