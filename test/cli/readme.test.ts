/** What the README shows is what the program prints. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT, desync } from './program.js';

const README = readFileSync(`${ROOT}README.md`, 'utf8');

describe('the README', () => {
  it('shows the run that replay tells', () => {
    const shown = /```text\n([^`]*)\n```/.exec(README)?.[1];
    const told = desync(['replay', 'scenarios/ext2-bitmap.yaml'], { env: { COLUMNS: '100' } });
    expect(told.code).toBe(0);
    expect(shown).toBe(told.out.replaceAll(/ +$/gm, '').trimEnd());
  });

  it('has exactly two commands for setting up, trying and testing', () => {
    const indented = README.split('\n').filter((line) => line.startsWith('    npm '));
    expect(indented.map((line) => line.trim())).toEqual([
      'npm ci && npx desync run scenarios/ext2-bitmap.yaml',
      'npm cit',
    ]);
  });
});
