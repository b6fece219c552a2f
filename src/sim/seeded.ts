/**
 * Entropy from a seed: one seedrandom root that keys a small generator for each stream.
 *
 * seedrandom's alea mixes the text of the seed well, also for neighbouring seeds, but costs a
 * microsecond to make. Each stream is an sfc32 (Chris Doty-Humphrey's small fast counter, 128 bits
 * of state, passes PractRand), keyed by four words of the root and the stream's name.
 */
import alea from 'seedrandom/lib/alea.js';
import { LARGEST_BOUND, type Entropy, type Stream } from './entropy.js';

/** Up to this bound one 32-bit word answers. */
const SMALL_BOUND = 2 ** 20;
const WORD = 2 ** 32;
/** Exact, being a power of two, and quicker than a division. */
const PER_WORD = 1 / WORD;

/** `seed` is text: a number and its text would differ in seedrandom. */
export function seeded(seed: string): Entropy {
  const root = alea(seed);
  const key = Int32Array.from([root.int32(), root.int32(), root.int32(), root.int32()]);
  return { stream: (name) => new SmallFastCounter(key, name) };
}

/** Keyed at its first question: of most streams a short run asks none. */
class SmallFastCounter implements Stream {
  readonly #key: Int32Array;
  readonly #name: string;
  #isKeyed = false;
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  constructor(key: Int32Array, name: string) {
    this.#key = key;
    this.#name = name;
  }

  choose(bound: number): number {
    if (!this.#isKeyed) this.#start();
    return bound <= SMALL_BOUND ? this.#small(bound) : this.#large(bound);
  }

  #start(): void {
    const key = this.#key;
    this.#isKeyed = true;
    this.#a = key[0]! ^ hashOf(this.#name, key[3]!);
    this.#b = key[1]!;
    this.#c = key[2]!;
    for (let round = 0; round < 12; round++) this.#word();
  }

  /** Lemire's multiply and reject: exact, mostly without a division. */
  #small(bound: number): number {
    for (;;) {
      const product = (this.#word() >>> 0) * bound;
      const low = product >>> 0;
      if (low >= bound || low >= WORD % bound) return (product - low) * PER_WORD;
    }
  }

  #large(bound: number): number {
    const share = Math.floor(LARGEST_BOUND / bound);
    for (;;) {
      const high = (this.#word() >>> 0) & 0x1fffff;
      const answer = Math.floor((high * WORD + (this.#word() >>> 0)) / share);
      if (answer < bound) return answer;
    }
  }

  #word(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum;
  }
}

/** FNV-1a with a start of its own for each seed, finished as MurmurHash3 is. */
function hashOf(text: string, start: number): number {
  let hash = start ^ 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
