/** docs/decisions.md: numbered, short, and each with its price. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, documentAt } from '../support/documents.js';

const MOST_LINES = 10;
const [title, ...DECISIONS] = documentAt('docs/decisions.md').text.trim().split('\n\n');

describe('the decisions', () => {
  it('are numbered from 1 on, without gaps and doubles, each in one paragraph', () => {
    expect(title).toBe('# Decisions');
    const numbers = DECISIONS.map((decision) => /^\*\*(\d+)\. [^*]+\.\*\* /.exec(decision)?.[1]);
    expect(numbers).toEqual(DECISIONS.map((_, n) => `${n + 1}`));
    expect(DECISIONS.join('\n').match(/\*\*\d+\./g)).toHaveLength(DECISIONS.length);
  });

  it.each(DECISIONS)('is short and says what was given up: %s', (decision) => {
    expect(decision.split('\n').length).toBeLessThanOrEqual(MOST_LINES);
    expect(decision).toMatch(/\bgiven\s+up\b/i);
  });

  it('are there where code and documents speak of one by its number', () => {
    const named = ['src', 'test', 'docs', 'bench', 'build', 'scenarios'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|mjs|md|yaml)$/.test(name))
        .flatMap((name) => {
          const text = readFileSync(join(ROOT, folder, name), 'utf8');
          return [...text.matchAll(/\bdecisions? (\d+)\b/gi)].map(([, n]) => Number(n));
        }),
    );
    expect(named.filter((n) => n < 1 || n > DECISIONS.length)).toEqual([]);
  });
});
