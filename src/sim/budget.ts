/**
 * How often something that recurs may still happen. In a run it may for ever; where everything is
 * tried there is a bound, and what was found holds within it.
 */
import type { Bank } from './arena.js';

export class Budget {
  readonly #bound: number;
  readonly #used: Int32Array;

  /** `bound`: undefined where there is none. */
  constructor(bound: number | undefined, state: Bank) {
    this.#bound = bound ?? Infinity;
    this.#used = state.i32(1);
  }

  get isBounded(): boolean {
    return this.#bound !== Infinity;
  }

  /** One more; false: it has happened as often as it may. */
  take(): boolean {
    if (this.#bound === Infinity) return true;
    if (this.#used[0] === this.#bound) return false;
    this.#used[0]!++;
    return true;
  }

  /** What was taken last has done nothing. */
  giveBack(): void {
    if (this.#bound !== Infinity) this.#used[0]!--;
  }
}
