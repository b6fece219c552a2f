/** One chunk, run by run: the same in this process and in a worker. */
import type { How } from '../../lab/made-again.js';
import type { Difference, Outcome } from '../../lab/outcome.js';
import { Summing, type ChunkSum } from '../../lab/sweep/chunk-sum.js';
import { seedAt } from '../../lab/sweep/plan.js';
import type { FixStrategy } from '../../machine/strategy.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Bench } from '../laboratory.js';
import { whatIsDue, whatIsLeft } from '../own/what-is-left.js';
import { Endless } from '../refused.js';
import type { Signals } from './signals.js';

export interface Task {
  readonly series: number;
  readonly first: number;
  readonly runs: number;
  /** The only seed of its series: judged by itself, not among others. */
  readonly alone: boolean;
  /** Each run is kept whole. */
  readonly keep: boolean;
  /** Places of the runs that are made again in a fresh world. */
  readonly again: readonly number[];
}

/** A sum of fewer runs than asked for: it was time to stop. */
export type Made = { readonly kind: 'sum'; readonly sum: ChunkSum } | Broken;

/**
 * That seed threw, its strategy came to no end or failed when nobody asked it, or whoever made it
 * died of it.
 */
export interface Broken {
  readonly kind: 'broken';
  readonly seed: string;
  readonly message: string;
  readonly stack: string;
  readonly how: 'threw' | 'stopped' | 'astray' | 'died';
}

interface Means {
  readonly scenario: Scenario;
  readonly strategy: FixStrategy;
  readonly bench: Bench;
  readonly signals: Signals;
  readonly lane: number;
  /** Between two runs: lets others have a turn, now and then. */
  readonly breathe?: () => Promise<void> | undefined;
}

export async function makeChunk(task: Task, means: Means): Promise<Made> {
  const { scenario, strategy, bench, signals, lane, breathe } = means;
  const isOwn = strategy.source !== undefined;
  const summing = new Summing(scenario.expect[strategy.name]);
  const each: Outcome[] | null = task.keep ? [] : null;
  const whole = task.alone ? 'run' : 'runAmongSeeds';
  const repeated = <D extends Difference>(run: Outcome<D>, n: number, how: How): Outcome<D> =>
    task.again.includes(n) ? bench.madeAgain(run, scenario, strategy, seedAt(task, n), how) : run;
  for (let n = 0; n < task.runs; n++) {
    const pause = breathe?.();
    if (pause !== undefined) await pause;
    if (signals.stopped) break;
    signals.begins(lane, n);
    const seed = seedAt(task, n);
    try {
      if (each !== null || task.alone) {
        const run = repeated(bench[whole](scenario, strategy, seed), n, whole);
        each?.push(run);
        summing.add(run);
      } else {
        summing.add(repeated(bench.runToSum(scenario, strategy, seed), n, 'runToSum'));
      }
    } catch (error) {
      return broken(seed, error);
    }
    if (isOwn) await whatIsDue();
  }
  if (isOwn) await whatIsLeft();
  signals.begins(lane, 0);
  return { kind: 'sum', sum: summing.sum(each) };
}

export function broken(seed: string, error: unknown): Broken {
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const how = error instanceof Endless ? 'stopped' : 'threw';
  return { kind: 'broken', seed, message, stack, how };
}
