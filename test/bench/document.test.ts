/** docs/performance.md has the rows that the bench prints; their values are the machine's. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TABLES } from '../../bench/benches.js';
import { keptCells, withKept } from '../../bench/kept.js';
import { aimText, HEADING } from '../../bench/table.js';

const DOCUMENT = readFileSync(new URL('../../docs/performance.md', import.meta.url), 'utf8');
const [WHAT, UNIT, OURS, BESIDE, AIM] = [0, 1, 2, 3, 6];

describe.each(['bench', 'million'] as const)('the kept results: %s', (name) => {
  const [heading, , ...rows] = keptCells(DOCUMENT, name);

  it('have the rows that the bench prints, with their units, peers and aims', () => {
    const lines = TABLES[name].flatMap((one) => one.lines);
    expect(heading).toEqual(HEADING);
    expect(rows.map((row) => [WHAT, UNIT, BESIDE, AIM].map((at) => row[at]))).toEqual(
      lines.map(({ what, unit, beside, aim }) => [
        ...[what, unit, beside],
        aim === undefined ? '' : aimText(aim),
      ]),
    );
  });

  it('have a figure in each row', () => {
    for (const row of rows) expect(row[OURS]).toMatch(/^[\d,.]+$/);
  });
});

describe('what the bench keeps', () => {
  it('stands between its markers, and nothing else is touched', () => {
    const before = 'a\n<!-- x -->\nold\n<!-- /x -->\nb <!-- y --><!-- /y -->';
    const after = 'a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb <!-- y --><!-- /y -->';
    expect(withKept(before, 'x', 'new')).toBe(after);
  });

  it('is refused a document without the markers', () => {
    expect(() => withKept('a', 'x', 'new')).toThrow('has no <!-- x -->');
  });
});
