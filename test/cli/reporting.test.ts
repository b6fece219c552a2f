/** Where reports go: to files that are whole or not touched, one reader each, a job on GitHub. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Given } from '../../src/cli/given.js';
import { ReportFile } from '../../src/cli/reporting/report-file.js';
import { reportersWanted } from '../../src/cli/reporting/wanted.js';
import { ScratchFolder } from '../support/scratch-folder.js';
import { inShell, ROOT, SCENARIO, toy, type Answer } from './program.js';

const IDLE = ['--strategy', 'clear-when-idle'];
const RUN = ['run', SCENARIO, ...IDLE, '--seeds', '0..8'];
const COMPARE = ['compare', SCENARIO, '--strategies', 'clear-when-idle', '--seeds', '0..8'];

const scratch = new ScratchFolder('reporting');
const firstLine = ({ err }: Answer): string | undefined => err.split('\n')[0];
const toyInShell = (line: string): Answer =>
  inShell(line.replaceAll('npx desync', `${process.execPath} ${ROOT}test/cli/toy-program.mjs`));

describe('a report in a file', () => {
  it('is not seen before it is whole', () => {
    const file = new ReportFile(scratch.old('x.tap'), []);
    const half = 'half '.repeat(2 ** 18);
    file.write(half);
    expect(scratch.textOf('x.tap')).toBe('old\n');
    file.write('whole\n');
    expect(scratch.textOf('x.tap')).toBe('old\n');
    file.end();
    expect(scratch.textOf('x.tap')).toBe(`${half}whole\n`);
    expect(scratch.there()).toEqual(['x.tap']);
  });

  it('leaves what was there where it is given up', () => {
    const file = new ReportFile(scratch.old('x.tap'), []);
    file.write('half'.repeat(2 ** 18));
    expect(scratch.there()).toHaveLength(2);
    file.abandon();
    expect(scratch.textOf('x.tap')).toBe('old\n');
    expect(scratch.there()).toEqual(['x.tap']);
  });

  it('that is short is nowhere before it is whole', () => {
    const file = new ReportFile(scratch.at('x.tap'), []);
    file.write('half ');
    expect(scratch.there()).toEqual([]);
    file.write('whole\n');
    file.end();
    expect(scratch.textOf('x.tap')).toBe('half whole\n');
  });

  it('does not stumble over what a killed process left, whose number comes again', () => {
    writeFileSync(scratch.at(`.x.tap.${process.pid}.tmp`), 'of somebody who was killed');
    const file = new ReportFile(scratch.at('x.tap'), []);
    file.write('whole\n');
    file.end();
    expect(scratch.textOf('x.tap')).toBe('whole\n');
    expect(scratch.there()).toEqual(['x.tap']);
  });

  it('is refused where it is a folder, or its name is too long', () => {
    mkdirSync(scratch.at('folder'));
    expect(() => new ReportFile(scratch.at('folder'), [])).toThrow(/: is a folder$/);
    expect(() => new ReportFile(scratch.at('no/such'), [])).toThrow(/: there is no such folder$/);
    expect(() => new ReportFile(scratch.at('x'.repeat(250)), [])).toThrow(/: the name is too long/);
    expect(() => new ReportFile('/dev/full', [])).toThrow(/: is no ordinary file$/);
  });

  it('is refused where another reporter has it, and nothing is touched', () => {
    const both = [
      '--reporter',
      `tap=${scratch.old('x')}`,
      '--reporter',
      `junit=${scratch.path}/./x`,
    ];
    const answer = toy([...RUN, ...both]);
    expect(answer.code).toBe(2);
    expect(firstLine(answer)).toMatch(/^desync: two reporters cannot both write \S+x$/);
    expect([scratch.textOf('x'), scratch.there()]).toEqual(['old\n', ['x']]);
  });

  it('is whole where the program breaks in the middle: the runs before, and why it ended', () => {
    const seeds = ['--seeds', '660..670', '--reporter', `jsonl=${scratch.old('x.jsonl')}`];
    expect(toy(['run', SCENARIO, ...IDLE, ...seeds]).code).toBe(3);
    const lines = scratch.textOf('x.jsonl').split('\n').slice(0, -1);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ problems: [{}] });
    for (const line of lines) JSON.parse(line);
    expect(scratch.there()).toEqual(['x.jsonl']);
  });

  it('is whole where there is no room for it: it says so in what room there is', () => {
    const run = `npx desync run ${SCENARIO} --seeds 1000..1100 --reporter jsonl=${scratch.old('x.jsonl')}`;
    const { code, err } = toyInShell(`ulimit -f 8; ${run}`);
    expect(code).toBe(2);
    expect(err).toContain('x.jsonl: ');
    const lines = scratch.textOf('x.jsonl').split('\n').slice(0, -1);
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ verdict: 'ERROR' }]);
    expect(scratch.there()).toEqual(['x.jsonl']);
  });
});

describe('standard output', () => {
  it('takes one reporter', () => {
    const answer = toy([...RUN, '--reporter', 'tap', '--reporter', 'junit']);
    expect([answer.code, answer.out]).toEqual([2, '']);
    expect(firstLine(answer)).toBe(
      'desync: tap and junit cannot both write to standard output: ' +
        'give one of them a file, as in --reporter junit=FILE',
    );
  });

  it.each([
    ['the same twice', { reporter: ['tap', 'tap'] }, /^tap and tap cannot/],
    ['--json and another', { json: true, reporter: 'tap' }, /^json and tap cannot/],
    ['no name', { reporter: '=x' }, /^there is no reporter ""/],
    ['a name that is nearly right', { reporter: 'junitt' }, /did you mean junit\?$/],
    ['no file', { reporter: 'tap=' }, /^--reporter tap= names no file$/],
  ])('is refused to %s', (_, values, why) => {
    expect(() => reportersWanted(new Given(values), {})).toThrow(why);
  });

  it('may close before all is read: what is in a file is whole, or what was there', () => {
    const line = `set -o pipefail; npx desync run ${SCENARIO} --seeds 1000..3000`;
    const files = `--reporter tap=${scratch.old('x.tap')} --reporter jsonl=${scratch.old('x.jsonl')}`;
    const streamed = `${line} --reporter jsonl ${files} | head -1`;
    expect(toyInShell(streamed)).toMatchObject({ code: 141, err: '' });
    expect([scratch.textOf('x.tap'), scratch.textOf('x.jsonl')]).toEqual(['old\n', 'old\n']);
    expect(scratch.there()).toEqual(['x.jsonl', 'x.tap']);
    const ended = `${line} --reporter tap --reporter jsonl=${scratch.at('x.jsonl')} | true`;
    expect(toyInShell(ended)).toEqual({ code: 0, out: '', err: '' });
    expect(scratch.textOf('x.jsonl').match(/\n/g)).toHaveLength(2 * 2001);
    expect(scratch.there()).toEqual(['x.jsonl', 'x.tap']);
  });
});

describe('on GitHub', () => {
  const GITHUB = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: '/summary' };
  const wanted = (
    values: Record<string, unknown>,
    env: Record<string, string> = GITHUB,
  ): string[] =>
    reportersWanted(new Given(values), env).map(({ name, to }) => `${name} to ${to.kind}`);

  it('annotations come by themselves, where nobody said what should', () => {
    const added = ['default to stdout', 'github to stderr', 'markdown to summary'];
    expect(wanted({})).toEqual(added);
    expect(wanted({}, { GITHUB_ACTIONS: 'true' })).toEqual(added.slice(0, 2));
    expect(wanted({ reporter: 'tap' })).toEqual(['tap to stdout']);
    expect(wanted({ reporter: 'tap=x' })).toEqual(['tap to file']);
    expect(wanted({ json: true })).toEqual(['json to stdout']);
    expect(wanted({ shard: '1/2' })).toEqual(['default to stdout']);
  });

  it('and nowhere else', () => {
    const summary = { GITHUB_STEP_SUMMARY: '/summary' };
    for (const env of [{}, summary, { ...summary, GITHUB_ACTIONS: 'false' }]) {
      expect(wanted({}, env)).toEqual(['default to stdout']);
      expect(wanted({ reporter: 'github' }, env)).toEqual(['github to stdout']);
    }
  });

  it('annotations give way where standard output is taken', () => {
    expect(wanted({ reporter: ['github', 'tap'] }).slice(0, 2)).toEqual([
      ...['github to stderr', 'tap to stdout'],
    ]);
    expect(wanted({ reporter: ['github', 'tap=x'] })).toEqual([
      ...['github to stdout', 'tap to file', 'markdown to summary'],
    ]);
  });

  it('the summary grows behind what other steps wrote', () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: scratch.old('summary') };
    const { code, out, err } = toy([...RUN, '--fail-on', 'exposure>0'], { env });
    expect(code).toBe(1);
    expect(out).toContain('FAIL  append under clear-when-idle');
    expect(out).not.toContain('::error');
    expect(err).toMatch(/^::error file=test\/cli\/append\.yaml,title=FAIL {2}.*\n$/);
    expect(scratch.textOf('summary')).toMatch(/^old\n## desync run: FAIL\n/);
  });

  it('nothing else in the log is a command of the runner', () => {
    const story = 'story=a story of a page, and ::error::a ##[error]b ::warning::c ::error::d';
    const env = { GITHUB_ACTIONS: 'true', COLUMNS: '30' };
    const { code, out, err } = toy(
      ['run', SCENARIO, ...IDLE, '--seed', '405', '--no-shrink', '--set', story],
      { env },
    );
    expect(code).toBe(1);
    expect(out).toMatch(/^\\u003a:(?:error|warning)::/m);
    expect(out).not.toMatch(/^\s*::|##\[/m);
    expect(err.match(/^\s*::.*|##\[/gm)).toEqual([expect.stringMatching(/^::error file=/)]);
    const bad = toy([...RUN, '--set', 'duration="::x\\n::error::##[error]"'], { env });
    expect(bad.code).toBe(2);
    expect(bad.err.replace(/^::error file=.*\n/m, '')).not.toMatch(/^\s*::|##\[/m);
  });

  it('a summary that cannot be written is told, and changes no verdict', () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: scratch.at('no/such') };
    const { code, err } = toy(RUN, { env });
    expect(code).toBe(0);
    expect(err).toMatch(/^the summary of the job cannot be written: .*\n$/);
  });
});

describe('--fail-on', () => {
  it('is repeated by the command that its row gives', () => {
    const args = [...COMPARE, '--fail-on', 'exposure>0', '--fail-on', 'void>0'];
    const { code, out } = toy([...args, '--reporter', 'tap']);
    const [, quoted = '""'] = /^ {2}repeat: (.*)$/m.exec(out) ?? [];
    const repeat: unknown = JSON.parse(quoted);
    expect([code, repeat]).toEqual([1, expect.stringContaining('--seeds 0..8')]);
    const again = toyInShell(`${String(repeat)} --reporter tap`);
    expect([again.code, again.out]).toEqual([code, out]);
    expect(out).toContain(`"--fail-on 'exposure>0': exposure is 16.7 %"`);
  });

  it.each([
    ['run', RUN],
    ['compare', COMPARE],
  ])('of %s is kept in its part, and merge may add to it', (_, args) => {
    const first = ['--fail-on', 'diverged>=4'];
    const whole = toy([...args, ...first, '--output', scratch.at('part.jsonl')]);
    expect([whole.code, toy(['merge', scratch.at('part.jsonl')])]).toEqual([1, whole]);
    const more = ['--fail-on', 'harmed>2', '--fail-on', 'harmed>1'];
    const merged = toy(['merge', scratch.at('part.jsonl'), ...more]);
    expect(merged).toEqual(toy([...args, ...first, ...more]));
    expect(merged.out).toContain("--fail-on 'harmed>1': harmed is 2");
    expect(merged.out).not.toContain("'harmed>2':");
  });

  it('is refused with all that is wrong about all of them', () => {
    const { code, err } = toy([...RUN, '--fail-on', 'exposed>0', '--fail-on', 'harmed=>1']);
    expect(code).toBe(2);
    expect(err).toMatch(/^desync: --fail-on "exposed>0", column 1: .*\n.*"harmed=>1", column 7: /);
  });
});

describe('jsonl', () => {
  it('tells each run, and is refused where a part keeps only what they add up to', () => {
    const many = ['run', SCENARIO, ...IDLE, '--seeds', '1000..2200'];
    const jsonl = ['--reporter', 'jsonl'];
    expect(toy([...many, ...jsonl]).out.match(/\n/g)).toHaveLength(1201);
    const refused = toy([...many, ...jsonl, '--output', scratch.at('part.jsonl')]);
    expect([refused.code, scratch.there()]).toEqual([2, []]);
    expect(firstLine(refused)).toMatch(/^desync: jsonl tells each run, and a part of so many/);
    toy([...many, '--output', scratch.at('part.jsonl')]);
    const merged = toy(['merge', scratch.at('part.jsonl'), ...jsonl]);
    expect(merged.code).toBe(2);
    expect(firstLine(merged)).toMatch(/^desync: jsonl tells each run, and these parts keep only/);
    expect(JSON.parse(merged.out)).toMatchObject({ verdict: 'ERROR' });
  });
});
