/**
 * What differs from a sealed arena: places and their numbers, and 64 bits that depend on these
 * alone.
 *
 * Two states of one arena are equal exactly when they differ from the sealed one in the same places
 * by the same numbers. The 64 bits are a sum over the places, so that the order in which they are
 * met does not matter.
 */
export class Snapshot {
  /** Pairs of place and number. */
  pairs = new Int32Array(256);
  /** How many words of `pairs` are in use. */
  length = 0;
  low = 0;
  high = 0;

  add(place: number, value: number): void {
    if (this.length === this.pairs.length) this.#grow(this.length * 2);
    this.pairs[this.length] = place;
    this.pairs[this.length + 1] = value;
    this.length += 2;
  }

  /** Takes over pairs that were kept elsewhere, and the 64 bits that go with them. */
  load(from: Int32Array, at: number, length: number, low: number, high: number): void {
    if (length > this.pairs.length) this.#grow(length);
    this.pairs.set(from.subarray(at, at + length));
    this.length = length;
    this.low = low;
    this.high = high;
  }

  #grow(least: number): void {
    const pairs = new Int32Array(Math.max(least, this.pairs.length * 2));
    pairs.set(this.pairs);
    this.pairs = pairs;
  }
}
