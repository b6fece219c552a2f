import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { desync, inShell, ROOT, SCENARIO, toy } from './program.js';
import { SHIPPED } from '../../src/strategies/shipped.js';

const FILE = ['compare', SCENARIO];
const BOTH = '--strategies clear-when-idle,mark-until-unmount';
const COMPARE = [...FILE, ...BOTH.split(' ')];
const MAIL = 'scenarios/ext2-bitmap.yaml';

describe('compare', () => {
  it('puts strategies side by side', () => {
    const { code, out, err } = toy([...COMPARE, '--seeds', '0..7']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatchInlineSnapshot(`
      "append: 8 seeds, each 10 s of virtual time

      strategy              exposed       95 %  diverged     95 %  harmed  verdict
      --------------------  -------  ---------  --------  -------  ------  -------
      clear-when-idle        18.8 %  0.67-66 %         4  15-85 %       2  PASS
      mark-until-unmount *      0 %      <37 %         0    <37 %       0  PASS

      * nothing was ever cleared

      Exposed seed by seed, against clear-when-idle (exact McNemar)

      strategy            it alone  other alone      p
      ------------------  --------  -----------  -----
      mark-until-unmount         0            6  0.031

      Price, in the mean over seeds

      strategy            record writes/min   resync
      ------------------  -----------------  -------
      clear-when-idle                   360  512 KiB
      mark-until-unmount                 24    2 MiB

      Unbeaten in exposure and writes of the record: mark-until-unmount.
      Unbeaten in exposure and bytes to resync: clear-when-idle and
      mark-until-unmount.

      clear-when-idle: exposed in 6 of 8 seeds (34-96.9 %), 18.8 % of the time; costs
      360 region-log writes a minute and 512 KiB of resync after a crash.

      mark-until-unmount: no exposure in 8 seeds (<37 %), because nothing was ever
      cleared; costs 24 region-log writes a minute and 2 MiB of resync after a crash.

      PASS-BOUNDED  every strategy showed what was expected of it on these seeds;
      others were not tried

      repeat: npx desync compare test/cli/append.yaml --strategies clear-when-idle,mark-until-unmount --seeds 0..7
      "
    `);
  });

  it('judges a strategy that is slow as `run` does: what it showed as expected is proved', () => {
    const set = ['--set', 'expect={ clear-after-period: { exposed: sometimes } }'];
    const run = ['run', SCENARIO, ...set, '--seeds', '0..3', '--reporter', 'tap'];
    const slow = ['--strategies', 'clear-after-period'];
    expect(toy(run).code).toBe(0);
    expect(toy(['compare', SCENARIO, ...set, ...slow, ...run.slice(4)]).code).toBe(0);
  });

  it('is one object with --json, of the seeds that were named and no others', () => {
    const args = [...COMPARE, '--seeds', '1..4', '--json'];
    const { code, out } = toy(args);
    expect(code).toBe(0);
    const never = { exposedRuns: 0, divergedRuns: 0, harmRuns: 0, exposure: { mean: 0, low: 0 } };
    expect(JSON.parse(out)).toMatchObject({
      format: 'desync/compare@1',
      tool: { version: '0.1.0' },
      verdict: 'PASS-BOUNDED',
      repeat: `npx desync compare ${SCENARIO} ${BOTH} --seeds 1..4 --json`,
      interrupted: false,
      problems: [],
      rows: [
        {
          strategy: 'clear-when-idle',
          scenario: 'append',
          runs: 4,
          voidRuns: 0,
          exposedRuns: 3,
          divergedRuns: 2,
          harmRuns: 1,
          verdict: 'PASS-BOUNDED',
          exposure: { mean: 0.1875 },
          costs: { recordWrites: 60, expectedResyncBytes: 524288 },
          repeat: `npx desync run ${SCENARIO} --strategy clear-when-idle --seeds 1..4`,
        },
        { strategy: 'mark-until-unmount', runs: 4, ...never, nothingCleared: true },
      ],
      pairs: [{ a: 'clear-when-idle', b: 'mark-until-unmount', aOnly: 3, bOnly: 0, p: 0.25 }],
      fronts: [
        { scenario: 'append', price: 'recordWrites', unbeaten: ['mark-until-unmount'] },
        { price: 'expectedResyncBytes', unbeaten: ['clear-when-idle', 'mark-until-unmount'] },
      ],
    });
  });

  it('takes all strategies where none are named', () => {
    const names = SHIPPED.map(({ name }) => name);
    const told: unknown = JSON.parse(toy([...FILE, '--seeds', '1..1', '--json']).out);
    expect(told).toMatchObject({ rows: names.map((strategy) => ({ strategy })) });
  });

  it('takes seeds 1 to 1000 where none are named, whatever the seed of the scenario', () => {
    // Seed 666 throws: the message names it, so the toy met it and began at 1.
    const { code, err } = toy([...FILE, '--strategies', 'mark-until-unmount']);
    expect(code).toBe(3);
    expect(err).toContain('--strategy mark-until-unmount --seed 666\n');
  });

  it('takes the strategies in the order in which they were named', () => {
    const list = 'mark-until-unmount,clear-when-idle';
    const { out } = toy([...FILE, '--seeds', '1..2', '--strategies', list, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      rows: [{ strategy: 'mark-until-unmount' }, { strategy: 'clear-when-idle' }],
      pairs: [{ a: 'clear-when-idle' }],
    });
  });
});

describe('the exit code of compare', () => {
  it.each([
    ['0..8', 0, 'PASS-BOUNDED'],
    ['98..100', 1, 'FAIL'],
    ['100..101', 2, 'ERROR'],
    ['100..102', 3, 'NONDETERMINISTIC'],
    ['103..103', 4, 'VOID'],
    ['103..104', 0, 'PASS-BOUNDED'],
  ])('of seeds %s is %i: %s', (seeds, code, verdict) => {
    const text = toy([...COMPARE, '--seeds', seeds]);
    expect(text.code).toBe(code);
    expect(text.out).toContain(`\n${verdict}  `);
    const json = toy([...COMPARE, '--seeds', seeds, '--json']);
    expect(json.code).toBe(code);
    expect(JSON.parse(json.out)).toMatchObject({ verdict });
  });

  it('is 3 when a run throws, with the command of that run', () => {
    const { code, out, err } = toy([...COMPARE, '--seeds', '660..670']);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(`npx desync run ${SCENARIO} --strategy clear-when-idle --seed 666\n`);
  });
});

describe('a comparison that makes no sense', () => {
  it.each([
    [
      ['--strategies', 'clear-when-idel'],
      'there is no strategy "clear-when-idel"; did you mean clear-when-idle?',
    ],
    [
      ['--strategies', 'clear-when-idle, clear-when-idle'],
      '--strategies names "clear-when-idle" twice; each is one row',
    ],
    [['--strategies', 'all,clear-when-idle'], '--strategies all stands alone: it means each one'],
    [['--strategies', 'clear-when-idle,'], 'there is no strategy ""; see desync strategies'],
    [['--seeds', '5'], '--seeds is first..last, as in 0..999, not "5"'],
    [['--seeds', '5..1'], '--seeds 5..1: the first is after the last'],
  ])('%j is refused, and as JSON too', (args, why) => {
    const { code, out, err } = toy([...FILE, ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/\nrepeat: npx desync compare .*\n$/);
    expect(err.split('\n')[0]).toBe(`desync: ${why}`);
    expect(JSON.parse(toy([...FILE, ...args, '--json']).out)).toMatchObject({
      format: 'desync/compare@1',
      verdict: 'ERROR',
      problems: [{ found: why }],
      interrupted: false,
      rows: [],
      pairs: [],
      fronts: [],
    });
  });
});

describe('the scenario of the mail, compared', () => {
  it('fails where a strategy does not show what it must, with a command that shows it', () => {
    const args = ['compare', MAIL, ...BOTH.split(' '), '--seeds', '1..3', '--set', 'duration=60s'];
    const { code, out } = desync(args);
    expect(code).toBe(1);
    const [, command] = /^repeat: (npx desync run .*)$/m.exec(out) ?? [];
    expect(command).toContain('--strategy clear-when-idle --seeds 1..3 --set duration=60s');
    expect(inShell(command ?? '').code).toBe(1);
    expect(desync(args).out).toBe(out);
  });
});

describe('what is told of a comparison under way', () => {
  it('ends with what is done at Ctrl-C, and 130', async () => {
    const program = `${ROOT}test/cli/toy-program.mjs`;
    const args = [program, ...COMPARE, '--seeds', '700..9007199254740991', '--json'];
    const child = spawn(process.execPath, args, { cwd: ROOT });
    const told = { out: '', err: '' };
    child.stdout.on('data', (text: Buffer) => (told.out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (told.err += text.toString()));
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(told.err).toMatch(/^seed 700\ninterrupted after [\d,]+ of 18,\d{3}(,\d{3})+ runs\n$/);
    expect(JSON.parse(told.out)).toMatchObject({
      interrupted: true,
      rows: [{ strategy: 'clear-when-idle' }],
      pairs: [],
    });
  });

  it('may be read by something that stops reading', () => {
    const program = `${process.execPath} ${ROOT}test/cli/toy-program.mjs`;
    const line = `set -o pipefail; ${program} ${COMPARE.join(' ')} --seeds 0..90 | head -1`;
    expect(inShell(line)).toMatchObject({ code: 0, err: '' });
  });
});
