/**
 * The superblock of md, version 1.2, as it stands 4 KiB from the start of a member.
 *
 * Follows: drivers/md/md.c `super_1_load`, `super_1_sync`, `calc_sb_1_csum` and struct
 * mdp_superblock_1 of include/uapi/linux/raid/md_p.h (2.6.25 to 6.19); mdadm super1.c
 * `init_super1` for what it holds when an array is created. `resync_offset` is the flag that this
 * program is about: 2^64-1 in a clean array, 0 while writes may be in flight.
 * In this model the one superblock stands on the record's device instead of on each member.
 * Leaves out: events that count down again when a transition is taken back; reshapes, spares.
 */
import { SECTOR_BYTES, type Geometry } from './geometry.js';
import type { RecordImage } from './record-format.js';

export const SUPERBLOCK_AT = 4096;
/** mdadm reserves 384 roles: 1 KiB, which is what md writes each time (`sb_size`). */
const ROLES = 384;
const ROLES_AT = 256;
export const SUPERBLOCK_BYTES = ROLES_AT + 2 * ROLES;
/** From the superblock to the bitmap, in sectors, as mdadm places it. */
export const BITMAP_OFFSET = 8;

const MAGIC = 0xa92b4efc;
const FEATURE_BITMAP = 1;
const NO_ROLE = 0xffff;
const CLEAN = 0xffff_ffff_ffff_ffffn;

const MAJOR = 4;
const FEATURES = 8;
const SET_UUID = 16;
const SET_NAME = 32;
const LEVEL = 72;
const SIZE = 80;
const RAID_DISKS = 92;
const BITMAP = 96;
const DATA_OFFSET = 128;
const DATA_SIZE = 136;
const SUPER_OFFSET = 144;
const DEVICE_UUID = 168;
const EVENTS = 200;
const RESYNC_OFFSET = 208;
const CSUM = 216;
const MAX_DEV = 220;

/** Of the array, and of the one member that stands for all. */
export const ARRAY_UUID = lettersOf('desync.md.raid1.');

/** Data start 1 MiB into a member (mdadm's `data_offset` of small members). */
const DATA_AT = 2048;

export function formatSuperblock(
  { view, bytes }: RecordImage,
  geometry: Geometry,
  active: boolean,
  hasBitmap: boolean,
): void {
  const at = SUPERBLOCK_AT;
  view.setUint32(at, MAGIC, true);
  view.setUint32(at + MAJOR, 1, true);
  view.setUint32(at + FEATURES, hasBitmap ? FEATURE_BITMAP : 0, true);
  bytes.set(ARRAY_UUID, at + SET_UUID);
  bytes.set(lettersOf('desync'), at + SET_NAME);
  view.setUint32(at + LEVEL, 1, true);
  view.setBigUint64(at + SIZE, BigInt(geometry.sectors), true);
  view.setUint32(at + RAID_DISKS, geometry.legs, true);
  view.setInt32(at + BITMAP, hasBitmap ? BITMAP_OFFSET : 0, true);
  view.setBigUint64(at + DATA_OFFSET, BigInt(DATA_AT), true);
  view.setBigUint64(at + DATA_SIZE, BigInt(geometry.sectors), true);
  view.setBigUint64(at + SUPER_OFFSET, BigInt(at / SECTOR_BYTES), true);
  bytes.set(ARRAY_UUID, at + DEVICE_UUID);
  view.setBigUint64(at + EVENTS, 1n, true);
  view.setBigUint64(at + RESYNC_OFFSET, active ? 0n : CLEAN, true);
  view.setUint32(at + MAX_DEV, ROLES, true);
  for (let member = 0; member < ROLES; member++) {
    view.setUint16(at + ROLES_AT + 2 * member, member < geometry.legs ? member : NO_ROLE, true);
  }
  view.setUint32(at + CSUM, checksum(view), true);
}

/** `super_1_load` refuses all else. */
export function isBelievedSuperblock(view: DataView): boolean {
  const at = SUPERBLOCK_AT;
  return (
    view.byteLength >= at + SUPERBLOCK_BYTES &&
    view.getUint32(at, true) === MAGIC &&
    view.getUint32(at + MAJOR, true) === 1 &&
    view.getUint32(at + MAX_DEV, true) <= ROLES &&
    view.getUint32(at + CSUM, true) === checksum(view)
  );
}

/** What is damaged may claim one where there is no room for it. */
export function hasBitmap(view: DataView): boolean {
  const hasRoom = view.byteLength > SUPERBLOCK_AT + BITMAP_OFFSET * SECTOR_BYTES;
  return hasRoom && (view.getUint32(SUPERBLOCK_AT + FEATURES, true) & FEATURE_BITMAP) !== 0;
}

export function isActiveSuperblock(view: DataView): boolean {
  const at = SUPERBLOCK_AT + RESYNC_OFFSET;
  return view.getUint32(at, true) !== 0xffffffff || view.getUint32(at + 4, true) !== 0xffffffff;
}

/** `md_update_sb`, `super_1_sync`: the next event; answers with its number. */
export function setActiveSuperblock(view: DataView, active: boolean): bigint {
  const events = eventsOf(view) + 1n;
  view.setBigUint64(SUPERBLOCK_AT + EVENTS, events, true);
  view.setBigUint64(SUPERBLOCK_AT + RESYNC_OFFSET, active ? 0n : CLEAN, true);
  view.setUint32(SUPERBLOCK_AT + CSUM, checksum(view), true);
  return events;
}

export function eventsOf(view: DataView): bigint {
  return view.getBigUint64(SUPERBLOCK_AT + EVENTS, true);
}

/**
 * `calc_sb_1_csum`: the words up to the last role, without the sum itself, carries folded in. What
 * is damaged may claim more roles than there is room for.
 */
function checksum(view: DataView): number {
  const size = ROLES_AT + 2 * Math.min(ROLES, view.getUint32(SUPERBLOCK_AT + MAX_DEV, true));
  let sum = 0;
  for (let at = 0; at + 4 <= size; at += 4) {
    if (at !== CSUM) sum += view.getUint32(SUPERBLOCK_AT + at, true);
  }
  if (size % 4 === 2) sum += view.getUint16(SUPERBLOCK_AT + size - 2, true);
  const carries = Math.floor(sum / 2 ** 32);
  return ((sum % 2 ** 32) + carries) % 2 ** 32;
}

function lettersOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
