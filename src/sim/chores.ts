/**
 * Which pieces of work may have something to do: a chore that had nothing to do goes on having
 * nothing to do until something changes that it looks at, or writes to.
 */
import type { Sight } from './footprint.js';

export class Chores {
  /** By place: the chores that are called when it changes. */
  readonly #callers: (number[] | undefined)[];
  readonly #isCalled: Uint8Array;
  /** Those that are called wherever a search stands. */
  readonly #isAlways: Uint8Array;

  constructor(chores: number, places: number) {
    this.#callers = Array.from({ length: places }, () => undefined);
    this.#isCalled = new Uint8Array(chores);
    this.#isAlways = new Uint8Array(chores);
  }

  get count(): number {
    return this.#isCalled.length;
  }

  /** The chore looks there, or writes there. */
  looksAt(sights: readonly Sight[], chore: number): void {
    for (const { place } of sights) {
      if (place < 0) throw new Error(`chore ${chore} asks a question`);
      const callers = this.#callers[place];
      if (callers === undefined) this.#callers[place] = [chore];
      else if (!callers.includes(chore)) callers.push(chore);
    }
  }

  /** What stands at the place is another. */
  changed(place: number): void {
    const callers = this.#callers[place];
    if (callers === undefined) return;
    for (let n = 0; n < callers.length; n++) this.#isCalled[callers[n]!] = 1;
  }

  isCalled(chore: number): boolean {
    return this.#isCalled[chore] === 1;
  }

  /** It was done, and changed nothing. */
  isIdle(chore: number): void {
    this.#isCalled[chore] = 0;
  }

  /** `isStrange`: nothing is known of the state. Else {@link stop} was reached there. */
  start(isStrange: boolean): void {
    const called = this.#isCalled;
    for (let n = 0; n < called.length; n++) called[n] = isStrange ? 1 : this.#isAlways[n]!;
  }

  /** Those that were called by later ones are so from now on. */
  stop(): void {
    for (let n = 0; n < this.#isCalled.length; n++) {
      if (this.#isCalled[n] === 1) this.#isAlways[n] = 1;
    }
  }
}
