/**
 * 64 bits of a state: a sum over the words that differ, each hashed with its place, so that the
 * order in which they are met does not matter and a word that changes is taken out and put in.
 *
 * Two hashes of a pair, each finished as MurmurHash3 is, with constants of their own.
 */
export class StateHash {
  low = 0;
  high = 0;

  set(low: number, high: number): void {
    this.low = low;
    this.high = high;
  }

  add(place: number, value: number): void {
    this.low = (this.low + lowOf(place, value)) | 0;
    this.high = (this.high + highOf(place, value)) | 0;
  }

  remove(place: number, value: number): void {
    this.low = (this.low - lowOf(place, value)) | 0;
    this.high = (this.high - highOf(place, value)) | 0;
  }
}

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
