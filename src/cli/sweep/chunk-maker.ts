/** What a worker does: chunk after chunk, each with what is needed to make it. */
import { Asking } from '../../lab/asking.js';
import type { FixStrategy } from '../../machine/strategy.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Bench, Rooms } from '../laboratory.js';
import { ownStrategyAt } from '../own-strategy.js';
import { isPath, strategyNamed } from '../chosen.js';
import { makeChunk, type Made, type Task } from './make-chunk.js';
import { Signals } from './signals.js';

/** What crosses to the worker: a strategy is code, and goes by its name. */
export interface Handed {
  readonly task: Task;
  readonly lane: number;
  readonly scenario: Scenario;
  readonly strategy: { readonly name: string; readonly sha256: string | undefined };
  readonly buffer: SharedArrayBuffer;
  /** Of what its hook is asked, where the strategy is a user's own. */
  readonly asking: SharedArrayBuffer;
}

interface Known {
  readonly scenario: Scenario;
  readonly strategy: FixStrategy;
}

export function chunkMaker(rooms: Rooms): (handed: Handed) => Promise<Made> {
  let bench: Bench | undefined;
  /** A world is kept for a scenario and a strategy that are the same objects as before. */
  let last: { readonly series: number; readonly known: Known } | undefined;
  return async ({ task, lane, scenario, strategy, buffer, asking }) => {
    const signals = new Signals(buffer);
    bench ??= await rooms.bench();
    if (last?.series !== task.series) {
      const fix = await strategyOf(strategy, rooms, new Asking(asking));
      const known = { scenario, strategy: fix };
      last = { series: task.series, known };
    }
    return makeChunk(task, { ...last.known, bench, lane, signals });
  };
}

async function strategyOf(
  { name, sha256 }: Handed['strategy'],
  rooms: Rooms,
  asking: Asking,
): Promise<FixStrategy> {
  if (!isPath(name)) return strategyNamed(name, await rooms.strategies());
  const loaded = await ownStrategyAt(name, rooms, asking);
  if (!loaded.ok) throw new Error(`${name}: ${loaded.problems.join('; ')}`);
  if (loaded.strategy.source?.sha256 !== sha256) {
    throw new Error(`${name} was changed while it was tried`);
  }
  return loaded.strategy;
}
