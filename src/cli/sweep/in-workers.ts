/** Lanes that are worker threads: each takes chunks by itself and sends what it made of them. */
import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { Asking } from '../../lab/asking.js';
import { seedAt } from '../../lab/sweep/plan.js';
import type { Session } from '../session.js';
import type { Handed, MadeAt } from './chunk-maker.js';
import { deathOf, deathsIn } from './deaths.js';
import type { Lanes } from './lanes.js';
import { broken } from './make-chunk.js';
import type { Receive, Tried } from './make-chunks.js';
import { namedSeries } from './named-series.js';
import { chunkIn } from './order.js';
import type { Signals } from './signals.js';

/**
 * What a run leaves behind is dead by the next one: more room for it than this saves no time, and a
 * thread would take it, up to 48 MB, late in a long sweep.
 */
const YOUNG_MB = 12;

export async function inWorkers(
  count: number,
  tried: readonly Tried[],
  { rooms: { worker, patienceMs }, own }: Pick<Session, 'rooms' | 'own'>,
  signals: Signals,
): Promise<Lanes> {
  const { Tinypool } = await import('tinypool');
  const pool = new Tinypool({
    filename: worker.href,
    name: 'makeChunks',
    minThreads: count,
    maxThreads: count,
    idleTimeout: Infinity,
    trackUnmanagedFds: false,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  let over: Promise<void> | undefined;
  const deaths = deathsIn(pool, patienceMs, () => over !== undefined);
  const series = tried.map(namedSeries);
  return {
    count,
    canHear: true,
    async work(lane, order, receive) {
      const { port1: port, port2 } = new MessageChannel();
      const taking = takingFrom(port, receive);
      const { buffer } = signals;
      const asking = new Asking();
      const handed = { order, lane, series, buffer, asking: asking.buffer, port: port2 };
      try {
        await Promise.race([
          pool.run(handed satisfies Handed, { transferList: [port2] }),
          deaths.next(lane, asking),
          taking.trouble,
        ]);
        taking.rest();
      } catch (error) {
        // From Node 22 on a thread's end is heard before what it had sent.
        taking.rest();
        const place = signals.chunkOf(lane) ?? signals.take(lane);
        const fault = own.faultIn(error);
        const how = fault === undefined ? 'died' : 'astray';
        const death = fault ?? deathOf(error, asking);
        const seed = seedAt(chunkIn(order, place), signals.runOf(lane));
        if (place < order.chunks) receive(place, { ...broken(seed, death), how });
      } finally {
        deaths.forget(lane);
        port.close();
      }
    },
    end() {
      deaths.end();
      return (over ??= pool.destroy());
    },
  };
}

interface Taking {
  /** Something else came than what is sent. */
  readonly trouble: Promise<never>;
  /** Takes what was sent and has not come in yet. */
  rest(): void;
}

function takingFrom(port: MessagePort, receive: Receive): Taking {
  let stop: (error: Error) => void = () => undefined;
  const trouble = new Promise<never>((_, reject) => (stop = reject));
  const take = (told: unknown): void => {
    if (isMadeAt(told)) receive(told.place, told.made);
    else stop(new Error('its worker answered with something else'));
  };
  port.on('message', take);
  return {
    trouble,
    rest() {
      for (;;) {
        const left = receiveMessageOnPort(port);
        if (left === undefined) return;
        take(left.message);
      }
    },
  };
}

function isMadeAt(told: unknown): told is MadeAt {
  return typeof told === 'object' && told !== null && 'place' in told && 'made' in told;
}
