/**
 * Worker threads that came to nothing, or whose strategy does not answer: their pool would not
 * tell.
 */
import type { Tinypool } from 'tinypool';
import { isOutOfMemory } from '../own/out-of-memory.js';
import { LOOKS, noReturn, outOfMemory, Patience, type Asking } from '../../lab/asking.js';

export interface Deaths {
  /** Never comes to a good end. */
  next(lane: number, asking: Asking): Promise<never>;
  forget(lane: number): void;
  end(): void;
}

interface Waiting {
  readonly patience: Patience;
  readonly asking: Asking;
  readonly reject: (death: Error) => void;
}

/** How often it looks follows from the patience. */
export function deathsIn(pool: Tinypool, patienceMs: number, isOver: () => boolean): Deaths {
  const waiting = new Map<number, Waiting>();
  for (const thread of pool.threads) {
    let told = false;
    thread.on('error', () => (told = true));
    // A thread that exits answers nothing, and the pool would wait for it.
    thread.on('exit', () => {
      if (!told && !isOver()) thread.emit('error', new Error('its worker ended'));
    });
  }
  // A thread that came to nothing before it was given anything.
  pool.on('error', (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
  });
  const watch = setInterval(() => {
    for (const { asking, patience, reject } of waiting.values()) {
      if (patience.look()) reject(new Error(noReturn(asking, patienceMs)));
    }
  }, patienceMs / LOOKS);
  return {
    next: (lane, asking) =>
      new Promise((_, reject) => {
        waiting.set(lane, { asking, patience: new Patience(asking), reject });
      }),
    forget: (lane) => waiting.delete(lane),
    end: () => {
      clearInterval(watch);
    },
  };
}

/** In words that people know. */
export function deathOf(error: unknown, asking: Asking): unknown {
  return isOutOfMemory(error) ? new Error(outOfMemory(asking)) : error;
}
