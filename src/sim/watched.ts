/**
 * Arrays that tell a footprint what is read and written in them; for all else they are what they
 * are.
 *
 * Whoever asks for what cannot be told, such as the buffer below, is refused: a read that nobody
 * hears of would make two states one that are not.
 */
import type { Footprint, Stretch } from './footprint.js';

export type Numbers = Int32Array | Uint8Array | Float64Array;

/** The same bytes in three ways. */
export interface ByteViews {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  readonly view: DataView;
}

/** `stretch` begins at or before the array, on the same buffer. */
export function watchedArray<T extends Numbers>(
  array: T,
  stretch: Stretch,
  footprint: Footprint,
): T {
  const told = new Told(array, stretch, footprint);
  const size = array.BYTES_PER_ELEMENT;
  return new Proxy(array, {
    get(target, key) {
      const index = indexOf(key);
      if (index === undefined) return methodOf(target, key, told);
      if (index < target.length) told.read(index * size, size);
      return target[index];
    },
    set(target, key, value: number) {
      const index = indexOf(key);
      if (index === undefined) return false;
      if (index < target.length) told.write(index * size, size);
      target[index] = value;
      return true;
    },
  });
}

export function watchedView(view: DataView, stretch: Stretch, footprint: Footprint): DataView {
  const told = new Told(view, stretch, footprint);
  return new Proxy(view, {
    get(target, key) {
      if (key === 'byteLength') return target.byteLength;
      const [, how, bits] = /^([gs]et)[A-Za-z]+(\d+)$/.exec(String(key)) ?? refuse(key);
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== 'function') return refuse(key);
      return (at: number, ...more: unknown[]): unknown => {
        const size = Number(bits) / 8;
        if (how === 'get') told.read(at, size);
        else told.write(at, size);
        return Reflect.apply(method, target, [at, ...more]);
      };
    },
  });
}

/** Bytes of an array, as bits of words of its stretch. */
class Told {
  readonly #offset: number;
  readonly #stretch: Stretch;
  readonly #footprint: Footprint;

  constructor(on: ArrayBufferView, stretch: Stretch, footprint: Footprint) {
    this.#offset = on.byteOffset - stretch.words.byteOffset;
    this.#stretch = stretch;
    this.#footprint = footprint;
  }

  /** Another view of the same stretch. */
  also<T extends Numbers>(array: T): T {
    return watchedArray(array, this.#stretch, this.#footprint);
  }

  read(from: number, size: number): void {
    if (!this.#footprint.isOpen) return;
    this.#eachWord(from, size, (word, bits) => {
      this.#footprint.reads(this.#stretch, word, bits);
    });
  }

  write(from: number, size: number): void {
    if (!this.#footprint.isOpen) return;
    this.#eachWord(from, size, (word, bits) => {
      this.#footprint.writes(this.#stretch, word, bits);
    });
  }

  #eachWord(from: number, size: number, tell: (word: number, bits: number) => void): void {
    const first = this.#offset + from;
    for (let at = first; at < first + size; at = (at | 3) + 1) {
      const end = Math.min((at | 3) + 1, first + size);
      const bits = (-1 >>> (32 - 8 * (end - at))) << (8 * (at & 3));
      tell(at >> 2, bits);
    }
  }
}

function indexOf(key: string | symbol): number | undefined {
  if (typeof key === 'symbol') return undefined;
  const index = Number(key);
  return Number.isInteger(index) && index >= 0 ? index : undefined;
}

/** Those of plain arrays go through the elements one by one. */
const ELEMENT_BY_ELEMENT = [
  ...['indexOf', 'lastIndexOf', 'includes', 'find', 'findIndex', 'at', 'join', 'forEach'],
  ...['every', 'some', 'reduce', 'keys', 'entries', 'values', 'copyWithin', 'reverse'],
];

function methodOf(target: Numbers, key: string | symbol, told: Told): unknown {
  const size = target.BYTES_PER_ELEMENT;
  if (key === 'length') return target.length;
  if (key === Symbol.iterator) return Array.prototype[Symbol.iterator];
  if (key === 'set') {
    return (from: ArrayLike<number>, at = 0) => {
      target.set(from, at);
      told.write(at * size, from.length * size);
    };
  }
  if (key === 'fill') {
    return (value: number, from = 0, end = target.length) => {
      target.fill(value, from, end);
      told.write(from * size, (end - from) * size);
    };
  }
  if (key === 'subarray') {
    return (from?: number, end?: number) => told.also(target.subarray(from, end));
  }
  if (ELEMENT_BY_ELEMENT.includes(String(key))) return Reflect.get(Array.prototype, key);
  const method: unknown = Reflect.get(target, key);
  return isCallable(method) ? bluntly(method, target, told) : refuse(key);
}

type Callable = (...args: unknown[]) => unknown;

function isCallable(value: unknown): value is Callable {
  return typeof value === 'function';
}

/** Whatever else it is: as if it read all of the array, and wrote all of it. */
function bluntly(method: Callable, target: Numbers, told: Told): Callable {
  return (...args: unknown[]): unknown => {
    told.read(0, target.byteLength);
    const answer: unknown = Reflect.apply(method, target, args);
    told.write(0, target.byteLength);
    return answer;
  };
}

function refuse(key: string | symbol): never {
  throw new Error(`a watched array cannot tell who uses its '${String(key)}'`);
}
