/**
 * The superblock of an md bitmap, which stands before the bits.
 *
 * Follows: drivers/md/md-bitmap.h struct bitmap_super_s, md-bitmap.c `md_bitmap_read_sb`,
 * `md_bitmap_update_sb` (drivers/md/bitmap.c in 2.6.25), md-llbitmap.c `llbitmap_read_sb`; mdadm
 * super1.c `add_internal_bitmap1`.
 */
import type { Geometry } from './geometry.js';
import { ARRAY_UUID, BITMAP_OFFSET, SUPERBLOCK_AT, eventsOf } from './md-superblock.js';
import { SECTOR_BYTES } from './geometry.js';
import type { RecordImage } from './record-format.js';

export const BITMAP_AT = SUPERBLOCK_AT + BITMAP_OFFSET * SECTOR_BYTES;

/** The bits, and the lockless bitmap of 6.18 with a byte a chunk. */
export type BitmapVersion = 4 | 6;

const MAGIC = 0x6d746962;
const VERSION = 4;
const UUID = 8;
const EVENTS = 24;
const EVENTS_CLEARED = 32;
const SYNC_SIZE = 40;
const STATE = 48;
const CHUNK = 52;
const DAEMON_SLEEP = 56;

/** BITMAP_STALE is bit 1 of the state. */
const STALE = 2;

export function formatBitmap(
  { view, bytes }: RecordImage,
  geometry: Geometry,
  version: BitmapVersion,
): void {
  view.setUint32(BITMAP_AT, MAGIC, true);
  view.setUint32(BITMAP_AT + VERSION, version, true);
  bytes.set(ARRAY_UUID, BITMAP_AT + UUID);
  setBitmapEvents(view, eventsOf(view));
  view.setBigUint64(BITMAP_AT + EVENTS_CLEARED, eventsOf(view), true);
  view.setBigUint64(BITMAP_AT + SYNC_SIZE, BigInt(geometry.sectors), true);
  // The lockless bitmap counts its chunks in sectors (`llbitmap_read_sb`), the other in bytes.
  const chunk = geometry.regionSectors * (version === 6 ? 1 : SECTOR_BYTES);
  view.setUint32(BITMAP_AT + CHUNK, chunk, true);
  view.setUint32(BITMAP_AT + DAEMON_SLEEP, version === 6 ? 30 : 5, true);
}

/**
 * Whether the bits say what is to be copied. A bitmap that is no bitmap, is stale, or has missed
 * events of the superblock counts as all set.
 */
export function isBelievedBitmap(view: DataView, version: BitmapVersion): boolean {
  return (
    view.getUint32(BITMAP_AT, true) === MAGIC &&
    view.getUint32(BITMAP_AT + VERSION, true) === version &&
    (view.getUint32(BITMAP_AT + STATE, true) & STALE) === 0 &&
    view.getBigUint64(BITMAP_AT + EVENTS, true) >= eventsOf(view)
  );
}

export function setBitmapEvents(view: DataView, events: bigint): void {
  view.setBigUint64(BITMAP_AT + EVENTS, events, true);
}
