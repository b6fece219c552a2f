/** What becomes of a file in bad hands: bytes turned over, cut off, doubled, moved, put in. */
import fc from 'fast-check';

export interface Edit {
  readonly op: (typeof OPS)[number] | (typeof GENTLE)[number];
  /** Places are taken modulo the length of what is edited. */
  readonly at: number;
  readonly to: number;
  readonly length: number;
  readonly piece: string;
}

const OPS = [
  ...['flip', 'cut', 'truncate', 'double', 'move', 'insert', 'replace'],
  ...['number', 'number', 'double-line', 'drop-line', 'swap-lines'],
] as const satisfies readonly string[];

/**
 * Pieces that mean something to YAML, to JSON, to a terminal, to a file system or to JavaScript.
 */
const PIECES = [
  ...['&a ', '*a', '<<: ', '? ', '- ', ': ', '[', ']', '{', '}', '|', '>', '!!x ', '%', '#', ','],
  ...['"', "'", '---\n', '\n', '\r', '\t', '\u0000', '\u001b[2J', '\u001b]0;x\u0007', '\u009b1m'],
  ...['\u202e', '\u2028', '\ud800', '\ufeff', '🙂', 'null', '~', 'true', '.nan', '.inf', '1e999'],
  ...['__proto__: ', '"__proto__":', 'constructor: ', 'prototype', 'toString', 'then: ', 'choices'],
  ...[
    '9'.repeat(400),
    'x'.repeat(300),
    '[['.repeat(40),
    '../../x',
    '/dev/stdin',
    '-0',
    '0x10',
    '-1',
  ],
] as const;

const NUMBERS = ['0', '1', '2', '7', '511', '512', '4096', '65536', '2147483648', '4294967297'];
const LARGE = ['9007199254740991', '9007199254740993', '1e21', '-1', '1.5', '00', '٣', ''];

/**
 * After these a file often still makes sense, so that what comes behind the reading is tried too.
 */
const GENTLE = ['next-number', 'next-number', 'double-line', 'swap-lines', 'drop-line'] as const;

const anything = editOf(...OPS);
const gentle = editOf(...GENTLE);

export const edits: fc.Arbitrary<readonly Edit[]> = fc.oneof(
  fc.array(anything, { minLength: 1, maxLength: 3 }),
  fc.array(gentle, { maxLength: 2 }),
);

function editOf(...ops: readonly Edit['op'][]): fc.Arbitrary<Edit> {
  return fc.record({
    op: fc.constantFrom(...ops),
    at: fc.nat(2 ** 30),
    to: fc.nat(2 ** 30),
    length: fc.nat(60),
    piece: fc.oneof(
      { arbitrary: fc.constantFrom(...PIECES), weight: 4 },
      { arbitrary: fc.string({ unit: 'binary', maxLength: 5 }), weight: 1 },
    ),
  });
}

export function edited(text: string, all: readonly Edit[]): string {
  return all.reduce(once, text);
}

function once(text: string, { op, at, to, length, piece }: Edit): string {
  const from = at % (text.length + 1);
  const end = from + length;
  switch (op) {
    case 'flip': {
      const code = text.charCodeAt(from) ^ (1 << (to % 8));
      return from === text.length ? text : spliced(text, from, from + 1, String.fromCharCode(code));
    }
    case 'cut':
      return spliced(text, from, end, '');
    case 'truncate':
      return text.slice(0, from);
    case 'double':
      return spliced(text, end, end, text.slice(from, end));
    case 'move': {
      const rest = spliced(text, from, end, '');
      const there = to % (rest.length + 1);
      return spliced(rest, there, there, text.slice(from, end));
    }
    case 'insert':
      return spliced(text, from, from, piece);
    case 'replace':
      return spliced(text, from, end, piece);
    case 'number':
      return otherNumber(text, at, (digits) => {
        const known = [...NUMBERS, ...NUMBERS, ...LARGE, `${digits}0`];
        return known[to % known.length]!;
      });
    case 'next-number':
      return otherNumber(text, at, (digits) => {
        const n = Number(digits);
        return `${[n + 1, Math.max(0, n - 1), n * 2, n + 512, Math.floor(n / 2)][to % 5]!}`;
      });
    case 'double-line':
    case 'drop-line':
    case 'swap-lines':
      return otherLines(text, op, at, to);
  }
}

function spliced(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

/** Another number where one stands. */
function otherNumber(text: string, at: number, other: (digits: string) => string): string {
  const found = [...text.matchAll(/\d+/g)];
  const one = found[at % Math.max(found.length, 1)];
  if (one === undefined) return text;
  return spliced(text, one.index, one.index + one[0].length, other(one[0]));
}

function otherLines(text: string, op: Edit['op'], at: number, to: number): string {
  const lines = text.split('\n');
  const n = at % lines.length;
  const m = to % lines.length;
  if (op === 'drop-line') return lines.toSpliced(n, 1).join('\n');
  if (op === 'double-line') return lines.toSpliced(m, 0, lines[n]!).join('\n');
  return lines.with(n, lines[m]!).with(m, lines[n]!).join('\n');
}
