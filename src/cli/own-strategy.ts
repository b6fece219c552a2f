/**
 * Strategies of the user's own: `--strategy ./mine.js`, or a path under a scenario's `expect`.
 *
 * The file is read once, and what was read is both hashed and run: a module by itself, which
 * imports nothing but what node brings along, so that its hash says all of it. Paths are relative
 * to the working directory.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { Asking } from '../lab/asking.js';
import type { OwnFile } from '../lab/astray.js';
import type { OwnStrategy } from '../lab/own-strategy.js';
import type { FixStrategy } from '../machine/strategy.js';
import { safe } from '../report/lines.js';
import { isPath } from './chosen.js';
import { shown } from './given.js';
import type { OwnStrategies, Rooms } from './laboratory.js';
import { takeExitAway } from './leave.js';
import { speakAside } from './own/speak-aside.js';
import { isOutOfMemory } from './own/out-of-memory.js';
import type { OwnCode } from './own/own-code.js';
import { breakAsThrown } from './own/what-is-left.js';
import { plainProblem, Refused } from './refused.js';
import type { Session } from './session.js';
import { LONGEST, reasonOf, type LoadedFile } from './sources.js';

/** Whatever is called by such a module has that in its stack. */
const MODULE = 'data:text/javascript;base64,';

/** The shipped strategies, and those whose paths are named, or else expected by a scenario. */
export async function strategiesKnown(
  named: readonly string[],
  files: readonly LoadedFile[],
  session: Session,
): Promise<readonly FixStrategy[]> {
  const shipped = await session.rooms.strategies();
  const expected = files.flatMap(({ scenario }) => Object.keys(scenario.expect));
  const names = new Set(named.length > 0 ? named : expected);
  const own = await ownStrategies([...names].filter(isPath), session);
  return [...shipped, ...own];
}

/** Files of strategies that are named, or expected by a scenario. */
export function strategyFiles(named: readonly string[], files: readonly LoadedFile[]): string[] {
  const expected = files.flatMap(({ scenario }) => Object.keys(scenario.expect));
  return [...named, ...expected].filter(isPath);
}

/** Throws Refused with every problem of all of them. */
async function ownStrategies(
  paths: readonly string[],
  { rooms, err, own }: Session,
): Promise<readonly FixStrategy[]> {
  const strategies: FixStrategy[] = [];
  const told: (readonly [path: string, problem: string])[] = [];
  for (const path of paths) {
    const loaded = await ownStrategyAt(path, rooms, own.asking, own);
    if (loaded.ok) strategies.push(loaded.strategy);
    else told.push(...loaded.problems.map((problem) => [path, problem] as const));
  }
  if (told.length === 0) return strategies;
  const { paint } = err.view;
  throw new Refused(
    told.map(([path, problem]) => `${paint.strong(shown(path))}: ${safe(problem)}`).join('\n'),
    told.map(([path, problem]) => plainProblem(path, problem)),
  );
}

/**
 * `asking`: where is written down what its hook is asked. `own`: told before it is loaded; without
 * it this is a thread that can be ended, with a file that was tried before. `wanted`: no other file
 * than this one, which is not even loaded.
 */
export async function ownStrategyAt(
  path: string,
  rooms: Rooms,
  asking: Asking,
  own?: OwnCode,
  wanted?: { readonly sha256: string | undefined },
): Promise<OwnStrategy> {
  const bytes = await bytesOf(path);
  if (typeof bytes === 'string') return { ok: false, problems: [bytes] };
  const owned = await rooms.ownStrategies();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (wanted !== undefined && wanted.sha256 !== sha256) {
    return { ok: false, problems: ['is another file than the one that was tried'] };
  }
  const url = MODULE + bytes.toString('base64');
  speakAside();
  takeExitAway(({ stack }) => own !== undefined || stack?.includes(MODULE) === true);
  if (own === undefined) breakAsThrown();
  try {
    own?.expect({ path, url }, owned);
    if (own !== undefined) await refuseHarm(url, rooms);
    const exported = defaultOf(await inTime(import(url), rooms));
    return owned.ownStrategy(exported, { path, sha256, url, asking });
  } catch (error) {
    return { ok: false, problems: [whyNot(error, bytes, { path, url }, owned)] };
  }
}

/** Loads it first where its thread can be ended; comes to an end there, it may be a bad one. */
async function refuseHarm(url: string, rooms: Rooms): Promise<void> {
  const trial = new Worker(new URL('./own/trial.js', import.meta.url), {
    workerData: url,
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(late(rooms)), rooms.patienceMs);
      for (const end of ['message', 'exit']) trial.once(end, () => resolve());
      trial.once('error', (error) => {
        if (isOutOfMemory(error)) reject(new Error('ran out of memory while it was loaded'));
        else resolve();
      });
    });
  } finally {
    clearTimeout(timer);
    await trial.terminate();
  }
}

function defaultOf(module: unknown): unknown {
  return typeof module === 'object' && module !== null && 'default' in module
    ? module.default
    : undefined;
}

/** The text says why there are none. */
async function bytesOf(path: string): Promise<Buffer | string> {
  try {
    const bytes = await readFile(path);
    return bytes.length > LONGEST ? 'more than 1 MiB, which no strategy is' : bytes;
  } catch (error) {
    return reasonOf(error, 'a strategy');
  }
}

function late({ patienceMs }: Rooms): Error {
  return new Error(`has not been loaded within ${patienceMs / 1000} s`);
}

/** A promise that it awaits may never come. */
async function inTime<T>(loading: Promise<T>, rooms: Rooms): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, rooms.patienceMs, late(rooms));
  });
  try {
    return await Promise.race([loading, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/** What was thrown may be anything, and looking at it may throw. */
function whyNot(error: unknown, bytes: Buffer, file: OwnFile, owned: OwnStrategies): string {
  const fault = owned.astrayIn(error, [file]);
  if (fault !== undefined) return `threw ${safe(fault.what)} while it was loaded`;
  if (!(error instanceof Error)) return 'threw something while it was loaded';
  const what = shown(error.message);
  if ('code' in error && error.code === 'ERR_UNSUPPORTED_RESOLVE_REQUEST') {
    const [, imported = ''] = /module specifier "(.*?)" from/.exec(error.message) ?? [];
    return `imports "${shown(imported)}"; a strategy is one file, so that its hash says all of it`;
  }
  if (error instanceof SyntaxError) {
    const at = lineOfSyntaxError(bytes);
    return `is no JavaScript module${at === undefined ? '' : `, line ${at}`}: ${what}`;
  }
  return what;
}

/** Node tells it only when it is asked to check a file. */
function lineOfSyntaxError(bytes: Buffer): string | undefined {
  const asked = ['--check', '--input-type=module'];
  const { stderr } = spawnSync(process.execPath, asked, { input: bytes, encoding: 'utf8' });
  return /^\[stdin\]:(\d+)/m.exec(stderr)?.[1];
}
