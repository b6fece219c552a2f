/**
 * What code of a user's own has left to do when its work is done: a promise that was broken, a
 * timer that is due. Who waits for it here hears it fail, before anything is told of that work.
 * Leaves out: what is due later. Nobody waits for that.
 */
import { setImmediate, setTimeout } from 'node:timers/promises';

/** Promises, and timers whose time has come. */
export function whatIsDue(): Promise<void> {
  return setImmediate();
}

/** Also timers that were to wait for nothing: such a one waits for a millisecond. */
export function whatIsLeft(): Promise<void> {
  return setTimeout(1);
}

/**
 * In a thread of its own a broken promise is heard as what it was broken with, as in the program:
 * node would make another error of what is none, which has no place.
 */
export function breakAsThrown(): void {
  if (process.listeners('unhandledRejection').includes(rethrow)) return;
  process.on('unhandledRejection', rethrow);
}

function rethrow(reason: unknown): never {
  throw reason;
}
