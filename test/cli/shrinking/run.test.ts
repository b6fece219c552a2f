/** `run` makes failures small that must not be, when all else is told. */
import { copyFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ScratchFolder } from '../../support/scratch-folder.js';
import { desync, inShell, ROOT, SCENARIO, toy, type Answer } from '../program.js';

const SHORT = `${ROOT}scenarios/short.yaml`;
const CHUNKS = ['--strategy', 'md-bitmap'];
/** Of these seeds the 15th alone is exposed. */
const FAILING = ['--seeds', '13..17'];
const MANY = ['run', SHORT, ...CHUNKS, ...FAILING];
const IDLE = ['--strategy', 'clear-when-idle'];
const LONG = { timeout: 60_000 };

const scratch = new ScratchFolder('shrinking');

function shrunkIn({ out }: Answer): readonly Record<string, unknown>[] {
  return (JSON.parse(out) as { shrunk: Record<string, unknown>[] }).shrunk;
}

describe.each([
  ['one', ['run', SHORT, ...CHUNKS, '--seed', '15']],
  ['many', MANY],
  [
    'those that were made before --bail',
    ['run', SHORT, ...CHUNKS, '--seeds', '13..99', '--bail', '1'],
  ],
])('of %s', LONG, (_, args) => {
  it('shrinks what must not be behind its report, as the command does that it names', LONG, () => {
    const { code, out } = desync(args);
    expect(code).toBe(1);
    expect(out).toMatch(/FAIL(?:.|\n)*repeat: .*\n\nshort .*, shrunk: exposed(?:.|\n)*1-minimal/);
    const commands = [...out.matchAll(/^repeat: (.*)$/gm)].map(([, command]) => command ?? '');
    expect(commands.at(-1)).toMatch(/^npx desync shrink .*short.yaml .*--seed 15$/);
    const again = inShell(commands.at(-1) ?? '');
    expect(again.code).toBe(0);
    expect(out.endsWith(again.out)).toBe(true);
  });
});

describe('a sweep', () => {
  it('has the same JSON with its failure, whoever made it and how often it was begun', LONG, () => {
    const json = (...how: readonly string[]): Answer => desync([...MANY, '--json', ...how]);
    const one = json('--jobs', '1');
    expect(shrunkIn(one)).toMatchObject([
      {
        file: SHORT,
        scenario: 'short',
        strategy: 'md-bitmap',
        seed: '15',
        command: expect.stringMatching(/^npx desync shrink .* --seed 15$/) as unknown,
        left: { minimal: true, failure: { outcome: 'exposed' }, after: { answers: 0 } },
      },
    ]);
    const part = scratch.at('part.jsonl');
    expect(json('--jobs', '3', '--output', part)).toEqual(one);
    expect(json('--resume', part)).toEqual(one);
  });

  it('tells it in a file without the colours and the width of the terminal', LONG, () => {
    const args = [...MANY, '--color', '--reporter', `default=${scratch.at('x.txt')}`];
    expect(desync(args, { env: { COLUMNS: '40' } })).toEqual({ code: 1, out: '', err: '' });
    expect(scratch.textOf('x.txt')).toBe(desync(MANY).out);
  });

  it('names the command where it is told to leave it', LONG, () => {
    const left = desync([...MANY, '--no-shrink']);
    expect(left.out).not.toContain('shrunk');
    const [, command = ''] = /^shrink: (.*)\n$/m.exec(left.out) ?? [];
    expect(inShell(command).out).toMatch(/shrunk: exposed(?:.|\n)*1-minimal/);
    const json = desync([...MANY, '--no-shrink', '--json']);
    expect(shrunkIn(json)).toMatchObject([{ command, left: null }]);
  });

  it('shrinks the first failure of each strategy, three at most', LONG, () => {
    const names = ['one', 'two', 'three', 'four', 'five'].map((name) => scratch.at(`${name}.yaml`));
    for (const name of names) copyFileSync(SHORT, name);
    const { code, out } = desync(['run', ...names, ...CHUNKS, ...FAILING]);
    expect(code).toBe(1);
    const shrunk = [...out.matchAll(/^(\w+) under md-bitmap, shrunk/gm)].map(([, name]) => name);
    expect(shrunk).toEqual(['one', 'two', 'three']);
    expect(out).toMatch(
      /\n\nshrink: .*four.yaml .*\nshrink: .*five.yaml --strategy .* --seed 15\n$/,
    );
  });

  it('says nothing of failures that were expected', LONG, () => {
    const expected = desync(['run', SHORT, ...IDLE, '--seeds', '1..40', '--json']);
    expect([expected.code, shrunkIn(expected)]).toEqual([0, []]);
  });
});

describe('where a failure cannot be shrunk', () => {
  const sweep = (seeds: string, ...more: readonly string[]): Answer =>
    toy(['run', SCENARIO, ...IDLE, '--seeds', seeds, ...more]);

  it('because its worker ends, the results stand', LONG, () => {
    const text = sweep('401..406', '--no-shrink');
    expect(text.code).toBe(1);
    expect(sweep('406..411')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/shrink: npx desync shrink .* --seed 406\n$/) as unknown,
      err: expect.stringMatching(/^a failure was not shrunk: its worker ended\nnpx/) as unknown,
    });
  });

  it('because desync has a bug, the results are told before that is', LONG, () => {
    const { code, out, err } = sweep('407..412', '--json');
    expect([code, JSON.parse(out)]).toMatchObject([
      3,
      { verdict: 'FAIL', shrunk: [{ seed: '407', left: null }] },
    ]);
    expect(err).toMatch(/^desync: internal error: slot 3 is not armed/);
    expect(err).toMatch(/^repeat: npx desync shrink .* --seed 407$/m);
  });

  it('because alone it does not fail, its command is named', LONG, () => {
    const { code, out, err } = sweep('409..414');
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/shrink: npx desync shrink .* --seed 409\n$/);
  });
});
