import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, desync, inShell, SCENARIO, type Answer } from './program.js';

const AT = `${ROOT}${SCENARIO}`;
const HEAD = "name: 'mine', summary: 'Mine.', record: 'dm-log'";
const IDLE = `export default { ${HEAD}, region: (c) => (c === 'drained' ? 'clear' : 'hold') };\n`;

describe("a strategy of the user's own", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'desync-own-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const under = (module: string, command = ['run'], ...more: readonly string[]): Answer => {
    writeFileSync(join(folder, 'mine.js'), module);
    return desync([...command, AT, '--strategy', './mine.js', ...more], { cwd: folder });
  };
  const hook = (body: string): string =>
    `export default {\n${HEAD},\nregion(cause) {\n${body}\n}};`;

  it('goes by its path, with the hash of its file beside it', () => {
    const sha256 = createHash('sha256').update(IDLE).digest('hex');
    const { err, out } = under(IDLE, ['run'], '--json');
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      runs: [
        {
          strategy: './mine.js',
          strategySource: { path: './mine.js', sha256, name: 'mine' },
          repeat: `npx desync run ${AT} --strategy ./mine.js --seed 1`,
        },
      ],
    });
    const text = under(IDLE).out;
    expect(text).toContain(
      `append under ./mine.js (mine, sha256 ${sha256.slice(0, 12)}), seed 1: `,
    );
  });

  it('does what a shipped one does that says the same', () => {
    const facts = (answer: Answer): string | undefined =>
      /^ {2}ran[^]*(?=\nrepeat)/m.exec(answer.out)?.[0];
    const shipped = desync(['replay', AT, '--strategy', 'clear-when-idle']);
    expect(facts(shipped)).toBeDefined();
    expect(facts(under(IDLE, ['replay']))).toBe(facts(shipped));
  });

  it('is run where only the scenario names it, and found in another folder', () => {
    mkdirSync(join(folder, 'fixes'));
    writeFileSync(join(folder, 'fixes', 'idle.js'), IDLE);
    const expecting = 'expect={ fixes/idle.js: { outcome: clean } }';
    const { out } = desync(['run', AT, '--set', expecting], { cwd: folder });
    expect(out).toContain('append under fixes/idle.js (mine, ');
    expect(out).toContain('--strategy fixes/idle.js --seed 1');
  });

  it.each([
    [
      'export default {\na: 1\nb: 2 };',
      "is no JavaScript module, line 3: Unexpected identifier 'b'",
    ],
    ['export const x = 1;', 'it has no default export: export default { name: ... }'],
    ['null.x;\nexport default {};', /^threw TypeError \(.*\) in line 1 while it was loaded$/],
    [
      "import x from './y.js';",
      'imports "./y.js"; a strategy is one file, so that its hash says all of it',
    ],
    [IDLE.replace('summary', 'summry'), 'summry: there is no such key; did you mean summary?'],
  ])('%j is refused in its name, with exit 2', (module, why) => {
    const { code, out } = under(module, ['run'], '--json');
    expect(code).toBe(2);
    const found: unknown = typeof why === 'string' ? why : expect.stringMatching(why);
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'ERROR',
      problems: expect.arrayContaining([
        expect.objectContaining({ file: './mine.js', found }),
      ]) as unknown,
      runs: [],
    });
  });

  it('that is not there is refused', () => {
    const told = desync(['run', AT, '--strategy', './nosuch.js'], { cwd: folder });
    expect(told).toEqual({
      code: 2,
      out: '',
      err: `./nosuch.js: there is no such file\n\nrepeat: npx desync run ${AT} --strategy ./nosuch.js\n`,
    });
    expect(desync(['run', AT, '--strategy', 'mine.js'], { cwd: folder }).err).toContain(
      'there is no strategy "mine.js"; did you mean ./mine.js?',
    );
  });

  it.each([
    ['return nope;', "it threw ReferenceError (nope is not defined) in line 4 when told 'written'"],
    ["return 'dirty';", "it answered 'dirty' to 'written'"],
    [
      "this.seen = cause; return 'hold';",
      'it threw TypeError (Cannot add property seen, object is not',
    ],
    ['return (async () => { throw 1; })();', "it answered a promise to 'written'"],
  ])('whose hook does %j ends the run with ERROR, exit 2 and the command', (body, told) => {
    const { code, out, err } = under(hook(body), ['run'], '--no-color');
    expect([code, err]).toEqual([2, '']);
    expect(out.replaceAll(/\n {2}/g, ' ')).toContain(`strategy ./mine.js: ${told}`);
    expect(out).not.toMatch(/^\s+at /m);
    const [, command = ''] = /^repeat: (.*)$/m.exec(out) ?? [];
    expect(inShell(command, { cwd: folder })).toMatchObject({ code: 2, out });
  });

  it('whose hook fails leaves nothing to export', () => {
    const { code, err } = under(hook('return nope;'), ['export'], '--out', 'disks');
    expect(code).toBe(2);
    expect(err).toContain('desync: strategy ./mine.js: it threw ReferenceError');
    expect(err).toContain('\nrepeat: npx desync export ');
  });

  it('that rolls dice of its own does not repeat, and the verdict says so', () => {
    const dice = hook("return cause === 'drained' && Math.random() < 0.5 ? 'clear' : 'hold';");
    const { code, out } = under(dice, ['run'], '--json');
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'NONDETERMINISTIC',
      runs: [{ reasons: [expect.stringMatching(/^strategy \.\/mine\.js: the same seed/)] }],
    });
  });
});
