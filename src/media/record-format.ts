/**
 * The seam of the durable records: how one kind of record stands on its device.
 *
 * A format knows the bytes and nothing of time: it marks and clears in an image in memory, says
 * which sectors a flush has to write, and what recovery will copy, as a function of what is
 * durable. One format serves one geometry and keeps no state: what it has to remember beside the
 * bytes stands in the image's `memory`.
 */
import type { ByteViews } from '../sim/watched.js';

export const RECORD_KINDS = [
  'dm-log',
  'core',
  'md',
  'md-safemode',
  'md-llbitmap',
  'activity-log',
] as const;

export type RecordKind = (typeof RECORD_KINDS)[number];

/** The bytes of a record, and what its driver remembers beside them. */
export interface RecordImage extends ByteViews {
  readonly memory: Int32Array;
}

export interface RecordFormat {
  readonly kind: RecordKind;
  /** On the device, in whole sectors. 0: nothing is ever durable. */
  readonly bytes: number;
  /** How many regions it can hold as marked, one by one; 0: it knows of all or nothing. */
  readonly mostMarked: number;
  /** Numbers of an image's memory. */
  readonly remembers: number;
  /** The record at boot, into zeroes: nothing will be copied (`clean`), or everything. */
  format(image: RecordImage, clean: boolean): void;
  /** What a driver that attaches to these bytes remembers of them. */
  recall(image: RecordImage): void;

  /** True when a flush has to follow before the region is written. */
  mark(image: RecordImage, region: number): boolean;
  /** True when a flush has to follow to make it durable; some formats leave that to a later one. */
  clear(image: RecordImage, region: number): boolean;
  /** One flag for the whole record, where there is one: writes may be in flight. True: flush. */
  setActive(image: RecordImage, active: boolean): boolean;
  isActive({ view }: Pick<RecordImage, 'view'>): boolean;
  /**
   * Completes the image for the next write of a flush and tells its sectors in `write`. A flush
   * whose parts have an order, or that does not fit one write, takes several.
   */
  prepare(image: RecordImage, write: Int32Array): void;

  /**
   * One sector of `written` becomes durable. `tell` hears of each region whose cover changed. On
   * the hot path.
   */
  land(durable: RecordImage, written: RecordImage, sector: number, tell: TellCover): void;
  /** By region: 1 where recovery will copy. */
  coverage(bytes: Uint8Array): Uint8Array;
}

export type TellCover = (region: number, covered: boolean) => void;

/** What `prepare` fills: sectors [from, end), empty when there is nothing to write. */
export const FROM = 0;
export const END = 1;
/** 1: once that is durable, there is more to write. */
export const MORE = 2;

/** An image over bytes that are there; `memory` is zeroes. */
export function imageOver(bytes: Uint8Array, memory: Int32Array): RecordImage {
  const { buffer, byteOffset, byteLength } = bytes;
  return {
    bytes,
    words: new Int32Array(buffer, byteOffset, byteLength >> 2),
    view: new DataView(buffer, byteOffset, byteLength),
    memory,
  };
}

export function nothingToWrite(write: Int32Array): void {
  write[FROM] = 0;
  write[END] = 0;
  write[MORE] = 0;
}

export function toWrite(write: Int32Array, from: number, end: number, more: boolean): void {
  write[FROM] = from;
  write[END] = end;
  write[MORE] = more ? 1 : 0;
}
