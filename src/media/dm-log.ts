/**
 * The region log of dm-raid1 as it stands on its device.
 *
 * Follows: drivers/md/dm-log.c of 2.6.25 (`log_header`, `LOG_OFFSET`, `create_log_context`,
 * `disk_resume`); the format is unchanged in 6.19. Sectors 0 and 1 hold the header, the bitset
 * `clean_bits` follows: bit r is 1 when region r is clean. Every flush writes the whole buffer
 * (`rw_header`), whatever has changed. A header that is not believed means that nothing is known,
 * so all is copied (`disk_resume`).
 */
import { bitsetBytes, hasBit, landBits, setBit, unsetBit, type Bitset } from './bitset.js';
import { SECTOR_BYTES, type Geometry } from './geometry.js';
import { toWrite, type RecordFormat } from './record-format.js';

/** `MIRROR_MAGIC`: on disk the bytes 72 52 69 4d. */
const MAGIC = 0x4d695272;
const VERSION = 2;
const WORD = 2 ** 32;
/** Byte at which the bitset starts (`LOG_OFFSET` is 2 sectors). */
export const BITSET_AT = 2 * SECTOR_BYTES;

/** Bytes of the buffer that every flush writes: header and bitset, rounded up to whole sectors. */
export function logBytes(regions: number): number {
  return Math.ceil((BITSET_AT + bitsetBytes(regions)) / SECTOR_BYTES) * SECTOR_BYTES;
}

export function dmLog({ regions }: Geometry): RecordFormat {
  const bytes = logBytes(regions);
  const cleanBits: Bitset = { at: BITSET_AT, bits: regions, covering: 0 };
  return {
    kind: 'dm-log',
    bytes,
    mostMarked: Infinity,
    remembers: 0,
    format: (image, clean) => {
      formatLog(image.bytes, regions, clean);
    },
    recall: () => undefined,
    mark: (image, region) => {
      setMarked(image.bytes, region);
      return true;
    },
    clear: (image, region) => {
      setClean(image.bytes, region);
      return true;
    },
    setActive: () => false,
    isActive: () => false,
    prepare: (_, write) => {
      toWrite(write, 0, bytes / SECTOR_BYTES, false);
    },
    // The header is written again and again and never changes; behind the bits there is nothing.
    land: (durable, written, sector, tell) => {
      landBits(cleanBits, durable, written, sector, tell);
    },
    coverage: (log) => {
      const all = new Uint8Array(regions).fill(1);
      // `disk_resume`: a region without a valid bit counts as marked.
      const valid = isBelieved(log) ? Math.min(storedRegions(log), regions) : 0;
      for (let region = 0; region < valid; region++) {
        if (isClean(log, region)) all[region] = 0;
      }
      return all;
    },
  };
}

/**
 * Writes the header and the bits of `regions` regions, all clean or all marked, into a zeroed
 * buffer.
 */
export function formatLog(into: Uint8Array, regions: number, clean: boolean): void {
  setWord(into, 0, MAGIC);
  setWord(into, 4, VERSION);
  setWord(into, 8, regions);
  setWord(into, 12, Math.floor(regions / WORD));
  if (!clean) return;
  for (let region = 0; region < regions; region++) setClean(into, region);
}

/** Whether the region's bit says clean. */
export function isClean(log: Uint8Array, region: number): boolean {
  return hasBit(log, BITSET_AT, region);
}

export function setClean(log: Uint8Array, region: number): void {
  setBit(log, BITSET_AT, region);
}

export function setMarked(log: Uint8Array, region: number): void {
  unsetBit(log, BITSET_AT, region);
}

/**
 * Whether the header is one that `read_header` of dm-log believes: on a little-endian machine
 * version 1 is version 2.
 */
export function isBelieved(log: Uint8Array): boolean {
  const version = wordAt(log, 4);
  return wordAt(log, 0) === MAGIC && (version === VERSION || version === 1);
}

/**
 * `nr_regions` of the header: regions from there on have no valid bit and count as marked. Exact up
 * to 2^53, beyond which no device has regions.
 */
export function storedRegions(log: Uint8Array): number {
  return wordAt(log, 8) + wordAt(log, 12) * WORD;
}

/** Little-endian, byte by byte: a view of the bytes costs more than to read them, at each crash. */
function wordAt(log: Uint8Array, at: number): number {
  return (log[at]! | (log[at + 1]! << 8) | (log[at + 2]! << 16) | (log[at + 3]! << 24)) >>> 0;
}

function setWord(log: Uint8Array, at: number, word: number): void {
  for (let byte = 0; byte < 4; byte++) log[at + byte] = (word >>> (8 * byte)) & 0xff;
}
