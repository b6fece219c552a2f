import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { desync, ROOT, SCENARIO, toy } from './program.js';

const PAGE = 'scenarios/explore/one-page-2-stores.yaml';
const IDLE = ['--strategy', 'clear-when-idle'];
const NEVER = ['--set', 'expect.clear-when-idle.exposed=never'];
const MANY = { timeout: 60_000 };

describe('a sweep', () => {
  it.each([
    ['run', '--seeds', '1..430', ...IDLE, ...NEVER],
    ['run', '--seeds', '1..430', '--json', ...IDLE, ...NEVER],
    ['run', '--seeds', '1..1200', '--json', ...IDLE],
    ['compare', '--seeds', '1..250', '--strategies', 'clear-when-idle,lock-pages', '--json'],
  ])('%s %s %s is the same to the byte, however many make it', MANY, (command, ...rest) => {
    const args = [command, PAGE, ...rest];
    const alone = desync([...args, '--jobs', '1']);
    expect(alone.out).toContain('clear-when-idle');
    for (const jobs of ['2', '3']) expect(desync([...args, '--jobs', jobs])).toEqual(alone);
    expect(desync(args)).toEqual(alone);
  });

  it('leaves how it was made out of the command that repeats it', () => {
    const args = ['run', SCENARIO, ...IDLE, '--seeds', '0..9', '--jobs=2', '--timeout', '10min'];
    expect(toy([...args, '--no-color']).out).toMatch(
      /^repeat: npx desync run \S+ --strategy clear-when-idle --seeds 0..9$/m,
    );
  });

  it('keeps each run of few, and of many how many there were and which did not pass', () => {
    const few: unknown = JSON.parse(
      toy(['run', SCENARIO, ...IDLE, '--seeds', '99..100', '--json']).out,
    );
    const failing = { runs: 2, failedRuns: 1, failedSeeds: ['100'] };
    expect(few).toMatchObject({
      ending: 'complete',
      totals: [failing],
      runs: [{}, { seed: '100' }],
    });
    const many = toy(['run', SCENARIO, ...IDLE, '--seeds', '1000000..1001000', '--json']).out;
    expect(JSON.parse(many)).toMatchObject({ totals: [{ runs: 1001 }], runs: [] });
  });
});

describe('--bail', () => {
  it.each(['1', '2'])('ends with the n-th run that does not pass, with %s jobs', (jobs) => {
    const args = ['run', SCENARIO, ...IDLE, '--seeds', '0..240', '--jobs', jobs];
    const first = toy([...args, '--bail', '1']);
    expect(first.code).toBe(1);
    expect(first.err).toBe('ended by --bail after 101 of 241 runs\n');
    expect(first.out).toContain('FAIL  1 of 101 runs did not pass');
    const third = toy([...args, '--bail', '3', '--json']);
    expect(JSON.parse(third.out)).toMatchObject({
      verdict: 'NONDETERMINISTIC',
      ending: 'bail',
      totals: [{ runs: 103, failedSeeds: ['100', '101', '102'] }],
    });
    expect(toy([...args, '--bail', '4']).err).toBe('');
  });
});

describe('--timeout', () => {
  it('ends with what is done, and says so', MANY, () => {
    const args = ['run', SCENARIO, ...IDLE, '--seeds', '2000..9007199254740991'];
    for (const jobs of ['1', '2']) {
      const { code, out, err } = toy([...args, '--timeout', '1s', '--jobs', jobs]);
      expect(code).toBe(0);
      expect(err).toMatch(/^ended by --timeout after \d[\d,]+ of [\d,]+ runs\n$/);
      expect(out).toMatch(/^PASS-BOUNDED {2}all [\d,]+ runs/m);
    }
  });
});

describe('options of a sweep that make no sense', () => {
  it.each([
    [['--jobs', '0'], '--jobs is a whole number from 1 to 1024, not "0"'],
    [['--bail', 'x'], '--bail is a whole number from 1 to 9007199254740991, not "x"'],
    [['--timeout', '5'], '--timeout is a time such as 10min, not "5"'],
    [['--timeout', '0s'], '--timeout is a time such as 10min, not "0s"'],
    [['--shard', '2/1'], '--shard is i/n, from 1/n to n/n, not "2/1"'],
    [['--shard', '1/2'], '--shard needs --output FILE: desync merge puts the parts together'],
  ])('%j: %s', (args, why) => {
    const { code, err } = toy(['run', SCENARIO, ...IDLE, ...args]);
    expect(code).toBe(2);
    expect(err.split('\n')[0]).toBe(`desync: ${why}`);
  });
});

describe('Ctrl-C in a sweep over workers', () => {
  it('ends it with what is done, 130, and no process left', MANY, async () => {
    const args = [`${ROOT}test/cli/toy-program.mjs`, 'run', SCENARIO, ...IDLE, '--jobs', '2'];
    const child = spawn(process.execPath, [...args, '--seeds', '700..9007199254740991'], {
      cwd: ROOT,
    });
    const told = { out: '', err: '' };
    child.stdout.on('data', (text: Buffer) => (told.out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (told.err += text.toString()));
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(told.err).toMatch(/interrupted after [\d,]+ of 9,007,199,254,740,292 runs\n$/);
    expect(told.out).toMatch(/^PASS-BOUNDED {2}/m);
  });
});
