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

  clear(): void {
    this.length = 0;
    this.low = 0;
    this.high = 0;
  }

  add(place: number, value: number): void {
    if (this.length === this.pairs.length) this.#grow(this.length * 2);
    this.pairs[this.length] = place;
    this.pairs[this.length + 1] = value;
    this.length += 2;
    this.low = (this.low + lowOf(place, value)) | 0;
    this.high = (this.high + highOf(place, value)) | 0;
  }

  /** Takes over pairs that were kept elsewhere; the 64 bits are not made anew. */
  load(from: Int32Array, at: number, length: number): void {
    if (length > this.pairs.length) this.#grow(length);
    this.pairs.set(from.subarray(at, at + length));
    this.length = length;
  }

  #grow(least: number): void {
    const pairs = new Int32Array(Math.max(least, this.pairs.length * 2));
    pairs.set(this.pairs);
    this.pairs = pairs;
  }
}

/** Two hashes of a pair, each finished as MurmurHash3 is, with constants of their own. */
function lowOf(place: number, value: number): number {
  let hash = Math.imul(place ^ 0x7f4a7c15, 0x9e3779b1) ^ Math.imul(value, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function highOf(place: number, value: number): number {
  let hash = (Math.imul(value ^ 0x2545f491, 0x165667b1) + Math.imul(place, 0x2c1b3c6d)) | 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x297a2d39);
  hash = Math.imul(hash ^ (hash >>> 12), 0x5bd1e995);
  return hash ^ (hash >>> 15);
}
