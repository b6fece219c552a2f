/** What docs/fuzz.md and the README say of hostile input is what the campaign tries. */
import { describe, expect, it } from 'vitest';
import { KINDS } from '../fuzz/kinds.js';
import { HEAD } from '../fuzz/table.js';
import { blocks, documentAt, section, tableRows } from '../support/documents.js';

const DOCUMENT = documentAt('docs/fuzz.md');
const README = section(documentAt('README.md'), 'Would it have noticed\\?').text;
const [PRINTED = ''] = blocks(DOCUMENT, 'text');
const [FIRST = '', ...LINES] = PRINTED.trimEnd().split('\n');
const NAMES = KINDS.map(([{ name }]) => name);

interface Row {
  readonly kind: string;
  readonly inputs: number;
  readonly refused: number;
  readonly right: number;
  readonly faults: number;
}

/** The counts of the table as `npm run fuzz` prints it; its last row is the sum. */
const ROWS = LINES.map((line): Row => {
  const [inputs = 0, refused = 0, right = 0, faults = 0] = line
    .slice(22)
    .trim()
    .split(/\s+/)
    .map(Number);
  return { kind: line.slice(0, 22).trim(), inputs, refused, right, faults };
});
const ALL = ROWS.at(-1);

describe('the table of hostile inputs', () => {
  it('tells of every kind what is spoilt and what is right', () => {
    const told = tableRows(DOCUMENT).map(([kind]) => kind?.replaceAll('`', ''));
    expect(told).toEqual(NAMES);
  });

  it('counts a whole campaign', () => {
    expect(FIRST).toBe(HEAD);
    const shares = KINDS.map(([{ name: kind }, inputs]) => ({ kind, inputs }));
    expect(ROWS.slice(0, -1).map(({ kind, inputs }) => ({ kind, inputs }))).toEqual(shares);
  });

  it.each(ROWS)('leaves no input of $kind without an answer, and none with a fault', (row) => {
    expect(row.refused + row.right).toBe(row.inputs);
    expect(row.faults).toBe(0);
  });

  it('is summed up', () => {
    const sum = (of: (row: Row) => number): number => {
      return ROWS.slice(0, -1).reduce((all, row) => all + of(row), 0);
    };
    const [inputs, refused, right] = [
      sum((r) => r.inputs),
      sum((r) => r.refused),
      sum((r) => r.right),
    ];
    expect(ALL).toEqual({ kind: 'all', inputs, refused, right, faults: 0 });
  });

  it('is what the README counts', () => {
    const told = /([\d,]+) hostile\s+inputs/.exec(README)?.[1];
    expect(told).toBe(ALL?.inputs.toLocaleString('en-GB'));
  });
});
