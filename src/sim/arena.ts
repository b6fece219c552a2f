/**
 * All that lives between two events stands here, in typed arrays, so that a world can be made as
 * new, or as it was.
 *
 * Three banks: *state* is what a run is; *clock* is when; *meters* only count and change nothing
 * that happens. What is dead is zeroed when it dies. What never changes stays outside.
 *
 * State and clock can be saved and restored; meters cannot: after a restore they tell of no one
 * run.
 */
import { Differences } from './differences.js';
import type { Footprint } from './footprint.js';
import type { Snapshot } from './snapshot.js';
import { TouchedMap } from './touched-map.js';
import { watchedArray, watchedView, type ByteViews, type Numbers } from './watched.js';

export interface Arena {
  /** What is told of who reads and writes here; undefined: nothing is. */
  readonly footprint: Footprint | undefined;
  readonly state: Bank;
  readonly clock: Bank;
  readonly meters: Bank;
  /** Every number back to 0, every map back to its base. */
  reset(): void;
  /** Meters alone back to 0. */
  resetMeters(): void;
  /** From here on snapshots hold what differs from now. Those of before are no longer good. */
  seal(): void;
  /** `hashed`: its 64 bits are those of now already. */
  save(into: Snapshot, hashed?: boolean): void;
  /** The 64 bits alone: what save would give, for less. */
  hash(into: Snapshot): void;
  restore(from: Snapshot): void;
  /** The same as restore of what was restored last, for less. */
  restoreAgain(from: Snapshot): void;
  /** A copy of all that is saved, by place, and of what snapshots are told apart from. */
  placed(): Placed;
}

export interface Placed {
  readonly now: Int32Array;
  readonly base: Int32Array;
}

export interface Bank {
  i32(length: number): Int32Array;
  u8(length: number): Uint8Array;
  f64(length: number): Float64Array;
  /** Whole words of bytes, to be read and written by whichever view. */
  views(bytes: number): ByteViews;
  /**
   * A map over a base that it never changes: resetting it costs what was touched, whatever its
   * size.
   */
  map(base: Int32Array): TouchedMap;
}

/** `footprint`: what state and clock tell of who reads and writes there. It costs a lot. */
export function arena(footprint?: Footprint): Arena {
  const state = new ChunkedBank(footprint);
  const clock = new ChunkedBank(footprint);
  const meters = new ChunkedBank(undefined);
  let differences: Differences | undefined;
  const sealed = (): Differences => {
    if (differences === undefined) throw new Error('an arena is sealed before it is saved');
    return differences;
  };
  return {
    footprint,
    state,
    clock,
    meters,
    reset() {
      state.reset();
      clock.reset();
      meters.reset();
    },
    resetMeters() {
      meters.reset();
    },
    seal() {
      const chunks = [...state.words(), ...clock.words()];
      differences = new Differences(chunks, [...state.maps, ...clock.maps]);
      for (const stretch of footprint?.stretches ?? []) {
        stretch.first = differences.placeOf(stretch.words);
      }
    },
    save(into, hashed = false) {
      sealed().save(into, hashed);
    },
    hash(into) {
      sealed().hash(into);
    },
    restore(from) {
      sealed().restore(from);
    },
    restoreAgain(from) {
      sealed().restoreAgain(from);
    },
    placed() {
      return sealed().placed();
    },
  };
}

const CHUNK_BYTES = 1 << 16;
/** Chunks are compared a line at a time. */
const LINE_BYTES = 64;

/** Hands out arrays from a few large buffers, so that a reset is a few fills. */
class ChunkedBank implements Bank {
  readonly maps: TouchedMap[] = [];
  readonly #chunks: { words: Float64Array; used: number }[] = [];
  readonly #footprint: Footprint | undefined;

  constructor(footprint: Footprint | undefined) {
    this.#footprint = footprint;
  }

  i32(length: number): Int32Array {
    const [buffer, offset] = this.#take(length * 4);
    return this.#told(new Int32Array(buffer, offset, length));
  }

  u8(length: number): Uint8Array {
    const [buffer, offset] = this.#take(length);
    return this.#told(new Uint8Array(buffer, offset, length));
  }

  f64(length: number): Float64Array {
    const [buffer, offset] = this.#take(length * 8);
    return this.#told(new Float64Array(buffer, offset, length));
  }

  views(bytes: number): ByteViews {
    const [buffer, offset] = this.#take(bytes);
    const words = new Int32Array(buffer, offset, bytes >> 2);
    const view = new DataView(buffer, offset, bytes);
    const footprint = this.#footprint;
    return {
      bytes: this.#told(new Uint8Array(buffer, offset, bytes)),
      words: this.#told(words),
      view: footprint === undefined ? view : watchedView(view, footprint.covers(words), footprint),
    };
  }

  map(base: Int32Array): TouchedMap {
    const map = new TouchedMap(base, (values) => this.#told(values));
    this.maps.push(map);
    return map;
  }

  #told<T extends Numbers>(array: T): T {
    const footprint = this.#footprint;
    if (footprint === undefined) return array;
    const { buffer, byteOffset, byteLength } = array;
    const words = new Int32Array(buffer, byteOffset, (byteLength + 3) >> 2);
    return watchedArray(array, footprint.covers(words), footprint);
  }

  reset(): void {
    for (const chunk of this.#chunks) chunk.words.fill(0, 0, chunk.used >> 3);
    for (const map of this.maps) map.reset();
  }

  /** What was handed out, as words; the last line of them is filled up with zeroes. */
  words(): Int32Array[] {
    return this.#chunks.map(({ words, used }) => {
      return new Int32Array(words.buffer, 0, Math.ceil(used / LINE_BYTES) * (LINE_BYTES / 4));
    });
  }

  #take(bytes: number): [ArrayBuffer, number] {
    const size = (bytes + 7) & ~7;
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || chunk.used + size > chunk.words.byteLength) {
      const whole = Math.ceil(size / LINE_BYTES) * LINE_BYTES;
      const buffer = new ArrayBuffer(Math.max(CHUNK_BYTES, whole));
      chunk = { words: new Float64Array(buffer), used: 0 };
      this.#chunks.push(chunk);
    }
    const offset = chunk.used;
    chunk.used += size;
    const buffer = chunk.words.buffer;
    if (!(buffer instanceof ArrayBuffer)) throw new Error('a bank has plain buffers');
    return [buffer, offset];
  }
}
