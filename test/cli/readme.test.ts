/** What the README shows is what the program prints. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { REPORTERS } from '../../src/report/reporters/by-name.js';
import { ROOT, desync, inShell } from './program.js';

const README = readFileSync(`${ROOT}README.md`, 'utf8');

describe('the README', () => {
  it('shows the run that replay tells', () => {
    const shown = /```text\n([^`]*)\n```/.exec(README)?.[1];
    const told = desync(['replay', 'scenarios/ext2-bitmap.yaml'], { env: { COLUMNS: '100' } });
    expect(told.code).toBe(0);
    expect(shown).toBe(told.out.replaceAll(/ +$/gm, '').trimEnd());
  });

  it('has a row for each reporter', () => {
    const [, table = ''] = /\| reporter +\|.*\n.*\n((?:\|.*\n)+)/.exec(README) ?? [];
    expect([...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)).toEqual(REPORTERS);
  });

  it('shows a program that uses it as a library', () => {
    const [, code = ''] = /```js\n([^`]*)\n```/.exec(README) ?? [];
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const [, told = ''] = /console\.log.* \/\/ (.*)/.exec(code) ?? [];
    expect([status, stdout]).toEqual([0, `${told}\n`]);
  });

  it('has exactly two commands for setting up, trying and testing', () => {
    const indented = README.split('\n').filter((line) => line.startsWith('    npm '));
    expect(indented.map((line) => line.trim())).toEqual([
      'npm ci && npx desync run scenarios/ext2-bitmap.yaml',
      'npm cit',
    ]);
  });

  it('shrinks and promotes the race of the mail, as it says', () => {
    const folder = mkdtempSync(join(tmpdir(), 'desync-readme-'));
    symlinkSync(`${ROOT}scenarios`, join(folder, 'scenarios'));
    const section = /## Reproduce and shrink a failure\n([^]*?)\n## /.exec(README)?.[1] ?? '';
    const commands = section.split('\n').filter((line) => line.startsWith('    npx '));
    expect(commands).toHaveLength(2);
    const answers = commands.map((line) => inShell(line.trim(), { cwd: folder }));
    expect(answers.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(answers[1]?.out).toMatch(/^PASS-BOUNDED {2}mail-race under clear-when-idle: harmed/);
    const promoted = readFileSync(`${ROOT}scenarios/promoted/mail-race.yaml`, 'utf8');
    expect(workloadIn(readFileSync(join(folder, 'mail-race.yaml'), 'utf8'))).toEqual(
      workloadIn(promoted),
    );
    rmSync(folder, { recursive: true });
  });
});

function workloadIn(text: string): unknown {
  return (parse(text) as { workload: unknown }).workload;
}
