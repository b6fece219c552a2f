/** Other programs, run to their end: what they said, and what they took of the machine. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { wallSecondsOf } from './measure.js';
import type { Theirs } from './line.js';

export interface Ended {
  readonly out: string;
  readonly wallSeconds: number;
  /** Of all its threads, user and system. */
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  /** Resident memory, once a second. */
  readonly grownMiB: readonly number[];
}

export const DESYNC = 'bin/desync.mjs';
const LONGEST_MS = 1_800_000;
const MOST_OUTPUT = 2 ** 28;

/** A program of Node; it tells its usage when it ends. Exit codes above `worst` are refused. */
export function node(words: readonly string[], worst = 1): Ended {
  const usage = pathToFileURL('bench/usage.mjs').href;
  let out = '';
  let told: unknown;
  const wallSeconds = wallSecondsOf(() => {
    const ended = spawnSync(process.execPath, ['--import', usage, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      timeout: LONGEST_MS,
      maxBuffer: MOST_OUTPUT,
    });
    if (ended.error !== undefined) throw ended.error;
    if (ended.status === null || ended.status > worst) {
      throw new Error(`${words.join(' ')} ended with ${ended.status}: ${ended.stderr}`);
    }
    out = ended.stdout;
    told = JSON.parse(ended.output[3] ?? '');
  });
  if (!isUsage(told)) throw new Error(`${words.join(' ')} did not tell its usage`);
  return { out, wallSeconds, ...told };
}

/** Programs of Node that run at once: seconds by the clock until the last of them has ended. */
export async function besideEachOther(programs: readonly (readonly string[])[]): Promise<number> {
  const began = performance.now();
  const ends = programs.map(async (words) => {
    const running = spawn(process.execPath, words, { stdio: 'ignore', timeout: LONGEST_MS });
    const ended: unknown[] = await once(running, 'exit');
    const [status] = ended;
    if (status !== 0 && status !== 1)
      throw new Error(`${words.join(' ')} ended with ${String(status)}`);
  });
  await Promise.all(ends);
  return (performance.now() - began) / 1000;
}

type Usage = Pick<Ended, 'cpuSeconds' | 'peakMiB' | 'grownMiB'>;

function isUsage(told: unknown): told is Usage {
  return (
    typeof told === 'object' &&
    told !== null &&
    ['cpuSeconds', 'peakMiB', 'grownMiB'].every((name) => name in told)
  );
}

/** What SimPy needs for that many events, or that it is not there. */
export function simpy(model: 'hold' | 'queue', size: number, events: number): Theirs {
  const missing = { missing: 'SimPy 3 or newer (apt-get install python3-simpy3)' };
  const script = 'bench/peers/simpy_models.py';
  for (const python of ['/usr/bin/python3', 'python3']) {
    const ended = spawnSync(python, [script, model, String(size), String(events)], {
      encoding: 'utf8',
      timeout: LONGEST_MS,
    });
    const rate = Number(ended.stdout);
    if (ended.status === 0 && rate > 0) return rate;
  }
  return missing;
}
