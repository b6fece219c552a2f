import { describe, expect, it } from 'vitest';
import { parse } from '../../src/cli/parse.js';
import { Misused } from '../../src/cli/refused.js';
import { plain } from '../report/mail-race.js';
import { desync, SCENARIO } from './program.js';

describe('help', () => {
  it('lists the commands and the exit codes', () => {
    const { code, out, err } = desync(['--help']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatchInlineSnapshot(`
      "See two legs of a mirror drift apart, and repeat it from a seed.

      Usage: desync <command>

      Commands
        run <files..>       Run scenarios and judge what they expect
        compare <files..>   Put strategies side by side, for safety and for price
        merge <parts..>     Put the parts of a sweep together again
        replay <file>       Run one seed and tell how the legs came to differ
        explore <files..>   Try everything that can happen within a bound
        shrink [file]       Make a failure as small as it gets
        promote <file>      Turn a schedule file into a scenario that expects its
                            failure
        doctor [file]       Tell whether a run repeats, and where it first does not
        export <file>       Write the disks of one run as image files
        strategies          List the fixes that can be tried
        schema              Print the JSON Schema of scenario files, for editors
        validate <files..>  Check scenario files and tell every problem

      Options
        --color     colours even where the output is no terminal
        --no-color  no colours; NO_COLOR=1 does the same
        -h, --help  this text
        --version   the version of desync

      Exit codes
        0    what was expected held
        1    it did not
        2    usage, a scenario, or a limit of the run
        3    a bug of desync, or a run that does not repeat
        4    nothing was proved: VOID, or nothing to run
        130  interrupted by Ctrl-C; 143: by SIGTERM

      desync <command> --help tells what each one takes.
      "
    `);
  });

  it('of a command lists its options', () => {
    expect(desync(['export', '--help']).out).toMatchInlineSnapshot(`
      "Write the disks of one run as image files.

      Usage: desync export <file>

      Options
        --out DIR         the folder for the images
        --seed S          a whole number up to 2^53-1; without it the scenario's own
        --strategy NAME   one of \`desync strategies\`, or the path of your own; without
                          it the first in the scenario's \`expect\`
        --at TIME         as of this instant, such as 42s, instead of the crash
        --after PHASE     as of the end of \`recovery\` or of the \`aftermath\`
        --force           overwrite images that are there
        --set PATH=VALUE  change the scenario before it is checked; may be repeated

      General
        --color     colours even where the output is no terminal
        --no-color  no colours; NO_COLOR=1 does the same
        -h, --help  this text
        --version   the version of desync

      Example
        desync export scenarios/ext2-bitmap.yaml --out disks && e2fsck -fn disks/leg1.img
      "
    `);
  });

  it('is in English whatever the locale', () => {
    const german = { LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de' };
    expect(desync(['run', '-h'], { env: german }).out).toBe(desync(['run', '-h']).out);
    expect(desync(['run'], { env: german }).err).toContain('run needs a scenario file');
  });

  it('fits a narrow terminal', () => {
    const { out } = desync(['run', '--help'], { env: { COLUMNS: '46' } });
    expect(
      out.split('\n').filter((line) => line.length > 46 && !line.startsWith('  desync')),
    ).toEqual([]);
  });

  it('is what the name of the program alone is answered with, as an error', () => {
    const { out } = desync(['--help']);
    expect(desync([])).toEqual({ code: 2, out: '', err: out });
    expect(desync(['--no-color'])).toEqual({ code: 2, out: '', err: out });
  });

  it('has a version', () => {
    expect(desync(['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('a command line that makes no sense', () => {
  const wrong: readonly (readonly [readonly string[], string])[] = [
    [['--'], 'name a command; desync --help lists them'],
    [['rnu', SCENARIO], 'unknown command "rnu"; did you mean run?'],
    [['completion'], 'unknown command "completion"'],
    [['run'], 'run needs a scenario file: desync run <files..>'],
    [['run', SCENARIO, '--sed', '1'], 'unknown option --sed; did you mean --seed?'],
    [['run', SCENARIO, '--sed=1'], 'unknown option --sed; did you mean --seed?'],
    [['run', SCENARIO, '-x'], 'unknown option -x'],
    [['run', SCENARIO, '--no-seed'], 'unknown option --no-seed'],
    [['run', SCENARIO, '--seed'], '--seed needs a value: --seed S'],
    [['run', SCENARIO, '--set'], '--set needs a value: --set PATH=VALUE'],
    [['run', SCENARIO, '--output', ''], '--output needs a value: --output FILE'],
    [['run', SCENARIO, '--reporter='], '--reporter needs a value: --reporter NAME[=FILE]'],
    [['run', SCENARIO, '--set', 'seed=1', '--set', ''], '--set needs a value: --set PATH=VALUE'],
    [['shrink', '--schedule', ''], '--schedule needs a value: --schedule F'],
    [['run', SCENARIO, ''], 'a file has no name: desync run <files..>'],
    [['merge', ''], 'a file has no name: desync merge <parts..>'],
    [['promote', ''], 'a file has no name: desync promote <file>'],
    [['run', SCENARIO, '--json=yes'], '--json takes no value'],
    [['run', SCENARIO, '--color=never'], '--color takes no value'],
    [['compare'], 'compare needs a scenario file: desync compare <files..>'],
    [['promote'], 'promote needs a schedule file: desync promote <file>'],
    [['merge'], 'merge needs the parts of a sweep: desync merge <parts..>'],
    [['compare', SCENARIO, '--seed', '1'], 'unknown option --seed; did you mean --seeds?'],
    [['replay', SCENARIO, SCENARIO], `unexpected argument "${SCENARIO}"`],
    [['strategies', 'x'], 'unexpected argument "x"'],
    [['export', SCENARIO], 'export needs --out DIR'],
    [
      ['export', SCENARIO, '--out', 'x', '--after', 'now'],
      '--after is one of "recovery", "aftermath", not "now"',
    ],
    [['run', SCENARIO, '--__proto__', 'x'], 'unknown option --__proto__'],
    [['run', SCENARIO, '--toString'], 'unknown option --toString'],
    [['\u001b[31m'], 'unknown command "\\u001b[31m"'],
  ];

  it.each(wrong)('%j is told in our words', async (args, complaint) => {
    await expect(parse(args, '0.1.0', plain(80))).rejects.toThrow(new Misused(complaint));
  });

  it('is one line and exit 2', () => {
    expect(desync(['run', SCENARIO, '--sed', '1'])).toEqual({
      code: 2,
      out: '',
      err: 'desync: unknown option --sed; did you mean --seed?\n',
    });
  });

  it('with --json is an object too', () => {
    const { code, out } = desync(['run', 'nosuch.yaml', '--sed', '1', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      format: 'desync/run@1',
      verdict: 'ERROR',
      repeat: 'npx desync run nosuch.yaml --sed 1 --json',
      problems: [{ file: null, line: null, found: 'unknown option --sed; did you mean --seed?' }],
      runs: [],
    });
  });
});
