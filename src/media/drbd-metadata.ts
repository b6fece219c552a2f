/**
 * The metadata block of DRBD 8.4 on a device of its own (`flex-external`): where the activity log
 * and the bitmap stand, big-endian.
 *
 * Follows: drivers/block/drbd/drbd_main.c struct meta_data_on_disk, `drbd_md_write`; drbd-utils
 * drbdmeta.c. The block is written once: this node is primary, up to date, and never the one that
 * was stopped in order.
 */
import { SECTOR_BYTES, type Geometry } from './geometry.js';

/** MD_4kB_SECT. */
export const LOG_AT = 4096;
/** Transactions of 4 KiB in the ring (MD_32kB_SECT). */
export const RING = 8;
export const OUT_OF_SYNC_AT = LOG_AT + RING * 4096;
/** BM_BLOCK_SIZE: a bit of the bitmap is 4 KiB. */
export const SECTORS_PER_BIT = 8;

/** `DRBD_MD_MAGIC_84_UNCLEAN`: the activity log has yet to be applied. */
const MAGIC = 0x8374026c;
/** Primary, consistent, up to date: MDF_CONSISTENT, MDF_PRIMARY_IND, MDF_WAS_UP_TO_DATE. */
const PRIMARY = 0x13;

export function metadataBytes({ sectors }: Geometry): number {
  const bits = Math.ceil(sectors / SECTORS_PER_BIT / 64) * 64;
  return OUT_OF_SYNC_AT + Math.ceil(bits / 8 / 4096) * 4096;
}

export function formatMetadata(view: DataView, { sectors }: Geometry, slots: number): void {
  view.setBigUint64(0, BigInt(sectors));
  for (let uuid = 0; uuid < 5; uuid++) view.setBigUint64(8 + 8 * uuid, 0x6465_7379_6e63_0004n);
  view.setUint32(56, PRIMARY);
  view.setUint32(60, MAGIC);
  view.setUint32(64, view.byteLength / SECTOR_BYTES);
  view.setInt32(68, LOG_AT / SECTOR_BYTES);
  view.setUint32(72, slots);
  view.setInt32(76, OUT_OF_SYNC_AT / SECTOR_BYTES);
  view.setUint32(80, SECTORS_PER_BIT * SECTOR_BYTES);
  view.setUint32(84, 1 << 20);
  view.setUint32(88, 1);
  view.setUint32(92, RING);
}

/** `drbd_md_read` refuses all else. */
export function isBelievedMetadata(view: DataView): boolean {
  return view.getUint32(60) === MAGIC;
}
