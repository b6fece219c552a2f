/**
 * All that lives between two events stands here, in typed arrays, so that a world can be made as
 * new.
 *
 * Three banks: *state* is what a run is; *clock* is when; *meters* only count and change nothing
 * that happens. What is dead is zeroed when it dies. What never changes stays outside.
 */
export interface Arena {
  readonly state: Bank;
  readonly clock: Bank;
  readonly meters: Bank;
  /** Every number back to 0, every map back to its base. */
  reset(): void;
}

export interface Bank {
  i32(length: number): Int32Array;
  u8(length: number): Uint8Array;
  f64(length: number): Float64Array;
  /**
   * A map over a base that it never changes: resetting it costs what was touched, whatever its
   * size.
   */
  map(base: Int32Array): TouchedMap;
}

export function arena(): Arena {
  const state = new ChunkedBank();
  const clock = new ChunkedBank();
  const meters = new ChunkedBank();
  return {
    state,
    clock,
    meters,
    reset() {
      state.reset();
      clock.reset();
      meters.reset();
    },
  };
}

/** Numbers over a base of which few change in a run. */
export class TouchedMap {
  /** Read freely; written by {@link set} alone. */
  readonly values: Int32Array;
  readonly #base: Int32Array;
  readonly #isTouched: Uint8Array;
  readonly #touched: Int32Array;
  #count = 0;

  constructor(base: Int32Array) {
    this.#base = base;
    this.values = base.slice();
    this.#isTouched = new Uint8Array(base.length);
    this.#touched = new Int32Array(base.length);
  }

  set(index: number, value: number): void {
    if (this.#isTouched[index] === 0) {
      this.#isTouched[index] = 1;
      this.#touched[this.#count++] = index;
    }
    this.values[index] = value;
  }

  /** How many entries were ever set since the last reset; {@link touched} numbers them. */
  get touchedCount(): number {
    return this.#count;
  }

  touched(n: number): number {
    return this.#touched[n]!;
  }

  base(index: number): number {
    return this.#base[index]!;
  }

  reset(): void {
    for (let n = 0; n < this.#count; n++) {
      const index = this.#touched[n]!;
      this.values[index] = this.#base[index]!;
      this.#isTouched[index] = 0;
    }
    this.#count = 0;
  }
}

const CHUNK_BYTES = 1 << 16;

/** Hands out arrays from a few large buffers, so that a reset is a few fills. */
class ChunkedBank implements Bank {
  readonly #chunks: { words: Float64Array; used: number }[] = [];
  readonly #maps: TouchedMap[] = [];

  i32(length: number): Int32Array {
    const [buffer, offset] = this.#take(length * 4);
    return new Int32Array(buffer, offset, length);
  }

  u8(length: number): Uint8Array {
    const [buffer, offset] = this.#take(length);
    return new Uint8Array(buffer, offset, length);
  }

  f64(length: number): Float64Array {
    const [buffer, offset] = this.#take(length * 8);
    return new Float64Array(buffer, offset, length);
  }

  map(base: Int32Array): TouchedMap {
    const map = new TouchedMap(base);
    this.#maps.push(map);
    return map;
  }

  reset(): void {
    for (const chunk of this.#chunks) chunk.words.fill(0, 0, chunk.used >> 3);
    for (const map of this.#maps) map.reset();
  }

  #take(bytes: number): [ArrayBuffer, number] {
    const size = (bytes + 7) & ~7;
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || chunk.used + size > chunk.words.byteLength) {
      const buffer = new ArrayBuffer(Math.max(CHUNK_BYTES, size));
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
