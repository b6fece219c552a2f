/**
 * The states that were met, by 64 bits of each, numbered in the order in which they were met.
 *
 * Open addressing on typed arrays. Two states with the same 64 bits count as one: the odds of that
 * are told with every verdict.
 */
export class Visited {
  #low: Int32Array;
  #high: Int32Array;
  /** Number plus 1; 0: free. */
  #numbers: Int32Array;
  #count = 0;

  /** `capacity`: a power of two; the table grows when it is half full. */
  constructor(capacity = 1 << 12) {
    this.#low = new Int32Array(capacity);
    this.#high = new Int32Array(capacity);
    this.#numbers = new Int32Array(capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** The number of the state; it is `count` as it was before when the state is new. */
  add(low: number, high: number): number {
    const at = this.#placeOf(low, high);
    const known = this.#numbers[at]!;
    if (known !== 0) return known - 1;
    this.#low[at] = low;
    this.#high[at] = high;
    this.#numbers[at] = ++this.#count;
    if (this.#count * 2 > this.#numbers.length) this.#grow();
    return this.#count - 1;
  }

  /** The number of a state; -1: it was not met. */
  find(low: number, high: number): number {
    return this.#numbers[this.#placeOf(low, high)]! - 1;
  }

  #placeOf(low: number, high: number): number {
    const mask = this.#numbers.length - 1;
    let at = (low ^ (high >>> 7)) & mask;
    while (this.#numbers[at] !== 0 && (this.#low[at] !== low || this.#high[at] !== high)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  #grow(): void {
    const low = this.#low;
    const high = this.#high;
    const numbers = this.#numbers;
    this.#low = new Int32Array(low.length * 2);
    this.#high = new Int32Array(low.length * 2);
    this.#numbers = new Int32Array(low.length * 2);
    for (let n = 0; n < numbers.length; n++) {
      if (numbers[n] === 0) continue;
      const at = this.#placeOf(low[n]!, high[n]!);
      this.#low[at] = low[n]!;
      this.#high[at] = high[n]!;
      this.#numbers[at] = numbers[n]!;
    }
  }
}

/** How likely it is that some two of so many states have the same 64 bits. */
export function collisionOdds(states: number): number {
  return (states * (states - 1)) / 2 / 2 ** 64;
}
