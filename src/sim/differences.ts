/**
 * Saves and restores words and maps by what differs from the moment at which they were sealed.
 *
 * A world holds some thousand words of which some fifty change between boot and any one state, and
 * a handful in one event: comparing a word costs a nanosecond, hashing it ten, keeping it memory
 * for every state that is remembered. So a copy of the words stands where the last state was
 * restored. What one event changed is seen beside it, and going back there is a copy.
 */
import type { Snapshot } from './snapshot.js';
import { StateHash } from './state-hash.js';
import type { TouchedMap } from './touched-map.js';

/** Whole lines of 32-bit words, and the same two by two: to compare costs a third so. */
class Words {
  readonly words: Int32Array;
  readonly pairs: BigInt64Array;

  constructor(words: Int32Array) {
    this.words = words;
    this.pairs = new BigInt64Array(words.buffer, words.byteOffset, words.length / 2);
  }
}

/** A line is sixteen words. */
const LINE_PAIRS = 8;

export class Differences {
  readonly #chunks: readonly Words[];
  readonly #sealed: readonly Words[];
  /** As restored last; sealed until then. */
  readonly #stand: readonly Words[];
  /** Of the words that stand there; maps are small and hashed anew each time. */
  readonly #standHash = new StateHash();
  readonly #hash = new StateHash();
  /** The place of the first word of each chunk, and of entry 0 of each map. */
  readonly #chunkPlaces: readonly number[];
  readonly #maps: readonly TouchedMap[];
  readonly #mapPlaces: readonly number[];

  /** `chunks`: whole lines. */
  constructor(chunks: readonly Int32Array[], maps: readonly TouchedMap[]) {
    this.#chunks = chunks.map((chunk) => new Words(chunk));
    this.#sealed = chunks.map((chunk) => new Words(chunk.slice()));
    this.#stand = chunks.map((chunk) => new Words(chunk.slice()));
    this.#maps = maps;
    let place = 0;
    const placeOf = ({ length }: { readonly length: number }): number => {
      const own = place;
      place += length;
      return own;
    };
    this.#chunkPlaces = chunks.map(placeOf);
    this.#mapPlaces = maps.map(placeOf);
  }

  /** The place of the first of these words, which stand in a chunk or in a map. */
  placeOf(words: Int32Array): number {
    const map = this.#maps.findIndex((each) => each.isOver(words));
    if (map !== -1) return this.#mapPlaces[map]!;
    const chunk = this.#chunks.findIndex((each) => each.words.buffer === words.buffer);
    if (chunk === -1) throw new Error('these words do not stand in the arena');
    return this.#chunkPlaces[chunk]! + (words.byteOffset >> 2);
  }

  placed(): { readonly now: Int32Array; readonly base: Int32Array } {
    const now = this.#chunks.flatMap(({ words }) => [...words]);
    const base = this.#sealed.flatMap(({ words }) => [...words]);
    for (const map of this.#maps) {
      for (let index = 0; index < map.length; index++) {
        now.push(map.now(index));
        base.push(map.base(index));
      }
    }
    return { now: Int32Array.from(now), base: Int32Array.from(base) };
  }

  /** The 64 bits of what is now; the pairs of the snapshot stay what they were. */
  hash(into: Snapshot): void {
    const hash = this.#hash;
    hash.set(this.#standHash.low, this.#standHash.high);
    for (let n = 0; n < this.#chunks.length; n++) {
      hashChanges(this.#chunks[n]!, this.#stand[n]!, this.#sealed[n]!, this.#chunkPlaces[n]!, hash);
    }
    for (let n = 0; n < this.#maps.length; n++) {
      const map = this.#maps[n]!;
      for (let t = 0; t < map.touchedCount; t++) {
        const index = map.touched(t);
        const value = map.now(index);
        if (value !== map.base(index)) hash.add(this.#mapPlaces[n]! + index, value);
      }
    }
    into.low = hash.low;
    into.high = hash.high;
  }

  save(into: Snapshot, hashed: boolean): void {
    if (!hashed) this.hash(into);
    into.length = 0;
    for (let n = 0; n < this.#chunks.length; n++) {
      collect(this.#chunks[n]!, this.#sealed[n]!, this.#chunkPlaces[n]!, into);
    }
    for (let n = 0; n < this.#maps.length; n++) {
      const map = this.#maps[n]!;
      for (let t = 0; t < map.touchedCount; t++) {
        const index = map.touched(t);
        const value = map.now(index);
        if (value !== map.base(index)) into.add(this.#mapPlaces[n]! + index, value);
      }
    }
  }

  /** Pairs stand in the order of save: chunk after chunk, then map after map. */
  restore(from: Snapshot): void {
    const { pairs, length } = from;
    const hash = this.#standHash;
    hash.set(from.low, from.high);
    let at = 0;
    for (let n = 0; n < this.#chunks.length; n++) {
      const stand = this.#stand[n]!.words;
      const first = this.#chunkPlaces[n]!;
      const end = first + stand.length;
      stand.set(this.#sealed[n]!.words);
      for (; at < length && pairs[at]! < end; at += 2) stand[pairs[at]! - first] = pairs[at + 1]!;
    }
    for (let pair = at; pair < length; pair += 2) hash.remove(pairs[pair]!, pairs[pair + 1]!);
    this.#goBack(from, at);
  }

  /** Once more to what {@link restore} was given last. */
  restoreAgain(from: Snapshot): void {
    const { pairs, length } = from;
    const firstOfMaps = this.#mapPlaces[0] ?? Infinity;
    let at = length;
    while (at > 0 && pairs[at - 2]! >= firstOfMaps) at -= 2;
    this.#goBack(from, at);
  }

  #goBack({ pairs, length }: Snapshot, mapPairsFrom: number): void {
    for (let n = 0; n < this.#chunks.length; n++) {
      this.#chunks[n]!.words.set(this.#stand[n]!.words);
    }
    let at = mapPairsFrom;
    for (let n = 0; n < this.#maps.length; n++) {
      const map = this.#maps[n]!;
      const first = this.#mapPlaces[n]!;
      const end = first + map.length;
      map.reset();
      for (; at < length && pairs[at]! < end; at += 2) map.set(pairs[at]! - first, pairs[at + 1]!);
    }
  }
}

/** Most words never change: sixteen at a time are passed over with one branch. */
function hashChanges(now: Words, stand: Words, sealed: Words, first: number, hash: StateHash) {
  const chunk = now.words;
  const before = stand.words;
  const own = sealed.words;
  const lines = now.pairs.length;
  for (let line = 0; line < lines; line += LINE_PAIRS) {
    if (isSame(now.pairs, stand.pairs, line)) continue;
    const end = (line + LINE_PAIRS) * 2;
    for (let word = line * 2; word < end; word++) {
      const value = chunk[word]!;
      const was = before[word]!;
      if (value === was) continue;
      if (was !== own[word]) hash.remove(first + word, was);
      if (value !== own[word]) hash.add(first + word, value);
    }
  }
}

function collect(now: Words, sealed: Words, first: number, into: Snapshot): void {
  const chunk = now.words;
  const own = sealed.words;
  const lines = now.pairs.length;
  for (let line = 0; line < lines; line += LINE_PAIRS) {
    if (isSame(now.pairs, sealed.pairs, line)) continue;
    const end = (line + LINE_PAIRS) * 2;
    for (let word = line * 2; word < end; word++) {
      const value = chunk[word]!;
      if (value !== own[word]) into.add(first + word, value);
    }
  }
}

function isSame(one: BigInt64Array, two: BigInt64Array, at: number): boolean {
  return (
    one[at] === two[at] &&
    one[at + 1] === two[at + 1] &&
    one[at + 2] === two[at + 2] &&
    one[at + 3] === two[at + 3] &&
    one[at + 4] === two[at + 4] &&
    one[at + 5] === two[at + 5] &&
    one[at + 6] === two[at + 6] &&
    one[at + 7] === two[at + 7]
  );
}
