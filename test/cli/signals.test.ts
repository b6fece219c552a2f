/** Ctrl-C and SIGTERM: what is done is told, and nothing is left half written. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT, SCENARIO, toy } from './program.js';

const LONG = { timeout: 60_000 };
const IDLE = ['--strategy', 'clear-when-idle'];

const folder = mkdtempSync(join(tmpdir(), 'desync-signals-'));
beforeEach(() => {
  mkdirSync(folder, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: unknown;
  readonly out: string;
  readonly err: string;
}

/** Once it has written something into the folder; `more` after that. */
async function signalled(
  program: string,
  args: readonly string[],
  ...signals: readonly NodeJS.Signals[]
): Promise<Ended> {
  const child = spawn(process.execPath, [`${ROOT}${program}`, ...args], { cwd: ROOT });
  const told = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => (told.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (told.err += text.toString()));
  while (readdirSync(folder).length === 0 && child.exitCode === null) await delay();
  const ended = once(child, 'close');
  for (const signal of signals) {
    child.kill(signal);
    await delay();
  }
  const [code] = (await ended) as unknown[];
  return { code, ...told };
}

function delay(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

const ENDLESS = ['run', SCENARIO, ...IDLE, '--seeds', '1000..9007199254740991'];

describe('a signal in a sweep that streams a report', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends it with a whole report and %s', LONG, async (signal, exitCode) => {
    const report = join(folder, 'x.jsonl');
    const args = [...ENDLESS, '--reporter', `jsonl=${report}`, '--jobs', '2'];
    const { code, err } = await signalled('test/cli/toy-program.mjs', args, signal);
    expect([code, readdirSync(folder)]).toEqual([exitCode, ['x.jsonl']]);
    expect(err).toMatch(/interrupted after [\d,]+ of 9,007,199,254,739,992 runs\n$/);
    const lines = readFileSync(report, 'utf8').trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ strategy: 'clear-when-idle' });
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s while a failure is shrunk leaves the results', LONG, async (signal, exitCode) => {
    const reporters = ['--json', '--reporter', `junit=${join(folder, 'x.xml')}`];
    const args = ['run', SCENARIO, ...IDLE, '--seeds', '405..414', ...reporters];
    const { code, out, err } = await signalled('test/cli/toy-program.mjs', args, signal);
    expect(code).toBe(exitCode);
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'FAIL',
      ending: 'complete',
      interrupted: false,
      shrunk: [{ seed: '405', left: null }],
    });
    expect(err).toMatch(
      /^a failure was not shrunk: interrupted\nnpx desync shrink .* --seed 405\n$/,
    );
    expect(readFileSync(join(folder, 'x.xml'), 'utf8')).toContain('</testsuites>');
  });

  it('SIGINT while merge shrinks a failure leaves the results, too', LONG, async () => {
    const parts = mkdtempSync(join(tmpdir(), 'desync-signals-'));
    const part = join(parts, 'part.jsonl');
    const sweep = ['run', SCENARIO, ...IDLE, '--seeds', '405..414', '--shard', '1/1'];
    toy([...sweep, '--output', part]);
    const args = ['merge', part, '--json', '--reporter', `junit=${join(folder, 'x.xml')}`];
    const { code, out, err } = await signalled('test/cli/toy-program.mjs', args, 'SIGINT');
    rmSync(parts, { recursive: true });
    expect(code).toBe(130);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'FAIL', shrunk: [{ left: null }] });
    expect(err).toMatch(
      /^a failure was not shrunk: interrupted\nnpx desync shrink .* --seed 405\n$/,
    );
  });

  it('a second one ends it at once, and no draft is left', LONG, async () => {
    const args = [...ENDLESS, '--reporter', `jsonl=${join(folder, 'x.jsonl')}`, '--jobs', '2'];
    const { code } = await signalled('test/cli/toy-program.mjs', args, 'SIGTERM', 'SIGTERM');
    expect(code).toBe(143);
    expect(readdirSync(folder).filter((name) => name !== 'x.jsonl')).toEqual([]);
  });
});
