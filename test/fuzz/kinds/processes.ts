/**
 * The program itself, spawned with a hostile command line: it ends with an exit code of the
 * README's table that is no bug's, says nothing of its inside, and writes only what it was told to.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { COMMANDS } from '../../../src/cli/commands.js';
import { FAILED, HELD, NOTHING, REFUSED } from '../../../src/report/verdict.js';
import { fitToShow } from '../fit-to-show.js';
import { hostileText } from '../hostile-text.js';
import { kind, type Answer } from '../kind.js';

/** The tests and `npm run` both start in the project's folder. */
const PROGRAM = resolve('bin/desync.mjs');
/**
 * Of a process, which the kernel ends then: a machine that has other things to do is no fault of
 * its. Else a process ends by the clock only where it waits and computes nothing.
 */
const MOST_PROCESSOR_SECONDS = 30;
const MOST_WALL_MS = 1_200_000;
const LIMITED = `ulimit -t ${MOST_PROCESSOR_SECONDS}; exec "$0" "$@"`;

const DRIVE = '{ latency: { firstSample: 1ms, durable: 2ms, sectorTime: 10us } }';
const SCENARIO = `story: Two stores.
duration: 2s
kernel: linux-2.6.25
memory: 256MiB
mirror: { regionSize: 4KiB, legs: [${DRIVE}, ${DRIVE}], log: ${DRIVE} }
filesystem: { type: ext2, blockSize: 1KiB, size: 256KiB }
workload: { app: [{ create: /a }, { append: [/a, 1KiB] }, { fsync: /a }] }
crash: 1s
expect: { clear-when-idle: {}, lock-pages: { exposed: never } }
`;
const STRATEGY = `export default { name: 'mine', summary: 'Mine.', record: 'dm-log',
  stores: 'proceed', legsRead: 'live-page', region: () => 'hold' };\n`;
const FILES = { 'x.yaml': SCENARIO, 'own.mjs': STRATEGY, 'empty.json': '{}' };

/** Each ends by itself, whatever stands beside it: few seeds, and a bound of states. */
const SOUND = [
  ...['x.yaml', 'x.yaml', 'nosuch.yaml', 'empty.json', 'own.mjs', '.', '/dev/null', '-', '--'],
  ...['--seed=1', '--seeds=1..3', '--seeds=3..1', '--strategy=lock-pages', '--strategy=./own.mjs'],
  ...['--json', '--max-states=50', '--timing=free', '--bail=1', '--jobs=1', '--jobs=2', '--again'],
  ...['--reporter=junit', '--reporter=junit=r.xml', '--reporter=tap', '--reporter=github=x.yaml'],
  ...['--out=d', '--out=out.yaml', '--output=p.jsonl', '--at=1s', '--set=duration=3s', '--force'],
  ...['--fail-on=exposure>0', '--fail-on=x', '--set=__proto__.x=1', '--no-shrink', '--color'],
  ...['--all', '--after=resync', '--schedule=s.json', '--markdown', '--help', '--version'],
];
const OPTIONS = COMMANDS.flatMap(({ options }) => Object.keys(options)).map((name) => `--${name}`);

/** No process can be given a zero among its arguments. */
const hostile = hostileText.map((text) => text.replaceAll('\0', '\u0001'));
const word = fc.oneof(
  { arbitrary: fc.constantFrom(...SOUND), weight: 8 },
  { arbitrary: hostile, weight: 1 },
  {
    arbitrary: fc.tuple(fc.constantFrom(...OPTIONS), hostile).map((both) => both.join('=')),
    weight: 1,
  },
);
const lines = fc.tuple(
  fc.constantFrom(...COMMANDS.map(({ name }) => name)),
  fc.constantFrom('x.yaml', 'x.yaml', 'empty.json', './own.mjs'),
  fc.array(word, { maxLength: 4 }),
);

export const PROCESSES = kind('processes', () => {
  const outside = mkdtempSync(join(tmpdir(), 'desync-fuzz-'));
  process.once('exit', () => {
    rmSync(outside, { recursive: true, force: true });
  });
  const inside = join(outside, 'inside');
  return {
    inputs: lines,
    judge([command, file, more]) {
      rmSync(inside, { recursive: true, force: true });
      mkdirSync(inside);
      for (const [name, text] of Object.entries(FILES)) writeFileSync(join(inside, name), text);
      const args = [command, file, ...bounded(command, more)];
      const answer = spawned(args, inside, outside);
      refuseOtherFiles(args, inside, outside);
      return answer;
    },
  };
});

/** What is searched has a bound of states, if none is named: the built-in one takes minutes. */
function bounded(command: string, more: readonly string[]): readonly string[] {
  const isNamed = more.some((word) => word.startsWith('--max-states'));
  return command === 'explore' && !isNamed ? ['--max-states=50000', ...more] : more;
}

function spawned(args: readonly string[], cwd: string, home: string): Answer {
  const { status, signal, stdout, stderr, error } = spawnSync(
    '/bin/sh',
    ['-c', LIMITED, process.execPath, PROGRAM, ...args],
    {
      cwd,
      encoding: 'utf8',
      input: '',
      timeout: MOST_WALL_MS,
      maxBuffer: 2 ** 26,
      env: { PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: home },
    },
  );
  if (error !== undefined || status === null) throw new Error(`it ended by ${signal}: ${error}`);
  if (!FINE.includes(status)) throw new Error(`exit ${status}: ${stderr}`);
  for (const text of [stdout, stderr]) fitToShow(text.replace(COLOURS, ''));
  if (status === REFUSED && stdout + stderr === '') throw new Error('refused without a word');
  return status === REFUSED ? 'refused' : 'right';
}

/** Those of the table but a bug's and those of an interrupted one. */
const FINE: readonly number[] = [HELD, FAILED, REFUSED, NOTHING];
// eslint-disable-next-line no-control-regex -- what --color asks for
const COLOURS = /\u001b\[[\d;]*m/g;

/** A report takes the place of a file that was there, unless the command reads that one. */
function isReplaced(name: string, args: readonly string[]): boolean {
  return args.some((word) => word === `--reporter=github=${name}`) && !args.includes(name);
}

/** What is new must stand on the command line, and what was there must be as it was. */
function refuseOtherFiles(args: readonly string[], inside: string, outside: string): void {
  const line = args.join('\n');
  const isNamed = (name: string): boolean => line.includes(name);
  const others = readdirSync(outside).filter((name) => name !== 'inside');
  if (others.length > 0) throw new Error(`written beside the folder: ${others.join(', ')}`);
  const known = Object.keys(FILES);
  const fresh = readdirSync(inside).filter((name) => !known.includes(name) && !isNamed(name));
  if (fresh.length > 0) throw new Error(`nobody named ${JSON.stringify(fresh)}`);
  for (const [name, text] of Object.entries(FILES)) {
    if (isReplaced(name, args)) continue;
    if (readFileSync(join(inside, name), 'utf8') !== text) throw new Error(`${name} was changed`);
  }
}
