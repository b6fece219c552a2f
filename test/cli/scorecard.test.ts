/** The scorecard that the README shows is what `compare` prints. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CAMPAIGN } from '../support/campaign.js';
import { ROOT, desync } from './program.js';

const README = readFileSync(`${ROOT}README.md`, 'utf8');
const SHOWN = README.split('```text\n')
  .map((block) => block.split('\n```')[0] ?? '')
  .find((block) => block.startsWith('ext2-bitmap: 1,000 seeds'));
/** Rows stand for themselves; a campaign makes all of them. */
const MADE = ['clear-when-idle', 'copy-on-store'];
/** 13,000 runs, on a machine that does something else. */
const LIMIT_MS = CAMPAIGN > 1 ? 3_600_000 : 300_000;

/** By strategy and head of the column: what stands there, in every table of the text. */
function cellsOf(text: string): Map<string, string> {
  const cells = new Map<string, string>();
  const lines = text.split('\n');
  for (const [n, rule] of lines.entries()) {
    if (!/^-+( +-+)+$/.test(rule)) continue;
    const columns = [...rule.matchAll(/-+/g)].map(({ 0: dashes, index }) => ({
      from: index,
      end: index + dashes.length,
    }));
    const cut = (line: string): string[] =>
      columns.map(({ from, end }) => line.slice(from, end).trim());
    const heads = cut(lines[n - 1] ?? '');
    for (let m = n + 1; lines[m]; m++) {
      const [strategy = '', ...values] = cut(lines[m] ?? '');
      for (const [k, value] of values.entries()) {
        const head = heads[k + 1] === '95 %' ? `${heads[k]}, 95 %` : heads[k + 1];
        cells.set(`${strategy.replace(' *', '')}: ${head}`, value);
      }
    }
  }
  return cells;
}

describe('the scorecard of the README', () => {
  it(
    'is what compare prints',
    () => {
      const shown = cellsOf(SHOWN ?? '');
      expect(new Set([...shown.keys()].map((key) => key.split(':')[0])).size).toBe(13);
      const some = CAMPAIGN > 1 ? [] : ['--strategies', MADE.join()];
      const args = ['compare', 'scenarios/ext2-bitmap.yaml', '--seeds', '1..1000', ...some];
      const told = desync(args, { limitMs: LIMIT_MS });
      const printed = cellsOf(told.out.split('\nExposed seed by seed')[0] ?? '');
      for (const [key, value] of cellsOf(told.out.split('\nPrice, in')[1] ?? ''))
        printed.set(key, value);
      const both = [...printed].filter(([key]) => shown.has(key));
      expect(both.length).toBeGreaterThan(6 * (CAMPAIGN > 1 ? 13 : MADE.length));
      expect(Object.fromEntries(both)).toEqual(
        Object.fromEntries(both.map(([key]) => [key, shown.get(key)])),
      );
    },
    2 * LIMIT_MS,
  );
});
