/**
 * States that are still to be gone on from, in the order in which they were met: level by level.
 */
import { Growing } from '../../sim/growing.js';
import type { Snapshot } from '../../sim/snapshot.js';

export class Frontier {
  #current = new Level();
  #next = new Level();
  #steps = -1;

  /** How many states wait. */
  get waiting(): number {
    return this.#current.waiting + this.#next.waiting;
  }

  /** How many events lead to the state that was taken last. */
  get steps(): number {
    return this.#steps;
  }

  add(state: Snapshot): void {
    this.#next.add(state);
  }

  /** Where some state that waits differs from the sealed one. */
  places(): ReadonlySet<number> {
    const places = new Set<number>();
    this.#current.addPlacesTo(places);
    this.#next.addPlacesTo(places);
    return places;
  }

  /** The state that has waited longest; false: none waits. */
  take(into: Snapshot): boolean {
    if (this.#current.waiting === 0) {
      const done = this.#current;
      this.#current = this.#next;
      this.#next = done;
      done.clear();
      this.#steps++;
    }
    return this.#current.take(into);
  }
}

class Level {
  readonly #pairs = new Growing(1 << 16);
  /** Of each state: where its pairs end, and its 64 bits. */
  readonly #ends = new Growing();
  #taken = 0;

  get waiting(): number {
    return this.#ends.length / 3 - this.#taken;
  }

  add({ pairs, length, low, high }: Snapshot): void {
    this.#pairs.append(pairs, length);
    this.#ends.push(this.#pairs.length);
    this.#ends.push(low);
    this.#ends.push(high);
  }

  take(into: Snapshot): boolean {
    if (this.waiting === 0) return false;
    const ends = this.#ends.values;
    const at = this.#taken++ * 3;
    const from = at === 0 ? 0 : ends[at - 3]!;
    into.load(this.#pairs.values, from, ends[at]! - from, ends[at + 1]!, ends[at + 2]!);
    return true;
  }

  addPlacesTo(places: Set<number>): void {
    const { values, length } = this.#pairs;
    const from = this.#taken === 0 ? 0 : this.#ends.values[this.#taken * 3 - 3]!;
    for (let at = from; at < length; at += 2) places.add(values[at]!);
  }

  clear(): void {
    this.#pairs.length = 0;
    this.#ends.length = 0;
    this.#taken = 0;
  }
}
