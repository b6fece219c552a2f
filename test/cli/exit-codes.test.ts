/** Each row of the README's table of exit codes happens, and every reporter tells the same. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { REPORTERS } from '../../src/report/reporters/by-name.js';
import { ROOT, SCENARIO, toy } from './program.js';

const README = readFileSync(`${ROOT}README.md`, 'utf8');
const IDLE = ['--strategy', 'clear-when-idle'];
const folder = mkdtempSync(join(tmpdir(), 'desync-exit-codes-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** All reporters at once, each to its own file. */
const allTo = (name: string): string[] =>
  REPORTERS.flatMap((each) => ['--reporter', `${each}=${join(folder, `${name}.${each}`)}`]);
const told = (name: string): Record<string, string> =>
  Object.fromEntries(
    REPORTERS.map((each) => [each, readFileSync(join(folder, `${name}.${each}`), 'utf8')]),
  );

interface Row {
  readonly code: number;
  readonly name: string;
  readonly args: readonly string[];
  /** In JSON. */
  readonly verdict: string | null;
  /** In JUnit: the type of what is bad. */
  readonly type: string | undefined;
}

const RUN = ['run', SCENARIO, ...IDLE, '--no-shrink'];
const COMPARE = ['compare', SCENARIO, '--strategies', 'clear-when-idle'];
const ROWS: readonly Row[] = [
  {
    code: 0,
    name: 'held',
    args: [...RUN, '--seeds', '0..8'],
    verdict: 'PASS-BOUNDED',
    type: undefined,
  },
  { code: 1, name: 'did not', args: [...RUN, '--seeds', '98..100'], verdict: 'FAIL', type: 'FAIL' },
  {
    code: 1,
    name: 'not accepted',
    verdict: 'FAIL',
    type: 'FAIL',
    args: [...COMPARE, '--seeds', '0..8', '--fail-on', 'exposure>0'],
  },
  { code: 2, name: 'a scenario', args: ['run', 'nosuch.yaml'], verdict: 'ERROR', type: 'ERROR' },
  {
    code: 2,
    name: 'a limit',
    args: [...COMPARE, '--seeds', '100..101'],
    verdict: 'ERROR',
    type: 'ERROR',
  },
  {
    code: 3,
    name: 'a bug',
    args: [...RUN, '--seed', '666'],
    verdict: null,
    type: 'INTERNAL ERROR',
  },
  {
    code: 3,
    name: 'does not repeat',
    verdict: 'NONDETERMINISTIC',
    type: 'NONDETERMINISTIC',
    args: [...RUN, '--seeds', '100..102'],
  },
  {
    code: 4,
    name: 'nothing was proved',
    args: [...RUN, '--seed', '103'],
    verdict: 'VOID',
    type: 'VOID',
  },
];

describe("a row of the README's table of exit codes", () => {
  it('is one of these', () => {
    const [, table = ''] = /\| exit code +\|.*\n.*\n((?:\|.*\n)+)/.exec(README) ?? [];
    const codes = [...table.matchAll(/^\| (\d+)/gm)].map(([, code]) => Number(code));
    expect(codes).toEqual([...new Set([...ROWS.map(({ code }) => code), 130])]);
  });

  it.each(ROWS)('$code: $name', ({ code, name, args, verdict, type }) => {
    const file = name.replaceAll(' ', '-');
    const answer = toy([...args, ...allTo(file)]);
    expect([answer.code, answer.out]).toEqual([code, '']);
    const texts = told(file);
    expect(JSON.parse(texts['json'] ?? '')).toMatchObject({ verdict });
    const types = [...(texts['junit'] ?? '').matchAll(/ type="([^"]*)"/g)].map(([, each]) => each);
    expect(types).toEqual(type === undefined ? [] : [type]);
    expect(/^(not ok|Bail out!)/m.test(texts['tap'] ?? '')).toBe(code !== 0);
    expect(/^::error /m.test(texts['github'] ?? '')).toBe(code !== 0);
    expect(texts['markdown']).toMatch(new RegExp(`^## .*: ${type ?? 'PASS-BOUNDED'}$`, 'm'));
    for (const line of (texts['jsonl'] ?? '').split('\n').slice(0, -1)) JSON.parse(line);
    if (verdict !== null && verdict !== 'ERROR') expect(texts['default']).toContain(verdict);
    expect(readdirSync(folder).filter((each) => each.startsWith('.'))).toEqual([]);
  });

  it('130: interrupted', async () => {
    const program = `${ROOT}test/cli/toy-program.mjs`;
    const args = [program, 'run', SCENARIO, ...IDLE, '--seeds', '700..9007199254740991'];
    const child = spawn(process.execPath, [...args, ...allTo('interrupted')], { cwd: ROOT });
    await once(child.stderr, 'data');
    expect(existsSync(join(folder, 'interrupted.junit'))).toBe(false);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
    const texts = told('interrupted');
    expect(JSON.parse(texts['json'] ?? '')).toMatchObject({ interrupted: true });
    expect(texts['junit']).toContain('type="INTERRUPTED"');
    expect(texts['tap']).toMatch(/^not ok 1 /m);
    expect(texts['github']).toMatch(/^::error /);
    expect(texts['markdown']).toContain('**INTERRUPTED**');
    expect(texts['default']).toContain('PASS-BOUNDED');
    expect((texts['jsonl'] ?? '').split('\n').length).toBeGreaterThan(1);
  });
});
