/**
 * The program as it is shipped, spawned as a user would, or over toy rooms where a run has to come
 * out in some way.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SCENARIO = 'test/cli/append.yaml';

export interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
  readonly limitMs?: number;
}

/** What hangs fails, and holds up nobody. */
const LIMIT_MS = 300_000;

export function desync(args: readonly string[], how: Circumstances = {}): Answer {
  return spawned('bin/desync.mjs', args, how);
}

/** See toy-program.mjs: the seed says how a run comes out. */
export function toy(args: readonly string[], how: Circumstances = {}): Answer {
  return spawned('test/cli/toy-program.mjs', args, how);
}

/** The shipped one, but for how long it waits for code of a user's. */
export function impatient(args: readonly string[], how: Circumstances = {}): Answer {
  return spawned('test/cli/impatient-program.mjs', args, how);
}

/** A line for a POSIX shell in which `npx desync` is this program. */
export function inShell(line: string, how: Circumstances = {}): Answer {
  const program = `${process.execPath} ${ROOT}bin/desync.mjs`;
  return answered(['bash', '-c', line.replaceAll('npx desync', program)], how);
}

function spawned(file: string, args: readonly string[], how: Circumstances): Answer {
  return answered([process.execPath, `${ROOT}${file}`, ...args], how);
}

function answered([command = '', ...args]: readonly string[], how: Circumstances): Answer {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: how.cwd ?? ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    timeout: how.limitMs ?? LIMIT_MS,
    // Nothing of the terminal in which the tests run.
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...how.env },
    input: how.input ?? '',
  });
  return { code: status, out: stdout, err: stderr };
}
