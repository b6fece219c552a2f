/**
 * The record of md raid1: the superblock's flag, and a write-intent bitmap where there is one.
 *
 * Follows: drivers/md/md-bitmap.c `md_bitmap_startwrite`, `md_bitmap_unplug`, `md_bitmap_load`
 * (drivers/md/bitmap.c in 2.6.25); md.c `md_write_start`, `md_update_sb`. A bit is 1 when its chunk
 * may differ. A bitmap counts only below the superblock's resync_offset: **a clean superblock
 * means that nothing is copied, set bits or not**; an active one, without a bitmap, that all is.
 * A change of the flag writes the bitmap's superblock first, with the number of the event, then
 * the superblock (`md_update_sb`): two writes.
 * In this model both stand once, on the record's device, instead of on each member; only sectors
 * that changed are written, where md writes the 4 KiB page around them.
 * Leaves out: the checkpoint of a resync without a bitmap (a second crash copies all again);
 * degraded arrays.
 */
import { bitsetBytes, hasBit, landBits, landSector, setBit, unsetBit } from './bitset.js';
import type { Bitset } from './bitset.js';
import { SECTOR_BYTES, type Geometry } from './geometry.js';
import { BITMAP_AT, formatBitmap, isBelievedBitmap, setBitmapEvents } from './md-bitmap.js';
import {
  SUPERBLOCK_AT,
  SUPERBLOCK_BYTES,
  formatSuperblock,
  hasBitmap,
  isActiveSuperblock,
  isBelievedSuperblock,
  setActiveSuperblock,
} from './md-superblock.js';
import { noteSector, noteSuperblock, prepareNoted, NOTES } from './md-writes.js';
import type { RecordFormat, RecordImage, TellCover } from './record-format.js';
import { imageOver } from './record-format.js';

/** Bits follow the 256 bytes of the bitmap's superblock at once. */
export const BITS_AT = BITMAP_AT + 256;

export function mdBitmap(geometry: Geometry): RecordFormat {
  const { regions } = geometry;
  const bits: Bitset = { at: BITS_AT, bits: regions, covering: 1 };
  const change = (image: RecordImage, region: number, set: boolean): boolean => {
    if (hasBit(image.bytes, BITS_AT, region) === set) return false;
    (set ? setBit : unsetBit)(image.bytes, BITS_AT, region);
    noteSector(image.memory, sectorOf(BITS_AT + (region >> 3)));
    return true;
  };
  return {
    kind: 'md',
    bytes: wholeSectors(BITS_AT + bitsetBytes(regions)),
    mostMarked: Infinity,
    remembers: NOTES,
    format: (image, clean) => {
      formatSuperblock(image, geometry, !clean, true);
      formatBitmap(image, geometry, 4);
      for (let region = 0; !clean && region < regions; region++) {
        setBit(image.bytes, BITS_AT, region);
      }
    },
    recall: () => undefined,
    mark: (image, region) => change(image, region, true),
    clear: (image, region) => change(image, region, false),
    setActive,
    isActive: ({ view }) => isActiveSuperblock(view),
    prepare: ({ memory }, write) => {
      prepareNoted(memory, write);
    },
    land: (durable, written, sector, tell) => {
      if (sector < sectorOf(BITMAP_AT)) {
        if (!landFlag(durable, written, sector)) return;
        const active = isActiveSuperblock(durable.view);
        for (let region = 0; region < regions; region++) {
          if (hasBit(durable.bytes, BITS_AT, region)) tell(region, active);
        }
        return;
      }
      if (sector === sectorOf(BITMAP_AT)) landBitmapSuperblock(durable, written);
      const heard = isActiveSuperblock(durable.view) ? tell : undefined;
      landBits(bits, durable, written, sector, heard);
    },
    coverage: (bytes) => coverageOf(bytes, regions, 4, (region) => hasBit(bytes, BITS_AT, region)),
  };
}

/** md without a bitmap: one flag for the whole array. */
export function mdSafemode(geometry: Geometry): RecordFormat {
  const { regions } = geometry;
  return {
    kind: 'md-safemode',
    bytes: SUPERBLOCK_AT + SUPERBLOCK_BYTES,
    mostMarked: 0,
    remembers: NOTES,
    format: (image, clean) => {
      formatSuperblock(image, geometry, !clean, false);
    },
    recall: () => undefined,
    mark: () => false,
    clear: () => false,
    setActive,
    isActive: ({ view }) => isActiveSuperblock(view),
    prepare: ({ memory }, write) => {
      prepareNoted(memory, write);
    },
    land: (durable, written, sector, tell) => {
      if (landFlag(durable, written, sector)) tellAll(durable, regions, tell);
    },
    coverage: (bytes) => coverageOf(bytes, regions, 4, () => true),
  };
}

/** `md_write_start`, or the safemode timer: true when the superblock has to be written. */
export function setActive(image: RecordImage, active: boolean): boolean {
  const { view, memory } = image;
  if (isActiveSuperblock(view) === active) return false;
  const events = setActiveSuperblock(view, active);
  if (hasBitmap(view)) {
    setBitmapEvents(view, events);
    noteSector(memory, sectorOf(BITMAP_AT));
  }
  noteSuperblock(memory);
  return true;
}

/** A sector of the superblock becomes durable; true when that changed the flag. */
function landFlag(durable: RecordImage, written: RecordImage, sector: number): boolean {
  const before = isActiveSuperblock(durable.view);
  landSector(durable, written, sector);
  return isActiveSuperblock(durable.view) !== before;
}

/** The part of the bitmap's first sector that holds no bits. */
function landBitmapSuperblock(durable: RecordImage, written: RecordImage): void {
  for (let word = BITMAP_AT >> 2; word < (BITMAP_AT + 256) >> 2; word++) {
    durable.words[word] = written.words[word]!;
  }
}

function tellAll({ view }: RecordImage, regions: number, tell: TellCover): void {
  const active = isActiveSuperblock(view);
  for (let region = 0; region < regions; region++) tell(region, active);
}

/** What is copied: by a superblock alone, then by the bits. */
function coverageOf(
  bytes: Uint8Array,
  regions: number,
  version: 4 | 6,
  isSet: (region: number) => boolean,
): Uint8Array {
  const { view } = imageOver(bytes, new Int32Array(0));
  const all = new Uint8Array(regions);
  // No array can be assembled from a superblock that is not one. Whoever makes it anew resyncs it.
  if (!isBelievedSuperblock(view)) return all.fill(1);
  if (!isActiveSuperblock(view)) return all;
  if (!hasBitmap(view) || !isBelievedBitmap(view, version)) return all.fill(1);
  return all.map((_, region) => +isSet(region));
}

export function wholeSectors(bytes: number): number {
  return Math.ceil(bytes / SECTOR_BYTES) * SECTOR_BYTES;
}

export function sectorOf(byte: number): number {
  return Math.floor(byte / SECTOR_BYTES);
}
