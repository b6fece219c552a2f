/** How a sweep is made, as the options say: nothing of it changes a result. */
import { availableParallelism } from 'node:os';
import { WHOLE, type Shard } from '../../lab/sweep/plan.js';
import { parseDuration } from '../../sim/time.js';
import { shown, type Given } from '../given.js';
import { Refused } from '../refused.js';

export interface How {
  /** undefined: as many as are worth while. */
  readonly jobs: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly output: string | undefined;
  readonly resume: string | undefined;
  /** undefined: the whole. */
  readonly shard: Shard | undefined;
}

/** More threads than any machine has cores for. */
const MOST_JOBS = 1024;
const MOST_SHARDS = 100_000;
/** The longest that a timer can wait; nobody waits for longer. */
export const LONGEST_MS = 2 ** 31 - 1;
/** Below this many runs a worker takes longer to start than it saves. */
const WORTH_WORKERS = 200;

export function howOf(given: Given): How {
  const how = {
    jobs: numberIn(given, 'jobs', MOST_JOBS),
    timeoutMs: timeoutOf(given),
    output: given.text('output'),
    resume: given.text('resume'),
    shard: shardOf(given),
  };
  if (how.output !== undefined && how.resume !== undefined) {
    throw new Refused('--output and --resume exclude each other: --resume goes on with its file');
  }
  if (how.shard !== undefined && how.output === undefined && how.resume === undefined) {
    throw new Refused('--shard needs --output FILE: desync merge puts the parts together');
  }
  if (how.shard !== undefined && bailOf(given) !== undefined) {
    throw new Refused('--shard and --bail exclude each other: no part knows what others found');
  }
  return how;
}

/** How many runs that do not pass end it: that does change what is told. */
export function bailOf(given: Given): number | undefined {
  return numberIn(given, 'bail', Number.MAX_SAFE_INTEGER);
}

/** From now on; undefined: never. */
export function endOf({ timeoutMs }: How): AbortSignal | undefined {
  return timeoutMs === undefined ? undefined : AbortSignal.timeout(Math.min(timeoutMs, LONGEST_MS));
}

export function jobsFor(jobs: number | undefined, runs: number): number {
  return jobs ?? (runs <= WORTH_WORKERS ? 1 : availableParallelism());
}

function numberIn(given: Given, name: string, most: number): number | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^[1-9]\d*$/.test(text) && number <= most) return number;
  throw new Refused(`--${name} is a whole number from 1 to ${most}, not "${shown(text)}"`);
}

function timeoutOf(given: Given): number | undefined {
  const text = given.text('timeout');
  if (text === undefined) return undefined;
  const most = parseDuration(text);
  if (most === undefined || most === 0) {
    throw new Refused(`--timeout is a time such as 10min, not "${shown(text)}"`);
  }
  return most / 1e6;
}

/** `i/n`, from 1/n to n/n. */
function shardOf(given: Given): Shard | undefined {
  const text = given.text('shard');
  if (text === undefined) return undefined;
  const [, index, of] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index <= shard.of && shard.of <= MOST_SHARDS) {
    return shard.of === 1 ? WHOLE : shard;
  }
  throw new Refused(`--shard is i/n, from 1/n to n/n, not "${shown(text)}"`);
}
