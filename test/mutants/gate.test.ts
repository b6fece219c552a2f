import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHECKS } from './checks.js';
import { sourceOf } from './gate.js';
import { planted, transpiled } from './mutant.js';
import { MUTANTS } from './planted.js';
import { rowOf, tableOf } from './table.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const site = { root, built: root };
const document = readFileSync(`${root}/docs/mutants.md`, 'utf8');
const rows = document
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('planted bugs', () => {
  it('are enough, and no two have a name', () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(35);
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  });

  it.each(MUTANTS)('have their line, once, and are TypeScript: $name', (mutant) => {
    const before = sourceOf(site, mutant);
    const after = planted(mutant, before);
    expect(after).not.toBe(before);
    expect(transpiled(after, mutant.file)).not.toBe(transpiled(before, mutant.file));
  });

  it.each(MUTANTS)('name who is to notice: $name', ({ caughtBy }) => {
    expect(CHECKS.map(({ name }) => name)).toContain(caughtBy);
  });

  it.each(MUTANTS)('stand in docs/mutants.md as somebody noticed them: $name', (mutant) => {
    const row = rows.find(([, what]) => what === mutant.name);
    expect(row?.slice(2, 4)).toEqual([mutant.file, mutant.caughtBy]);
    expect(Number(row?.[4])).toBeGreaterThan(0);
  });

  it('are refused when their line is gone', () => {
    const mutant = { ...MUTANTS[0]!, line: 'this line stands nowhere' };
    expect(() => planted(mutant, sourceOf(site, mutant))).toThrow('0 times, not once');
  });

  it('that survive are said to', () => {
    const row = rowOf(MUTANTS[0]!, { trials: 12, caught: undefined });
    expect(row.isAsNamed).toBe(false);
    expect(tableOf([row])).toContain('**nobody**');
  });
});
