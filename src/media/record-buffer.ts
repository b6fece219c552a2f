/**
 * The record as it stands in memory: what is marked and cleared there, and what a flush has to
 * write.
 */
import type { Bank } from '../sim/arena.js';
import { MORE, imageOver, type RecordFormat, type RecordImage } from './record-format.js';

/** Behind the numbers of the next write: why a flush is due, and whether a device writes now. */
const TOUCHED = 3;
const UNDER_WRITE = 4;
const NUMBERS = 5;
/** Bits of the first of them: something was marked, something was cleared. */
const MARKED = 1;
const CLEARED = 2;

export class RecordBuffer {
  readonly format: RecordFormat;
  readonly image: RecordImage;
  /**
   * Sectors [from, end) of the next write, whether more follow, whether a flush is due, and whether
   * a device writes the image now.
   */
  readonly next: Int32Array;

  constructor(format: RecordFormat, image: RecordImage, next: Int32Array) {
    this.format = format;
    this.image = image;
    this.next = next;
  }

  reset(clean: boolean): void {
    this.format.format(this.image, clean);
  }

  mark(region: number): void {
    this.#mayChange();
    if (this.format.mark(this.image, region)) this.#touch(MARKED);
  }

  clear(region: number): void {
    this.#mayChange();
    if (this.format.clear(this.image, region)) this.#touch(CLEARED);
  }

  /** The flag of the record as a whole, where it has one. */
  setActive(active: boolean): void {
    this.#mayChange();
    if (this.format.setActive(this.image, active)) this.#touch(active ? MARKED : CLEARED);
  }

  get isActive(): boolean {
    return this.format.isActive(this.image);
  }

  /** `touched_dirtied`: the next flush makes something marked. */
  get hasMarked(): boolean {
    return (this.next[TOUCHED]! & MARKED) !== 0;
  }

  /** `touched_cleaned`: the next flush makes something clean. */
  get hasCleared(): boolean {
    return (this.next[TOUCHED]! & CLEARED) !== 0;
  }

  get isTouched(): boolean {
    return this.next[TOUCHED] !== 0;
  }

  /** Whether a flush has to write; asking takes the answer. */
  takeTouched(): boolean {
    const touched = this.next[TOUCHED] !== 0;
    this.next[TOUCHED] = 0;
    return touched;
  }

  /** The next write of a flush, in {@link next}. */
  prepare(): void {
    this.#mayChange();
    this.format.prepare(this.image, this.next);
  }

  /** Brings the image up to what all writes of a flush would leave. */
  complete(): void {
    do this.prepare();
    while (this.next[MORE] === 1);
  }

  /** A device reads the image sector by sector, as it writes it. */
  writeBegins(): void {
    this.next[UNDER_WRITE] = 1;
  }

  writeEnds(): void {
    this.next[UNDER_WRITE] = 0;
  }

  #mayChange(): void {
    if (this.next[UNDER_WRITE] === 1) throw new Error('the record changes while it is written');
  }

  #touch(how: number): void {
    this.next[TOUCHED] = this.next[TOUCHED]! | how;
  }
}

/** A buffer that lives in an arena. */
export function bufferIn(state: Bank, format: RecordFormat): RecordBuffer {
  const image = { ...state.views(format.bytes), memory: state.i32(format.remembers) };
  return new RecordBuffer(format, image, state.i32(NUMBERS));
}

/** The buffer of a driver that attaches to these bytes; it changes them. */
export function reopened(format: RecordFormat, bytes: Uint8Array): RecordBuffer {
  const image = imageOver(bytes, new Int32Array(format.remembers));
  format.recall(image);
  return new RecordBuffer(format, image, new Int32Array(NUMBERS));
}
