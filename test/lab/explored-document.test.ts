/** docs/explored.md is what the program finds; a campaign makes all of it again. */
import { describe, expect, it } from 'vitest';
import { markdownRow } from '../../src/report/explored-table.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { CAMPAIGN } from '../support/campaign.js';
import { documentedParts, remade, remadePart } from '../support/explored-document.js';
import { shippedScenarios } from '../support/shipped-scenarios.js';

const PARTS = documentedParts();
const ROWS = PARTS.flatMap(({ rows, mostStates }) => rows.map((row) => ({ ...row, mostStates })));
/** What takes a moment each. */
const FEW_STATES = 1500;

describe('the table of verdicts', () => {
  it('has every strategy on every scenario for exploring', () => {
    const files = shippedScenarios().filter((path) => path.startsWith('explore/'));
    for (const file of files) {
      const rows = ROWS.filter((row) => row.file === file);
      for (const { name } of SHIPPED) {
        expect(rows.some(({ strategy }) => strategy === name)).toBe(true);
      }
    }
    expect(new Set(ROWS.map(({ file }) => file)).size).toBe(files.length);
  });

  it('holds no expectation that was not met', () => {
    for (const { line } of ROWS) expect(line).not.toMatch(/\| (FAIL|ERROR|NONDETERMINISTIC) \|/);
  });

  const small = ROWS.filter(({ isComplete, states }) => isComplete && states <= FEW_STATES);

  it('has enough that is made again each time', () => {
    expect(small.length).toBeGreaterThan(150);
  });

  it.each([...new Set(small.map(({ file }) => file))])('is what is found: %s', (file) => {
    const rows = small.filter((row) => row.file === file);
    expect(rows.map((row) => markdownRow(remade(row, row.mostStates)))).toEqual(
      rows.map(({ line }) => line),
    );
  });

  it.runIf(CAMPAIGN > 1).each(PARTS)(
    'is what is found, whole: $folder',
    (part) => {
      expect(remadePart(part)).toBe(part.text);
    },
    3_600_000,
  );
});
