/** Modules of a user's own that do what they like: each ends in a message and exit 2. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { desync, impatient, ROOT, SCENARIO, type Answer } from './program.js';

const AT = `${ROOT}${SCENARIO}`;
const LONG = { timeout: 60_000 };
const SOUND = "name: 'mine', summary: 'Mine.', record: 'dm-log', region: () => 'hold'";
const ENDLESS = `export default {
  ...{ ${SOUND} },
  region(cause) {
    while (cause === 'drained');
    return 'hold';
  },
};
`;
const NO_RETURN = "its hook did not return within 1.5 s when told 'drained'";

/** Fails as no single run of the scenarios below does. */
function afterSome(what: string): string {
  const then = "return cause === 'written' ? 'hold' : 'clear';";
  const hook = `region(cause) { if (++asked > 40) { ${what} } ${then} }`;
  return `let asked = 0;\nexport default { ...{ ${SOUND} }, ${hook} };\n`;
}

const folder = mkdtempSync(join(tmpdir(), 'desync-own-code-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function under(module: string, args: readonly string[]): Answer {
  writeFileSync(join(folder, 'mine.mjs'), module);
  return impatient(args, { cwd: folder });
}

const RUN = ['run', AT, '--strategy', './mine.mjs'];

describe('a hook that does not return', () => {
  it.each([
    ['run', ', seed 1'],
    ['replay', ''],
    ['doctor', ''],
    ['explore', ''],
    ['shrink', ''],
    ['export', '', '--out', 'disks'],
  ])('ends %s with its file, its question and exit 2', LONG, (command, seed, ...more) => {
    const { code, out, err } = under(ENDLESS, [command, AT, '--strategy', './mine.mjs', ...more]);
    expect([code, out]).toEqual([2, '']);
    expect(err.split('\n')[0]).toBe(`desync: strategy ./mine.mjs${seed}: ${NO_RETURN}`);
    expect(err).toMatch(new RegExp(`\nrepeat: npx desync ${command} .*\n$`));
  });

  it.each([['--jobs', '2'], ['--timeout', '1h'], ['--output', 'part.jsonl'], []])(
    'ends a sweep with the seed at which it was, with %s %s',
    LONG,
    (...how) => {
      const { code, err } = under(ENDLESS, [...RUN, '--seeds', '1..9', ...how]);
      expect(code).toBe(2);
      expect(err).toMatch(/^desync: strategy \.\/mine\.mjs, seed [1-9]: its hook did not return/);
      expect(err).toContain(`${NO_RETURN}\nnpx desync run ${AT} --strategy ./mine.mjs --seed `);
    },
  );

  it('is told by reporters, and Ctrl-C ends it at once', LONG, async () => {
    const { out } = under(ENDLESS, [...RUN, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'ERROR',
      problems: [{ found: expect.stringContaining(NO_RETURN) as unknown }],
    });
    const said = ENDLESS.replace(
      'while',
      "if (cause === 'drained') console.error('asked');\nwhile",
    );
    writeFileSync(join(folder, 'mine.mjs'), said);
    const child = spawn(process.execPath, [`${ROOT}bin/desync.mjs`, ...RUN], { cwd: folder });
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
  });
});

describe('what exhausts memory ends in a message and exit 2:', () => {
  const starved = (module: string, args: readonly string[]): Answer => {
    writeFileSync(join(folder, 'mine.mjs'), module);
    const env = { NODE_OPTIONS: '--max-old-space-size=64' };
    return desync(args, { cwd: folder, env });
  };
  const EATS = 'const all = []; for (;;) all.push(new Array(999).fill(all.length));';

  it('a hook', LONG, () => {
    const hungry = `export default { ...{ ${SOUND} }, region() { ${EATS} } };\n`;
    const { code, out, err } = starved(hungry, [...RUN, '--json']);
    expect([code, JSON.parse(out)]).toMatchObject([2, { verdict: 'ERROR', runs: [] }]);
    expect(err).toMatch(
      /^desync: strategy \.\/mine\.mjs, seed 1: its hook ran out of memory when told 'written'\n/,
    );
  });

  it.each([
    ['compare', '--strategies', '--seeds', '1..2'],
    ['replay', '--strategy'],
    ['doctor', '--strategy'],
    ['explore', '--strategy'],
    ['shrink', '--strategy'],
    ['export', '--strategy', '--out', 'disks'],
  ])('a hook in %s', LONG, (command, named, ...more) => {
    const hook = "region(cause) { if (cause === 'drained') eat(); return 'hold'; }";
    const hungry = `function eat() { ${EATS} }\nexport default { ...{ ${SOUND} }, ${hook} };\n`;
    const { code, out, err } = starved(hungry, [command, AT, named, './mine.mjs', ...more]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(
      /^desync: strategy \.\/mine\.mjs.*: its hook ran out of memory when told 'drained'\n/,
    );
    expect(err).toMatch(new RegExp(`\nrepeat: npx desync ${command} .*\n$`));
  });

  it.each([
    ['explore', 'scenarios/explore/one-page-2-stores.yaml', '--timing', 'free'],
    ['shrink', 'scenarios/short.yaml', '--seed', '3'],
  ])('a hook that %s alone leads there', LONG, (command, file, ...more) => {
    const args = [command, `${ROOT}${file}`, '--strategy', './mine.mjs', ...more];
    const { code, out, err } = starved(afterSome(EATS), args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^desync: strategy \.\/mine\.mjs: its hook ran out of memory when told '/);
    expect(err).toMatch(new RegExp(`\nrepeat: npx desync ${command} .*\n$`));
  });

  it('a module', LONG, () => {
    const { code, err } = starved(`${EATS}\nexport default { ${SOUND} };\n`, RUN);
    expect(code).toBe(2);
    expect(err).toMatch(/^\.\/mine\.mjs: ran out of memory while it was loaded\n/);
  });
});

describe('a module that', () => {
  it.each([
    ['never ends', 'for (;;);', './mine.mjs: has not been loaded within 1.5 s'],
    ['waits for ever', 'await new Promise(() => 0);', './mine.mjs: has not been loaded within'],
    [
      'ends the process',
      'process.exit(0);',
      './mine.mjs: threw Error (process.exit was called) in line 1 while it was loaded',
    ],
    [
      'throws what is no text',
      "throw Object.assign(new Error('x'), { name: '\\u001b[2J' });",
      './mine.mjs: threw \\u001b[2J (x) in line 1 while it was loaded',
    ],
    [
      'breaks a promise',
      "Promise.reject(new Error('later'));",
      'desync: strategy ./mine.mjs: threw Error (later) in line 1, when nobody asked it',
    ],
    [
      'breaks a promise with no error',
      'Promise.reject(7);',
      'desync: strategy ./mine.mjs: threw 7, when nobody asked it',
    ],
    [
      'fails in a timer',
      "setTimeout(() => { throw new RangeError('\\u001b[2J') }, 0);",
      'desync: strategy ./mine.mjs: threw RangeError (\\u001b[2J) in line 1, when nobody asked it',
    ],
  ])('%s is refused with exit 2 and no stack', LONG, (_, line, told) => {
    const { code, out, err } = under(`${line}\nexport default { ${SOUND} };\n`, [...RUN, '--json']);
    expect(code).toBe(2);
    expect(err).toMatch(/\nrepeat: npx desync run .*\n$/);
    expect(err.split('\n')[0]).toContain(told);
    expect(err).not.toMatch(/^\s+at /m);
    expect(JSON.parse(out)).toMatchObject({ verdict: 'ERROR', runs: [] });
  });

  it('breaks a promise only where everything is tried is refused alike', LONG, () => {
    const { code, out, err } = under(afterSome("Promise.reject(new Error('later'));"), [
      'explore',
      `${ROOT}scenarios/explore/one-page-2-stores.yaml`,
      '--timing',
      'free',
      '--strategy',
      './mine.mjs',
    ]);
    expect([code, out]).toEqual([2, '']);
    expect(err.split('\n')[0]).toBe(
      'desync: strategy ./mine.mjs: threw Error (later) in line 2, when nobody asked it',
    );
  });

  /** What it leaves to be done by the first answer, and that command. */
  const leaving = (left: string, [name = '', ...more]: readonly string[]): Answer => {
    const hook = `region(cause) { if (++asked === 1) ${left}; return 'hold'; }`;
    const late = `let asked = 0;\nexport default { ...{ ${SOUND} }, ${hook} };\n`;
    return under(late, [name, AT, '--strategy', './mine.mjs', ...more]);
  };

  it.each([
    ['run', '--seeds', '1..9'],
    ['replay'],
    ['doctor'],
    ['shrink'],
    ['export', '--out', 'disks'],
  ])('breaks a promise by the way is refused alike by %s %s', LONG, (...command) => {
    const { code, out, err } = leaving('Promise.reject(7)', command);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(
      /^desync: strategy \.\/mine\.mjs: threw 7, when nobody asked it\nrepeat: npx desync /,
    );
  });

  it('breaks a promise by the way does so at the seed that a part names', LONG, () => {
    const args = ['run', '--seeds', '1..9', '--output', 'late.jsonl'];
    expect(leaving('Promise.reject(7)', args)).toMatchObject({ code: 2, out: '' });
    const part = readFileSync(join(folder, 'late.jsonl'), 'utf8');
    const message = 'strategy ./mine.mjs: threw 7, when nobody asked it';
    expect(part).toContain(JSON.stringify({ seed: '1', message }));
  });

  it.each([
    ["Promise.reject(new Error('later'))", 'Error (later) in line 2'],
    ['setTimeout(() => { throw 7; }, 0)', '7'],
    ['setTimeout(() => process.exit(0), 0)', 'Error (process.exit was called) in line 2'],
  ])('has its hook do %s is refused by a run', LONG, (left, what) => {
    const { code, err } = leaving(left, ['run']);
    const words = `desync: strategy ./mine.mjs: threw ${what}, when nobody asked it`;
    expect([code, err.split('\n')[0]]).toEqual([2, words]);
  });

  it.each([[['run', AT, '--seeds', '1..2']], [['replay', AT]]])(
    'prints something prints it beside the results: %j',
    LONG,
    (command) => {
      const module = `export default { ...{ ${SOUND} }, region() { console.log('asked'); return 'hold'; } };\n`;
      const { out, err } = under(module, [...command, '--strategy', './mine.mjs', '--json']);
      expect(JSON.parse(out)).toMatchObject({ verdict: 'VOID' });
      expect(err).toContain('asked\n');
    },
  );

  it('has something left to do keeps nobody waiting', LONG, () => {
    const { code, out } = under(`setInterval(() => 0, 1000);\nexport default { ${SOUND} };\n`, [
      ...RUN,
      '--json',
    ]);
    expect([code, JSON.parse(out)]).toMatchObject([4, { verdict: 'VOID' }]);
  });
});
