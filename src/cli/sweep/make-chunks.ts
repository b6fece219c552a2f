/** What a lane does: chunk after chunk, each taken when the one before is made. */
import type { FixStrategy } from '../../machine/strategy.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Bench } from '../laboratory.js';
import { makeChunk, type Made } from './make-chunk.js';
import { taskIn, type Order } from './order.js';
import type { Signals } from './signals.js';

/** Takes in what was made of the chunk at that place. */
export type Receive = (place: number, made: Made) => void;

/** One scenario under one strategy. */
export interface Tried {
  readonly scenario: Scenario;
  readonly strategy: FixStrategy;
}

export interface LaneMeans {
  readonly lane: number;
  readonly signals: Signals;
  readonly bench: Bench;
  readonly triedIn: (series: number) => Tried | Promise<Tried>;
  /** Between two runs: lets others have a turn, now and then. */
  readonly breathe?: () => Promise<void> | undefined;
  /** Until more is told than that, or it is time to look whether to stop. */
  readonly awaitMore: (told: number) => Promise<void> | undefined;
}

/** How many chunks a lane may be ahead of what is told: they wait in memory. */
const AHEAD = 16;

export async function makeChunks(order: Order, means: LaneMeans, receive: Receive): Promise<void> {
  const { lane, signals } = means;
  const { only } = order;
  if (only !== undefined) {
    signals.goes(lane, only.place);
    receive(only.place, await madeAt(only.place, order, means));
    return;
  }
  while (!signals.stopped) {
    const place = signals.take(lane);
    if (place >= order.chunks) return;
    await untilNear(place, means);
    receive(place, await madeAt(place, order, means));
  }
}

async function madeAt(place: number, order: Order, means: LaneMeans): Promise<Made> {
  const task = taskIn(order, place);
  const tried = means.triedIn(task.series);
  return makeChunk(task, { ...means, ...(tried instanceof Promise ? await tried : tried) });
}

async function untilNear(place: number, { signals, awaitMore }: LaneMeans): Promise<void> {
  for (;;) {
    const { told } = signals;
    if (signals.stopped || place - told < AHEAD * signals.lanes) return;
    await awaitMore(told);
  }
}
