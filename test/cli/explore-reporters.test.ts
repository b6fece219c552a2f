/** What `desync explore` found, told by each reporter: the same verdict, and red where it is. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { REPORTERS } from '../../src/report/reporters/by-name.js';
import { desync, inShell } from './program.js';

const FILE = 'scenarios/explore/one-page-2-writes.yaml';
const HERE = ['explore', FILE, '--no-shrink'];
const NEVER = ['--set', 'expect={ clear-when-idle: { exposed: never } }'];
/** Of which the scenario expects no trouble. */
const IDLE = ['--strategy', 'lock-pages'];
const folder = mkdtempSync(join(tmpdir(), 'desync-explore-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const at = (name: string): string => join(folder, name);

interface Told {
  readonly code: number | null;
  readonly out: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** All reporters at once, each to its own file. */
function toldOf(name: string, args: readonly string[]): Told {
  const all = REPORTERS.flatMap((each) => ['--reporter', `${each}=${at(`${name}.${each}`)}`]);
  const { code, out } = desync([...args, ...all]);
  const texts = REPORTERS.map((each) => [each, readFileSync(at(`${name}.${each}`), 'utf8')]);
  return { code, out, texts: Object.fromEntries(texts) as Record<string, string> };
}

describe('explore tells by each reporter', () => {
  it.each([
    [0, 'held', [], 'PASS-COMPLETE', undefined],
    [1, 'did-not', NEVER, 'FAIL', 'FAIL'],
    [2, 'a-scenario', ['--set', 'legs=3'], 'ERROR', 'ERROR'],
    [4, 'proves-nothing', [...IDLE, '--set', 'workload={ app: [{ create: /x }] }'], 'VOID', 'VOID'],
  ] as const)('exit %i: %s', (code, name, more, verdict, type) => {
    const told = toldOf(name, [...HERE, ...more]);
    expect([told.code, told.out]).toEqual([code, '']);
    const { texts } = told;
    expect(JSON.parse(texts['json'] ?? '')).toMatchObject({ verdict });
    expect(JSON.parse(texts['jsonl'] ?? '')).toMatchObject({ verdict });
    const types = [...(texts['junit'] ?? '').matchAll(/ type="([^"]*)"/g)].map(([, each]) => each);
    expect(types).toEqual(type === undefined ? [] : [type]);
    expect(/^(not ok|Bail out!)/m.test(texts['tap'] ?? '')).toBe(code !== 0);
    expect(/^::error /m.test(texts['github'] ?? '')).toBe(code !== 0);
    expect(texts['markdown']).toMatch(new RegExp(`^## desync.*: ${verdict}$`, 'm'));
    if (verdict !== 'ERROR') expect(texts['default']).toContain(verdict);
    const lint = spawnSync('xmllint', ['--noout', at(`${name}.junit`)], { encoding: 'utf8' });
    expect(lint.error === undefined ? lint.stderr : '').toBe('');
  });

  it('a row for each strategy in each timing, with the command that makes it again', () => {
    const side = ['--strategies', 'lock-pages,clear-when-idle', '--timing', 'both'];
    const { code, texts } = toldOf('several', [...HERE, ...side, ...NEVER, '--max-states', '9000']);
    expect(code).toBe(1);
    const names = [...(texts['junit'] ?? '').matchAll(/<testcase classname="(.*?)" name="(.*?)"/g)];
    expect(names.map(([, file, name]) => [file, name])).toEqual([
      [FILE, 'lock-pages, timing scenario'],
      [FILE, 'lock-pages, timing free'],
      [FILE, 'clear-when-idle, timing scenario'],
      [FILE, 'clear-when-idle, timing free'],
    ]);
    expect(texts['tap']).toMatch(/^1\.\.4\n(# .*\n|ok [12] .*\n){2,}/m);
    const lines = (texts['jsonl'] ?? '').trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { strategy: 'lock-pages', timing: 'scenario', verdict: 'PASS-COMPLETE' },
      { strategy: 'lock-pages', timing: 'free', verdict: 'PASS-COMPLETE' },
      { strategy: 'clear-when-idle', timing: 'scenario', verdict: 'FAIL' },
      { strategy: 'clear-when-idle', timing: 'free', verdict: 'FAIL' },
    ]);
    expect(texts['markdown']).toContain('| clear-when-idle | free | FAIL |');
    const [, quoted = ''] = /^ {2}repeat: (.*)$/m.exec(texts['tap'] ?? '') ?? [];
    const repeat = String(JSON.parse(quoted));
    expect(repeat).toMatch(
      / --strategy clear-when-idle --timing scenario --max-states 9000 --set /,
    );
    const again = inShell(`${repeat} --no-shrink --json`);
    const { states, schedules } = JSON.parse(lines[2] ?? '') as Record<string, unknown>;
    expect([again.code, JSON.parse(again.out)]).toMatchObject([1, { states, schedules }]);
  });

  it('and takes no two of them for one place', () => {
    expect(desync([...HERE, '--markdown', '--json']).code).toBe(2);
    expect(desync([...HERE, '--markdown', '--reporter', 'tap']).err).toContain(
      'exclude each other',
    );
    const both = desync([...HERE, '--first', '--out', at('x'), '--reporter', `tap=${at('x')}`]);
    expect([both.code, both.out]).toEqual([2, '']);
  });
});
