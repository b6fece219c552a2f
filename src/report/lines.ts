/**
 * Text in a width: wrapped, labelled, and safe to show. Widths are counted before anything is
 * painted.
 */
import type { Brush } from './paint.js';

/**
 * Controls, reversals of the reading direction and halves of pairs: none reaches a terminal raw.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What came from a file, in one line, with `\u001b` for what a terminal would obey. */
export function safe(text: string): string {
  return text.replace(UNSAFE, escaped);
}

export function escaped(unsafe: string): string {
  const units = Array.from({ length: unsafe.length }, (_, i) => unsafe.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/** Between a number and its unit no line is broken. */
const UNIT = /^ (?:s|ms|us|ns|%|KiB|MiB|GiB)(?![\w])/;

/**
 * Breaks at spaces where it can, inside a word where it must. At least one line; spaces that begin
 * a text stay.
 */
export function wrapped(text: string, width: number): string[] {
  const most = Math.max(1, width);
  const lines: string[] = [];
  let rest = text.trimEnd();
  while (rest.length > most) {
    const at = breakIn(rest, most);
    lines.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  lines.push(rest);
  return lines;
}

function breakIn(text: string, most: number): number {
  const indent = text.length - text.trimStart().length;
  let space = text.lastIndexOf(' ', most);
  while (space > indent && UNIT.test(text.slice(space, space + 5))) {
    space = text.lastIndexOf(' ', space - 1);
  }
  return space > indent ? space : wholeAt(text, most);
}

/** Where to cut at `at` or just beside it, so that no pair is cut into halves. */
export function wholeAt(text: string, at: number): number {
  const isWithin = (text.codePointAt(at - 1) ?? 0) > 0xffff;
  if (!isWithin) return at;
  return at > 1 ? at - 1 : at + 1;
}

const LABEL = 12;
const MARGIN = 2;
/** Below this a label stands on a line of its own. */
const NARROW = 44;

export function isNarrow(width: number): boolean {
  return width < NARROW;
}

/**
 * `  label      text`, the text wrapped under itself; `paint` is laid over each line of the text.
 */
export function labelled(
  label: string,
  text: string,
  width: number,
  paint: Brush = (line) => line,
): string[] {
  if (isNarrow(width)) {
    const lines = wrapped(text, width - 2 * MARGIN).map(
      (line) => ' '.repeat(2 * MARGIN) + paint(line),
    );
    return label === '' ? lines : [' '.repeat(MARGIN) + label, ...lines];
  }
  const head = ' '.repeat(MARGIN) + label.padEnd(LABEL);
  return wrapped(text, width - head.length).map(
    (line, n) => (n === 0 ? head : ' '.repeat(head.length)) + paint(line),
  );
}

/** Two columns, the second wrapped beside the first, or under it where there is no room. */
export function columns(
  rows: readonly (readonly [string, string])[],
  width: number,
  paint: Brush,
): string[] {
  const broad = Math.max(0, ...rows.map(([name]) => name.length)) + MARGIN;
  const beside = width - broad >= NARROW / 2;
  return rows.flatMap(([name, text]) => {
    if (!beside) return [paint(name), ...wrapped(text, width - MARGIN).map((line) => `  ${line}`)];
    return wrapped(text, width - broad).map(
      (line, n) => (n === 0 ? paint(name.padEnd(broad)) : ' '.repeat(broad)) + line,
    );
  });
}
