import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { inShell, ROOT, SCENARIO, toy } from './program.js';

const IDLE = ['--strategy', 'clear-when-idle'];

describe('run', () => {
  it('tells each strategy of which the scenario expects something, then what came of all', () => {
    const { code, out, err } = toy(['run', SCENARIO, '--seed', '3']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatchInlineSnapshot(`
      "PASS-BOUNDED  append under clear-when-idle, seed 3: harmed

      One application appends, and syncs what it wrote.

        ran         120 s of virtual time, 1,003 events
        raced       2 of 40 stores that met a write in flight fell between the legs'
                    samples
        exposed     25 % of the time, in one window of 30 s from 30.000000 s
        cost        60 record writes; expected resync 512 KiB in 0 ns
        crash       at 30.000000 s, with no region marked
        recovery    nothing to copy: every region was believed clean
        diverged    nowhere: the legs agree

      repeat: npx desync run test/cli/append.yaml --strategy clear-when-idle --seed 3

      PASS-BOUNDED  append under mark-until-unmount, seed 3: clean

        ran         120 s of virtual time, 1,003 events
        raced       none of 40 stores that met a write in flight fell between the
                    legs' samples
        exposed     never
        cost        4 record writes; expected resync 2 MiB in 0 ns
        crash       at 30.000000 s, with no region marked
        recovery    nothing to copy: every region was believed clean
        diverged    nowhere: the legs agree

      repeat: npx desync run test/cli/append.yaml --strategy mark-until-unmount --seed 3

      append under clear-when-idle: harmed
      append under mark-until-unmount: clean

      PASS-BOUNDED  both runs showed what was expected
      "
    `);
  });

  it('tells many seeds as a table', () => {
    const { code, out } = toy(['run', SCENARIO, ...IDLE, '--seeds', '0..4']);
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "seed  outcome   exposed  windows  raced  verdict
      ----  --------  -------  -------  -----  ------------
         0  clean         0 %        0      0  PASS-BOUNDED
         1  exposed      25 %        1      2  PASS-BOUNDED
         2  diverged     25 %        1      2  PASS-BOUNDED
         3  harmed       25 %        1      2  PASS-BOUNDED
         4  clean         0 %        0      0  PASS-BOUNDED

      5 runs: 2 clean, 1 exposed, 1 diverged and 1 harmed.

      PASS-BOUNDED  all 5 runs showed what was expected

      repeat: npx desync run test/cli/append.yaml --strategy clear-when-idle --seeds 0..4
      "
    `);
  });

  it('is one object with --json', () => {
    const { code, out } = toy(['run', SCENARIO, '--seed', '1', '--json']);
    expect(code).toBe(0);
    const told: unknown = JSON.parse(out);
    expect(told).toMatchObject({
      format: 'desync/run@1',
      tool: { version: '0.1.0' },
      verdict: 'PASS-BOUNDED',
      repeat: `npx desync run ${SCENARIO} --seed 1 --json`,
      interrupted: false,
      problems: [],
      runs: [
        { strategy: 'clear-when-idle', seed: '1', outcome: 'exposed' },
        { strategy: 'mark-until-unmount', seed: '1', outcome: 'clean' },
      ],
    });
  });

  it('judges over all seeds what only many can show', () => {
    const sometimes = 'expect={ mark-until-unmount: { exposed: sometimes } }';
    const args = ['run', SCENARIO, '--seeds', '0..9', '--set', sometimes];
    const { code, out } = toy(args);
    expect(code).toBe(1);
    expect(out).toContain(
      'FAIL  append under mark-until-unmount, all seeds together\n' +
        '  expected exposure in some of 10 runs, found none\n',
    );
    const told: unknown = JSON.parse(toy([...args, '--json']).out);
    expect(told).toMatchObject({
      verdict: 'FAIL',
      findings: [{ strategy: 'mark-until-unmount', verdict: 'FAIL' }],
    });
    expect(toy(['run', SCENARIO, '--set', sometimes]).code).toBe(0);
  });

  it('keeps the changes in the command that repeats', () => {
    const { out } = toy(['run', SCENARIO, ...IDLE, '--set', 'duration=20s', '--set', 'expect={}']);
    expect(out).toContain(`--seed 1 --set duration=20s --set 'expect={}'\n`);
  });

  it('takes seeds up to 2^53-1', () => {
    const { code, out } = toy([
      'run',
      SCENARIO,
      ...IDLE,
      '--seeds',
      '9007199254740990..9007199254740991',
    ]);
    expect(code).toBe(0);
    expect(out).toContain('9007199254740991');
  });
});

describe('the exit code', () => {
  it.each([
    [['--seed', '0'], 0, 'PASS-BOUNDED'],
    [['--seed', '100'], 1, 'FAIL'],
    [['--seed', '101'], 2, 'ERROR'],
    [['--seed', '102'], 3, 'NONDETERMINISTIC'],
    [['--seed', '103'], 4, 'VOID'],
    [['--seeds', '99..103'], 3, 'NONDETERMINISTIC'],
  ])('of %j is %i: %s', (args, code, verdict) => {
    const text = toy(['run', SCENARIO, ...IDLE, ...args]);
    expect(text.code).toBe(code);
    expect(text.out).toContain(`${verdict}  `);
  });

  it('is that of the verdict in the JSON', () => {
    const { code, out } = toy(['run', SCENARIO, ...IDLE, '--seeds', '100..103', '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'NONDETERMINISTIC' });
  });

  it('is 3 when a run throws: our bug, with the command of that run and no stack', () => {
    expect(toy(['run', SCENARIO, ...IDLE, '--seeds', '650..670'])).toEqual({
      code: 3,
      out: '',
      err:
        'desync: internal error: slot 3 is not armed\n' +
        'This is a bug in desync. Please report it with the scenario and this command.\n' +
        `repeat: npx desync run ${SCENARIO} --strategy clear-when-idle --seed 666\n`,
    });
  });

  it('comes with a stack for whoever looks for the bug', () => {
    const { err } = toy(['run', SCENARIO, '--seed', '666'], { env: { DESYNC_DEBUG: '1' } });
    expect(err).toMatch(/^TypeError: slot 3 is not armed\n {4}at /m);
  });
});

describe('a failure', () => {
  it('ends with a command that repeats it, as it is printed', () => {
    const first = toy(['run', SCENARIO, ...IDLE, '--seed', '1', '--set', 'duration=5']);
    const [, command] = /^repeat: (.*)$/m.exec(first.err) ?? [];
    expect(command).toBeDefined();
    expect(inShell(command ?? '')).toEqual(first);
  });
});

describe('Ctrl-C', () => {
  it('ends a sweep with what is done, and 130', async () => {
    const program = `${ROOT}test/cli/toy-program.mjs`;
    const args = [program, 'run', SCENARIO, ...IDLE, '--seeds', '700..9007199254740991'];
    const child = spawn(process.execPath, args, { cwd: ROOT });
    const told = { out: '', err: '' };
    child.stdout.on('data', (text: Buffer) => (told.out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (told.err += text.toString()));
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(told.err).toMatch(
      /^seed 700\ninterrupted after [\d,]+ of 9,007,199,254,740,292 runs\n$/,
    );
    expect(told.out).toMatch(/^[\d,]+ runs?: .*\.\n\nPASS-BOUNDED {2}/m);
  });
});
