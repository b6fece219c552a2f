/**
 * Where chunks are made: so many at a time, in this process, in worker threads, or in both.
 *
 * Of a lane that dies (its memory was exhausted, something ended its thread) or whose strategy does
 * not answer it is said at which seed it was; nobody waits for it.
 */
import type { Bench } from '../laboratory.js';
import { makeChunks, type Receive, type Tried } from './make-chunks.js';
import type { Order } from './order.js';
import type { Signals } from './signals.js';

export interface Lanes {
  readonly count: number;
  /** Whether this process hears what comes, if only between two runs. */
  readonly canHear: boolean;
  /** Until there is nothing more to take, or it is time to stop. */
  work(lane: number, order: Order, receive: Receive): Promise<void>;
  /** Ends what is still being made, too. */
  end(): Promise<void>;
}

/** How long this process computes before it looks at what else came, in milliseconds. */
const BREATH_MS = 10;

/** The one lane of this process. */
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
  const means = {
    bench,
    signals,
    breathe,
    triedIn: (series: number) => triedIn(tried, series),
    awaitMore: () => new Promise<void>((resolve) => setTimeout(resolve, BREATH_MS)),
  };
  return {
    count: 1,
    canHear: false,
    work: (lane, order, receive) => makeChunks(order, { ...means, lane }, receive),
    end: () => Promise.resolve(),
  };
}

/** The lanes of `others` behind the one that is here. */
export function together(here: Lanes, others: Lanes): Lanes {
  return {
    count: here.count + others.count,
    canHear: true,
    work: (lane, order, receive) => (lane < here.count ? here : others).work(lane, order, receive),
    end: () => others.end(),
  };
}

export function triedIn<T>(tried: readonly T[], series: number): T {
  const found = tried[series];
  if (found === undefined) throw new Error(`there is no series ${series}`);
  return found;
}
