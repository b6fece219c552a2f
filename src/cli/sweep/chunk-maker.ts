/** What a worker does: it loads what an order is about, and makes chunks until none is left. */
import type { MessagePort } from 'node:worker_threads';
import { Asking } from '../../lab/asking.js';
import type { Rooms } from '../laboratory.js';
import { triedIn } from './lanes.js';
import type { Made } from './make-chunk.js';
import { makeChunks, type Tried } from './make-chunks.js';
import { strategyOf, type NamedSeries } from './named-series.js';
import type { Order } from './order.js';
import { Signals } from './signals.js';

/** What crosses to the worker: a strategy is code, and goes by its name. */
export interface Handed {
  readonly order: Order;
  readonly lane: number;
  readonly series: readonly NamedSeries[];
  readonly buffer: SharedArrayBuffer;
  /** Of what the hooks of a user's own strategies are asked. */
  readonly asking: SharedArrayBuffer;
  /** Takes what was made, as {@link MadeAt}. */
  readonly port: MessagePort;
}

export interface MadeAt {
  readonly place: number;
  readonly made: Made;
}

/** How long a worker that is far ahead sleeps before it looks whether it is time to stop. */
const NAP_MS = 100;

/** The bench is loaded while who will order something still loads what is theirs. */
export function chunkMaker(rooms: Rooms): (handed: Handed) => Promise<void> {
  const loading = rooms.bench();
  return async ({ order, lane, series, buffer, asking, port }) => {
    const signals = new Signals(buffer);
    const bench = await loading;
    // The laboratory is kept for a scenario and a strategy that are the same objects as before.
    const known = new Map<number, Tried>();
    const triedFor = async (n: number): Promise<Tried> => {
      const { scenario, strategy } = triedIn(series, n);
      const fix = await strategyOf(strategy, rooms, new Asking(asking));
      const tried = { scenario, strategy: fix };
      known.set(n, tried);
      return tried;
    };
    const means = {
      lane,
      signals,
      bench,
      triedIn: (n: number) => known.get(n) ?? triedFor(n),
      awaitMore(told: number) {
        signals.awaitMore(told, NAP_MS);
        return undefined;
      },
    };
    await makeChunks(order, means, (place, made) => {
      const sent: MadeAt = { place, made };
      port.postMessage(sent);
    });
  };
}
