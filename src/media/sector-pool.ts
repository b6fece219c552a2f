/**
 * Sector values: each distinct run of 512 bytes gets one small number, for ever.
 *
 * A store makes a new value out of an old one and a patch. Runs repeat the same patches on the same
 * values over and over (the bitmap fills up in the same order under every seed), so a patch is
 * remembered: a repeated one costs a look-up, not a copy and a hash of 512 bytes. The memory of
 * patches is a cache: forgetting changes no result.
 */
import { SECTOR_BYTES } from './geometry.js';
import { PatchMemory } from './patch-memory.js';

/** The value whose 512 bytes are all zero. */
export const ZERO_SECTOR = 0;

/** 2 GiB of distinct sectors: a run that stores anew every microsecond comes to more. */
const MOST_VALUES = 1 << 22;
const WORDS = SECTOR_BYTES / 4;

/** A run made more values than the pool may hold: a limit of the run, not a bug. */
export class TooManySectors extends Error {
  override readonly name = 'TooManySectors';
}

export class SectorPool {
  /**
   * The bytes of all values, value v at [512 v, 512 v + 512). Replaced when the pool grows: read it
   * anew each time.
   */
  bytes: Uint8Array;
  #words: Int32Array;
  #low: Int32Array;
  #high: Int32Array;
  #count = 0;
  /** Open addressing on the low digest; holds value + 1. */
  #index: Int32Array;
  readonly #patches = new PatchMemory();
  readonly #scratch = new Uint8Array(SECTOR_BYTES);
  readonly #scratchWords = new Int32Array(this.#scratch.buffer);
  readonly #most: number;

  /** `capacity`: values until it first grows, a power of two. */
  constructor(capacity = 1024, most = MOST_VALUES) {
    this.#most = most;
    if ((capacity & (capacity - 1)) !== 0) throw new RangeError(`no power of two: ${capacity}`);
    this.bytes = new Uint8Array(capacity * SECTOR_BYTES);
    this.#words = new Int32Array(this.bytes.buffer);
    this.#low = new Int32Array(capacity);
    this.#high = new Int32Array(capacity);
    this.#index = new Int32Array(capacity * 2);
    this.#intern(); // the zero sector is value 0
  }

  /** How many distinct values there are. */
  get count(): number {
    return this.#count;
  }

  /** The value of the 512 bytes at `from`. */
  intern(bytes: Uint8Array, from = 0): number {
    if (from + SECTOR_BYTES > bytes.length) throw new RangeError('a sector has 512 bytes');
    this.#scratch.set(bytes.subarray(from, from + SECTOR_BYTES));
    return this.#intern();
  }

  /** A view of a value's 512 bytes, good until the pool grows. */
  view(value: number): Uint8Array {
    return this.bytes.subarray(value * SECTOR_BYTES, (value + 1) * SECTOR_BYTES);
  }

  /**
   * Little-endian, like every format here. `at` is a byte offset in [0, 512), aligned to the width.
   */
  u8(value: number, at: number): number {
    return this.bytes[value * SECTOR_BYTES + at]!;
  }

  u16(value: number, at: number): number {
    const from = value * SECTOR_BYTES + at;
    return this.bytes[from]! | (this.bytes[from + 1]! << 8);
  }

  u32(value: number, at: number): number {
    return this.#words[value * WORDS + (at >> 2)]! >>> 0;
  }

  /** The value with one byte replaced. */
  withU8(value: number, at: number, byte: number): number {
    return this.#patched(value, at, 1, byte, 0);
  }

  /** The value with two bytes replaced, at an even offset. */
  withU16(value: number, at: number, word: number): number {
    return this.#patched(value, at, 2, word, 0);
  }

  /** The value with four bytes replaced, at an offset that is a multiple of 4. */
  withU32(value: number, at: number, word: number): number {
    return this.#patched(value, at, 4, word | 0, 0);
  }

  /** The value with eight bytes replaced, at an offset that is a multiple of 4. */
  withTwoU32(value: number, at: number, first: number, second: number): number {
    return this.#patched(value, at, 8, first | 0, second | 0);
  }

  /** The value with bytes [from, to) taken from another value. */
  spliced(value: number, from: number, to: number, other: number): number {
    return this.#patched(value, from, 16, to, other);
  }

  /** The value with the bytes of `patch` at `at`. Not remembered: for patches of many bytes. */
  withBytes(value: number, at: number, patch: Uint8Array): number {
    if (at + patch.length > SECTOR_BYTES) throw new RangeError('the patch leaves the sector');
    this.#load(value);
    this.#scratch.set(patch, at);
    return this.#intern();
  }

  /** 64 bits that depend on the bytes alone, not on the order in which values were made. */
  digestLow(value: number): number {
    return this.#low[value]!;
  }

  digestHigh(value: number): number {
    return this.#high[value]!;
  }

  /**
   * Forgets every value from `count` on, and all patches. For a world that starts anew and holds
   * values below `count` only; it keeps memory flat over any number of runs.
   */
  forgetFrom(count: number): void {
    if (count < 1) throw new RangeError('the zero sector stays');
    this.#count = count;
    this.#patches.forget();
    this.#reindex();
  }

  #patched(value: number, at: number, kind: number, patch: number, second: number): number {
    const place = (at << 5) | kind;
    const known = this.#patches.find(value, place, patch, second);
    if (known !== -1) return known;
    const result = this.#applied(value, at, kind, patch, second);
    this.#patches.remember(value, place, patch, second, result);
    return result;
  }

  #applied(value: number, at: number, kind: number, patch: number, second: number): number {
    this.#load(value);
    if (kind === 16) {
      const from = second * SECTOR_BYTES;
      this.#scratch.set(this.bytes.subarray(from + at, from + patch), at);
      return this.#intern();
    }
    this.#scratch[at] = patch;
    if (kind >= 2) this.#scratch[at + 1] = patch >> 8;
    if (kind >= 4) this.#scratchWords[at >> 2] = patch;
    if (kind === 8) this.#scratchWords[(at >> 2) + 1] = second;
    return this.#intern();
  }

  #load(value: number): void {
    const from = value * SECTOR_BYTES;
    this.#scratch.set(this.bytes.subarray(from, from + SECTOR_BYTES));
  }

  /** The value of what stands in scratch. */
  #intern(): number {
    let low = 0x811c9dc5 | 0;
    let high = 0x2545f491 | 0;
    const words = this.#scratchWords;
    for (let i = 0; i < WORDS; i++) {
      const word = words[i]!;
      low = Math.imul(low ^ word, 0x01000193);
      low = (low << 13) | (low >>> 19);
      high = Math.imul((high << 7) | (high >>> 25), 0x5bd1e995) ^ word;
    }
    low = mixed(low);
    high = mixed(high);
    const mask = this.#index.length - 1;
    let slot = low & mask;
    for (;;) {
      const held = this.#index[slot]! - 1;
      if (held === -1) break;
      if (this.#low[held] === low && this.#high[held] === high && this.#equalsScratch(held))
        return held;
      slot = (slot + 1) & mask;
    }
    return this.#add(low, high);
  }

  #equalsScratch(value: number): boolean {
    const from = value * WORDS;
    for (let i = 0; i < WORDS; i++) {
      if (this.#words[from + i] !== this.#scratchWords[i]) return false;
    }
    return true;
  }

  #add(low: number, high: number): number {
    if (this.#count === this.#low.length) this.#grow();
    const value = this.#count++;
    this.bytes.set(this.#scratch, value * SECTOR_BYTES);
    this.#low[value] = low;
    this.#high[value] = high;
    this.#place(value);
    return value;
  }

  #place(value: number): void {
    const mask = this.#index.length - 1;
    let slot = this.#low[value]! & mask;
    while (this.#index[slot] !== 0) slot = (slot + 1) & mask;
    this.#index[slot] = value + 1;
  }

  #reindex(): void {
    this.#index.fill(0);
    for (let value = 0; value < this.#count; value++) this.#place(value);
  }

  #grow(): void {
    const capacity = this.#low.length * 2;
    if (capacity > this.#most) {
      throw new TooManySectors(`more than ${this.#most} distinct sectors`);
    }
    const bytes = new Uint8Array(capacity * SECTOR_BYTES);
    bytes.set(this.bytes);
    this.bytes = bytes;
    this.#words = new Int32Array(bytes.buffer);
    const low = new Int32Array(capacity);
    low.set(this.#low);
    this.#low = low;
    const high = new Int32Array(capacity);
    high.set(this.#high);
    this.#high = high;
    this.#index = new Int32Array(capacity * 2);
    this.#reindex();
  }
}

/** The finaliser of MurmurHash3: every input bit reaches every output bit. */
function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
