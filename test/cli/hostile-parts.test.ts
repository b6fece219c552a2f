/** A part of a sweep is a file like others: nothing in it reaches a terminal raw. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lineOf } from '../../src/lab/sweep/part-lines.js';
import { REPORTERS } from '../../src/report/reporters/by-name.js';
import { SCENARIO, toy } from './program.js';

const folder = mkdtempSync(join(tmpdir(), 'desync-hostile-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const CLEARS = '\u001b[2J\u009b1m\u202e';
const OBEYED = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A part whose first line is changed, checked as if it had been written so. */
function part(
  name: string,
  change: (line: string) => string,
  more: readonly object[] = [],
): string {
  const file = join(folder, name);
  rmSync(file, { force: true });
  const idle = ['--strategy', 'clear-when-idle', '--seeds', '1..9'];
  toy(['run', SCENARIO, ...idle, '--output', file]);
  const [head = '', ...lines] = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const { crc32c: _, ...header } = JSON.parse(change(head)) as Record<string, unknown>;
  const rest = more.length === 0 ? lines.map((line) => `${line}\n`) : more.map(lineOfAny);
  writeFileSync(file, [lineOfAny(header), ...rest].join(''));
  return file;
}

function lineOfAny(entry: object): string {
  return lineOf(entry as Parameters<typeof lineOf>[0]);
}

describe('merge', () => {
  const told = JSON.stringify(CLEARS).slice(1, -1);

  it.each([
    [
      'why a run threw',
      (head: string) => head,
      [{ chunk: 0, broken: { seed: '1', message: CLEARS } }],
    ],
    ['the version', (head: string) => head.replace('"version":"', `"version":"${told}`), []],
    ['the strategy', (head: string) => head.replaceAll('clear-when-idle', `clear${told}`), []],
    ['the scenario', (head: string) => head.replaceAll('"append"', `"append${told}"`), []],
    ['the arguments', (head: string) => head.replaceAll('"--seeds"', `"--seeds${told}"`), []],
  ])('shows %s with nothing that a terminal obeys', (_, change, more) => {
    const hostile = part('hostile.jsonl', change, more);
    const other = part('other.jsonl', (head) => head);
    const names = REPORTERS.map((name) => join(folder, `merged.${name}`));
    const all = REPORTERS.flatMap((name, n) => ['--reporter', `${name}=${names[n]}`]);
    for (const files of [[hostile], [other, hostile]]) {
      const { code, out, err } = toy(['merge', ...files, '--no-color', ...all]);
      expect([0, 1, 2, 4]).toContain(code);
      for (const text of [out, err, ...names.map((name) => readFileSync(name, 'utf8'))]) {
        expect(OBEYED.exec(text)?.[0]).toBeUndefined();
      }
    }
  });
});
