import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { CAMPAIGN } from '../support/campaign.js';
import { desync, inShell, ROOT, SCENARIO, toy } from './program.js';

const IDLE = ['--strategy', 'clear-when-idle'];
const TWO = '--strategy clear-when-idle --strategy mark-until-unmount';
const PAGE = `${ROOT}scenarios/explore/one-page-2-stores.yaml`;
/** Each number of parts, or one whole and one in which parts are of unequal length. */
const MANY = CAMPAIGN > 1;
const LONG = { timeout: 240_000 };

const folder = mkdtempSync(join(tmpdir(), 'desync-parts-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const at = (name: string): string => join(folder, name);
const bytesOf = (name: string): string => readFileSync(at(name), 'utf8');

describe('a sweep in parts', () => {
  it.each([
    ['run', `--seeds 1..${MANY ? 620 : 220} ${TWO}`, MANY ? [1, 2, 3, 4, 5, 6, 7] : [1, 4]],
    ['compare', '--seeds 1..120 --strategies clear-when-idle,lock-pages', MANY ? [2, 5] : [3]],
  ])('of %s %s is the whole again, to the byte, for %j parts', LONG, (command, rest, counts) => {
    const args = [command, PAGE, ...rest.split(' ')];
    const [text, json] = [desync(args), desync([...args, '--json'])];
    for (const n of counts) {
      const part = `npx desync ${args.join(' ')} --shard $i/${n} --output ${command}-${n}-$i.jsonl`;
      const line = `for i in $(seq ${n}); do ${part} || exit; done`;
      expect(inShell(line, { cwd: folder })).toMatchObject({ code: 0, err: '' });
      const merge = `npx desync merge ${command}-${n}-*.jsonl`;
      expect(inShell(merge, { cwd: folder })).toEqual(text);
      expect(inShell(`${merge} --json`, { cwd: folder })).toEqual(json);
    }
  });

  it('says of a part how much there is of it, and no verdict', () => {
    const args = ['run', SCENARIO, ...IDLE, '--seeds', '0..249', '--shard', '2/2'];
    const { code, out } = toy([...args, '--output', at('second.jsonl')]);
    expect(code).toBe(0);
    expect(out).toMatch(/^part 2\/2 is in \S+second.jsonl: 100 of 250 runs, 3 did not pass\n$/);
    const json = toy([...args, '--output', at('json.jsonl'), '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ verdict: null, shard: '2/2', runs: 100 });
  });

  it('is refused where it is not one', () => {
    const args = ['run', SCENARIO, ...IDLE, '--seeds'];
    toy([...args, '0..249', '--shard', '1/2', '--output', at('one.jsonl')]);
    toy([...args, '1..250', '--shard', '2/2', '--output', at('two.jsonl')]);
    const { code, out, err } = toy(['merge', at('one.jsonl'), at('two.jsonl'), '--json']);
    expect(code).toBe(2);
    expect(err).toContain('two.jsonl: is another sweep than');
    expect(JSON.parse(out)).toMatchObject({
      format: 'desync/merge@1',
      verdict: 'ERROR',
      problems: [{ file: at('two.jsonl') }],
    });
    expect(toy(['merge', at('one.jsonl')]).err).toMatch(/^part 2 of 2 is missing\n/);
    expect(toy(['merge', SCENARIO]).err).toContain('is no part of a sweep, or is damaged');
    expect(toy(['merge', at('nosuch')]).err).toContain('there is no such file');
  });
});

describe('a sweep that was killed', () => {
  const args = ['run', SCENARIO, ...IDLE, '--seeds', '0..550', '--no-shrink'];

  it('goes on from whichever byte, and ends with the same bytes', LONG, () => {
    const whole = toy([...args, '--output', at('whole.jsonl')]);
    const bytes = bytesOf('whole.jsonl');
    const ends = [...bytes.matchAll(/\n/g)].map(({ index }) => index);
    const [head = 0, first = 0, second = 0] = ends;
    const cuts = [0, 9, head, head + 1, head + 2, first, first + 1, second - 1, bytes.length - 1];
    for (const cut of [...cuts, bytes.length]) {
      writeFileSync(at('cut.jsonl'), bytes.slice(0, cut));
      expect(toy([...args, '--resume', at('cut.jsonl')]).out).toBe(whole.out);
      expect(bytesOf('cut.jsonl')).toBe(bytes);
    }
  });

  it('by kill -9, too', LONG, async () => {
    const long = ['run', SCENARIO, ...IDLE, '--seeds', '1000..250999', '--jobs', '2'];
    const program = `${ROOT}test/cli/toy-program.mjs`;
    const child = spawn(process.execPath, [program, ...long, '--output', at('killed.jsonl')], {
      cwd: ROOT,
    });
    while (!existsSync(at('killed.jsonl')) || statSync(at('killed.jsonl')).size < 9_000) {
      await sleep(5);
    }
    child.kill('SIGKILL');
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
    const resumed = toy([...long, '--resume', at('killed.jsonl')]);
    expect(toy([...long, '--output', at('undisturbed.jsonl')]).out).toBe(resumed.out);
    expect(bytesOf('killed.jsonl')).toBe(bytesOf('undisturbed.jsonl'));
  });

  it('ends with the same run too many, wherever it goes on', LONG, () => {
    const seeds = ['--seeds', '2..241', '--bail', '3'];
    const bailing = ['run', SCENARIO, ...IDLE, ...seeds];
    const whole = toy([...bailing, '--output', at('bailed.jsonl')]);
    expect(whole.err).toBe('ended by --bail after 101 of 240 runs\n');
    const bytes = bytesOf('bailed.jsonl');
    const ends = [...bytes.matchAll(/\n/g)].map(({ index }) => index + 1);
    expect(ends).toHaveLength(3);
    for (const cut of ends.slice(1)) {
      writeFileSync(at('bailing.jsonl'), bytes.slice(0, cut));
      expect(toy([...bailing, '--resume', at('bailing.jsonl')])).toEqual(whole);
      expect(bytesOf('bailing.jsonl')).toBe(bytes);
    }
  });

  it(
    'by its time is gone on with, too: of a chunk that was not ready nothing is kept',
    LONG,
    () => {
      const seeds = ['--seeds', '2000..9007199254740991', '--timeout', '1s'];
      const timed = ['run', SCENARIO, ...IDLE, ...seeds];
      for (const how of ['--output', '--resume']) {
        const { err } = toy([...timed, how, at('timed.jsonl')]);
        expect(err).toMatch(/^ended by --timeout after [\d,]+ of [\d,]+ runs\n$/);
      }
    },
  );

  it('is not gone on with as another one, nor written over', () => {
    const other = toy([
      'run',
      SCENARIO,
      ...IDLE,
      '--seeds',
      '0..551',
      '--resume',
      at('whole.jsonl'),
    ]);
    expect(other.code).toBe(2);
    expect(other.err).toContain('is of another sweep than this: the seeds: 0..550, not 0..551');
    const changed = toy([...args, '--set', 'duration=11s', '--resume', at('whole.jsonl')]);
    expect(changed.err).toContain('the scenario append has another content');
    expect(toy([...args, '--output', at('whole.jsonl')]).err).toContain('is there already');
    expect(toy([...args, '--shard', '1/2', '--resume', at('whole.jsonl')]).err).toContain(
      'the part: 1/1, not 1/2',
    );
  });
});

describe('a seed that throws', () => {
  const args = ['run', SCENARIO, ...IDLE, '--seeds', '500..799'];

  it.each(['1', '2'])('is named, and kept as the last word of its part, with %s jobs', (jobs) => {
    const file = at(`broken-${jobs}.jsonl`);
    const { code, out, err } = toy([...args, '--jobs', jobs, '--output', file]);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain('slot 3 is not armed');
    expect(err).toContain(
      `repeat: npx desync run ${SCENARIO} --strategy clear-when-idle --seed 666`,
    );
    const [, first, last] = readFileSync(file, 'utf8').split('\n');
    expect(first).toContain('"chunk":0');
    expect(last).toContain('"broken":{"seed":"666","message":"slot 3 is not armed"}');
    expect(toy(['merge', file]).err).toContain('ended at seed 666 of append');
    const bytes = readFileSync(file, 'utf8');
    expect(toy([...args, '--resume', file]).code).toBe(3);
    expect(readFileSync(file, 'utf8')).toBe(bytes);
  });
});

describe('a strategy that takes its worker with it', () => {
  const tried = (name: string, body: string): string => {
    const hook = `region(cause) { ${body}; return 'hold'; }`;
    const text = `export default { name: '${name}', summary: 'tried', record: 'dm-log', ${hook} };\n`;
    writeFileSync(at(`${name}.mjs`), text);
    return at(`${name}.mjs`);
  };
  const runWith = (file: string, ...rest: readonly string[]): ReturnType<typeof desync> =>
    desync(['run', PAGE, '--strategy', file, '--seeds', '1..300', ...rest]);

  it.each(['1', '2'])('cannot end the program, with %s jobs', LONG, (jobs) => {
    const { code, out } = runWith(tried('exits', 'process.exit(0)'), '--jobs', jobs);
    expect(code).toBe(2);
    expect(out).toMatch(/it threw Error \(process.exit was\s+called\) in\s+line 1/);
  });

  it('is named with the seed of which it died, and nothing waits for it', LONG, () => {
    const { code, err } = runWith(tried('dies', 'process.reallyExit(0)'), '--jobs', '2');
    expect(code).toBe(2);
    expect(err).toContain('dies.mjs, seed 1: its worker ended\n');
    const eats = tried(
      'eats',
      'const all = []; for (;;) all.push(new Array(999).fill(all.length))',
    );
    const small = { env: { NODE_OPTIONS: '--max-old-space-size=100' } };
    const args = ['run', PAGE, '--strategy', eats, '--seeds', '1..300', '--jobs', '2'];
    const starved = desync(args, small);
    expect(starved.code).toBe(2);
    expect(starved.err).toContain('eats.mjs, seed 1: its hook ran out of memory when told ');
  });

  it('is ended by --timeout where it never answers', LONG, () => {
    const { err } = runWith(tried('endless', 'for (;;)'), '--timeout', '1s');
    expect(err).toMatch(
      /^ended by --timeout after 0 of 300 runs\nthis run did not end: .* --seed 1\n/,
    );
  });

  it('is refused where it was changed while it was tried', () => {
    const file = tried('changes', '');
    const other = readFileSync(file, 'utf8').replace("'hold'", "'clear'");
    runWith(file, '--output', at('changes.jsonl'));
    writeFileSync(file, other);
    expect(runWith(file, '--resume', at('changes.jsonl')).err).toContain('has another content');
  });
});
