/**
 * Saves and restores words and maps by what differs from the moment at which they were sealed.
 *
 * A world holds some thousand words of which some fifty change between boot and any one state:
 * comparing a word costs a nanosecond, keeping it costs memory for every state that is remembered.
 */
import type { Snapshot } from './snapshot.js';
import type { TouchedMap } from './touched-map.js';

export class Differences {
  readonly #chunks: readonly Int32Array[];
  readonly #sealed: readonly Int32Array[];
  /** The place of the first word of each chunk, and of entry 0 of each map. */
  readonly #chunkPlaces: readonly number[];
  readonly #maps: readonly TouchedMap[];
  readonly #mapPlaces: readonly number[];

  constructor(chunks: readonly Int32Array[], maps: readonly TouchedMap[]) {
    this.#chunks = chunks;
    this.#sealed = chunks.map((chunk) => chunk.slice());
    this.#maps = maps;
    let place = 0;
    const placeOf = ({ length }: { readonly length: number }): number => {
      const own = place;
      place += length;
      return own;
    };
    this.#chunkPlaces = chunks.map(placeOf);
    this.#mapPlaces = maps.map(({ values }) => placeOf(values));
  }

  save(into: Snapshot): void {
    into.clear();
    for (let n = 0; n < this.#chunks.length; n++) {
      compare(this.#chunks[n]!, this.#sealed[n]!, this.#chunkPlaces[n]!, into);
    }
    for (let n = 0; n < this.#maps.length; n++) {
      const map = this.#maps[n]!;
      for (let t = 0; t < map.touchedCount; t++) {
        const index = map.touched(t);
        const value = map.values[index]!;
        if (value !== map.base(index)) into.add(this.#mapPlaces[n]! + index, value);
      }
    }
  }

  /** Pairs stand in the order of save: chunk after chunk, then map after map. */
  restore({ pairs, length }: Snapshot): void {
    let at = 0;
    for (let n = 0; n < this.#chunks.length; n++) {
      const chunk = this.#chunks[n]!;
      const first = this.#chunkPlaces[n]!;
      const end = first + chunk.length;
      chunk.set(this.#sealed[n]!);
      for (; at < length && pairs[at]! < end; at += 2) chunk[pairs[at]! - first] = pairs[at + 1]!;
    }
    for (let n = 0; n < this.#maps.length; n++) {
      const map = this.#maps[n]!;
      const first = this.#mapPlaces[n]!;
      const end = first + map.values.length;
      map.reset();
      for (; at < length && pairs[at]! < end; at += 2) map.set(pairs[at]! - first, pairs[at + 1]!);
    }
  }
}

/** Most words never change: eight at a time are passed over with one branch. */
function compare(chunk: Int32Array, sealed: Int32Array, first: number, into: Snapshot): void {
  const { length } = chunk;
  for (let from = 0; from < length; from += 8) {
    const changed =
      (chunk[from]! ^ sealed[from]!) |
      (chunk[from + 1]! ^ sealed[from + 1]!) |
      (chunk[from + 2]! ^ sealed[from + 2]!) |
      (chunk[from + 3]! ^ sealed[from + 3]!) |
      (chunk[from + 4]! ^ sealed[from + 4]!) |
      (chunk[from + 5]! ^ sealed[from + 5]!) |
      (chunk[from + 6]! ^ sealed[from + 6]!) |
      (chunk[from + 7]! ^ sealed[from + 7]!);
    if (changed === 0) continue;
    for (let word = from; word < from + 8; word++) {
      const value = chunk[word]!;
      if (value !== sealed[word]) into.add(first + word, value);
    }
  }
}
