/**
 * What md has still to write: a range of sectors of the bitmap, and whether the superblock.
 *
 * Follows: drivers/md/md-bitmap.c `md_bitmap_unplug` (pages that are dirty) and md.c
 * `md_update_sb`, which has the bitmap's superblock written, and waited for, before its own.
 */
import { SECTOR_BYTES } from './geometry.js';
import { SUPERBLOCK_AT, SUPERBLOCK_BYTES } from './md-superblock.js';
import { nothingToWrite, toWrite } from './record-format.js';

/** Numbers of an image's memory. */
export const NOTES = 3;

/** Sectors of the bitmap [from, end); the bitmap never starts at sector 0. */
const BITMAP_FROM = 0;
const BITMAP_END = 1;
const SUPERBLOCK = 2;

export function noteSector(memory: Int32Array, sector: number): void {
  const from = memory[BITMAP_FROM]!;
  memory[BITMAP_FROM] = from === 0 ? sector : Math.min(from, sector);
  memory[BITMAP_END] = Math.max(memory[BITMAP_END]!, sector + 1);
}

export function noteSuperblock(memory: Int32Array): void {
  memory[SUPERBLOCK] = 1;
}

/** The bitmap first; then, once that is durable, the superblock. */
export function prepareNoted(memory: Int32Array, write: Int32Array): void {
  if (memory[BITMAP_END] !== 0) {
    toWrite(write, memory[BITMAP_FROM]!, memory[BITMAP_END]!, memory[SUPERBLOCK] === 1);
    memory[BITMAP_FROM] = 0;
    memory[BITMAP_END] = 0;
  } else if (memory[SUPERBLOCK] === 1) {
    const from = SUPERBLOCK_AT / SECTOR_BYTES;
    toWrite(write, from, from + SUPERBLOCK_BYTES / SECTOR_BYTES, false);
    memory[SUPERBLOCK] = 0;
  } else nothingToWrite(write);
}
