/**
 * What a strategy's hook is being asked, in memory that threads share: whoever waits in vain for
 * the thread that asks can see that a hook does not return, and at which question.
 */
import type { Cause } from '../machine/strategy.js';

const CAUSES: readonly Cause[] = ['written', 'drained', 'changed', 'aged', 'period', 'synced'];

/** Odd while the hook is asked, and one more with each question and each answer. */
const TURN = 0;
const CAUSE = 1;
const CELLS = 2;

export class Asking {
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(buffer = new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#cells = new Int32Array(buffer);
  }

  begins(cause: Cause): void {
    Atomics.store(this.#cells, CAUSE, CAUSES.indexOf(cause));
    Atomics.add(this.#cells, TURN, 1);
  }

  ends(): void {
    Atomics.add(this.#cells, TURN, 1);
  }

  get turn(): number {
    return Atomics.load(this.#cells, TURN);
  }

  get cause(): Cause | undefined {
    return CAUSES[Atomics.load(this.#cells, CAUSE)];
  }
}

/** So often whoever watches looks before the patience is at an end. */
export const LOOKS = 10;

/**
 * Looks now and then, and counts how often in a row the same question stood there. Looks are
 * counted and no clock is read: a program that was halted for an hour has not been asked for one.
 */
export class Patience {
  readonly #asking: Asking;
  #turn = -1;
  #seen = 0;

  constructor(asking: Asking) {
    this.#asking = asking;
  }

  /** Whether it has just come to its end: once for a question, whatever becomes of that. */
  look(): boolean {
    const { turn } = this.#asking;
    if (turn !== this.#turn || turn % 2 === 0) this.#seen = 0;
    this.#turn = turn;
    return this.#seen++ === LOOKS;
  }
}

/** Why the thread that asks is no more, in the same words. */
export function outOfMemory({ turn, cause }: Pick<Asking, 'turn' | 'cause'>): string {
  if (turn % 2 === 0) return 'its worker ran out of memory';
  return `its hook ran out of memory when told '${cause ?? '?'}'`;
}

/** Why a run came to no end, in the words of a strategy's other faults. */
export function noReturn({ cause }: Pick<Asking, 'cause'>, patienceMs: number): string {
  return `its hook did not return within ${patienceMs / 1000} s when told '${cause ?? '?'}'`;
}
