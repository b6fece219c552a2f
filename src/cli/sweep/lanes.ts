/**
 * Where chunks are made: so many at a time, in this process or in worker threads.
 *
 * Of a lane that dies (its memory was exhausted, something ended its thread) or whose strategy does
 * not answer it is said at which seed it was; nobody waits for it.
 */
import { Asking, LOOKS, noReturn, Patience } from '../../lab/asking.js';
import type { FixStrategy } from '../../machine/strategy.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Bench, Rooms } from '../laboratory.js';
import { broken, makeChunk, type Made, type Task } from './make-chunk.js';
import type { Signals } from './signals.js';
import { seedAt } from '../../lab/sweep/plan.js';
import type { Handed } from './chunk-maker.js';

export interface Lanes {
  readonly count: number;
  make(lane: number, task: Task): Promise<Made>;
  /** Ends what is still being made, too. */
  end(): Promise<void>;
}

/** One scenario under one strategy. */
export interface Tried {
  readonly scenario: Scenario;
  readonly strategy: FixStrategy;
}

/** How long this process computes before it looks at what else came, in milliseconds. */
const BREATH_MS = 10;

export function inProcess(tried: readonly Tried[], bench: Bench, signals: Signals): Lanes {
  let breathed = performance.now();
  const breathe = (): Promise<void> | undefined => {
    if (performance.now() - breathed < BREATH_MS) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        breathed = performance.now();
        resolve();
      });
    });
  };
  return {
    count: 1,
    make: (lane, task) =>
      makeChunk(task, { ...triedIn(tried, task), bench, signals, lane, breathe }),
    end: () => Promise.resolve(),
  };
}

export async function inWorkers(
  count: number,
  tried: readonly Tried[],
  { worker, patienceMs }: Rooms,
  signals: Signals,
): Promise<Lanes> {
  const { Tinypool } = await import('tinypool');
  const pool = new Tinypool({
    ...{ filename: worker.href, name: 'makeChunk', minThreads: count, maxThreads: count },
    ...{ idleTimeout: Infinity, trackUnmanagedFds: false },
  });
  const waiting = new Map<number, (death: Error) => void>();
  const askings = Array.from({ length: count }, () => new Asking());
  const watch = watching(askings, patienceMs, (lane, death) => waiting.get(lane)?.(death));
  let over: Promise<void> | undefined;
  for (const thread of pool.threads) {
    let told = false;
    thread.on('error', () => (told = true));
    // A thread that exits answers nothing, and the pool would wait for it.
    thread.on('exit', () => {
      if (!told && over === undefined) thread.emit('error', new Error('its worker ended'));
    });
  }
  // A thread that came to nothing before it was given anything.
  pool.on('error', (error: Error) => {
    for (const reject of waiting.values()) reject(error);
  });
  return {
    count,
    async make(lane, task) {
      const { scenario, strategy } = triedIn(tried, task);
      const named = { name: strategy.name, sha256: strategy.source?.sha256 };
      const { buffer: asking } = askings[lane] ?? new Asking();
      const { buffer } = signals;
      const handed: Handed = { task, lane, scenario, strategy: named, buffer, asking };
      signals.begins(lane, 0);
      try {
        return await new Promise<Made>((resolve, reject) => {
          waiting.set(lane, reject);
          pool.run(handed).then((made: unknown) => {
            if (isMade(made)) resolve(made);
            else reject(new Error('its worker answered with something else'));
          }, reject);
        });
      } catch (error) {
        return { ...broken(seedAt(task, signals.placeOf(lane)), deathOf(error)), how: 'died' };
      } finally {
        waiting.delete(lane);
      }
    },
    end() {
      clearInterval(watch);
      return (over ??= pool.destroy());
    },
  };
}

/** Tells of each lane whose strategy is asked and does not answer. */
function watching(
  askings: readonly Asking[],
  patienceMs: number,
  tell: (lane: number, death: Error) => void,
): NodeJS.Timeout {
  const lanes = askings.map((asking) => ({ asking, patience: new Patience(asking) }));
  return setInterval(() => {
    for (const [lane, { asking, patience }] of lanes.entries()) {
      if (patience.look()) tell(lane, new Error(noReturn(asking, patienceMs)));
    }
  }, patienceMs / LOOKS);
}

function triedIn(tried: readonly Tried[], { series }: Task): Tried {
  const found = tried[series];
  if (found === undefined) throw new Error(`there is no series ${series}`);
  return found;
}

function isMade(made: unknown): made is Made {
  const kind = typeof made === 'object' && made !== null && 'kind' in made ? made.kind : undefined;
  return kind === 'sum' || kind === 'broken';
}

function deathOf(error: unknown): unknown {
  const outOfMemory =
    error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return outOfMemory ? new Error('its worker ran out of memory') : error;
}
