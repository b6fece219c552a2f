/**
 * One transaction of DRBD's activity log: 4 KiB, big-endian, signed.
 *
 * Follows: drivers/block/drbd/drbd_actlog.c struct al_transaction_on_disk, `__al_write_transaction`
 * (8.4, Linux 3.3 to 6.19); drbd-utils drbdmeta.c `v84_al_disk_to_cpu`. It says which slots change,
 * and repeats a share of all slots as context, so that a ring of transactions always holds all.
 */
import type { SlotLayout } from './al-slots.js';
import { crc32c } from './crc32c.js';
import type { RecordImage } from './record-format.js';

export const TRANSACTION_BYTES = 4096;
const MOST_UPDATES = 64;
export const CONTEXT_SLOTS = 919;
/** LC_FREE: no extent is in the slot. */
const FREE = 0xffffffff;

/** `DRBD_AL_MAGIC`: "actlog==" in base64. */
const MAGIC = 0x69cb65a2;
const NUMBER = 4;
const CRC = 8;
const TYPE = 12;
const UPDATES = 14;
const CONTEXT_SIZE = 16;
const CONTEXT_START = 18;
const UPDATE_SLOT = 36;
const UPDATE_EXTENT = UPDATE_SLOT + 2 * MOST_UPDATES;
const CONTEXT = UPDATE_EXTENT + 4 * MOST_UPDATES;
/** AL_TR_INITIALIZED: a block that holds no transaction. */
const INITIALIZED = 0xffff;

/**
 * Writes a transaction at byte `at`: up to 64 slots that differ from what is logged become updates,
 * and count as logged. Answers with how many more differ.
 */
export function writeTransaction(
  { bytes, view, memory }: RecordImage,
  at: number,
  number: number,
  contextStart: number,
  { slots, now, logged }: SlotLayout,
): number {
  view.setUint32(at, MAGIC);
  view.setUint32(at + NUMBER, number);
  view.setUint32(at + CRC, 0);
  view.setUint16(at + TYPE, 0);
  view.setUint16(at + CONTEXT_SIZE, slots);
  view.setUint16(at + CONTEXT_START, contextStart);
  for (let i = 0; i < CONTEXT_SLOTS; i++) {
    const slot = contextStart + i;
    view.setUint32(at + CONTEXT + 4 * i, slot < slots ? memory[logged + slot]! - 1 : FREE);
  }
  let updates = 0;
  let left = 0;
  for (let slot = 0; slot < slots; slot++) {
    const extent = memory[now + slot]!;
    if (memory[logged + slot] === extent) continue;
    if (updates === MOST_UPDATES) left++;
    else {
      view.setUint16(at + UPDATE_SLOT + 2 * updates, slot);
      view.setUint32(at + UPDATE_EXTENT + 4 * updates, extent - 1);
      memory[logged + slot] = extent;
      updates++;
    }
  }
  view.setUint16(at + UPDATES, updates);
  for (let i = updates; i < MOST_UPDATES; i++) {
    view.setUint16(at + UPDATE_SLOT + 2 * i, 0xffff);
    view.setUint32(at + UPDATE_EXTENT + 4 * i, FREE);
  }
  view.setUint32(at + CRC, crc32c(0, bytes, at, at + TRANSACTION_BYTES));
  return left;
}

/** The checksum is taken with its own field at 0. */
export function isValidTransaction(bytes: Uint8Array, view: DataView, at: number): boolean {
  if (view.getUint32(at) !== MAGIC) return false;
  let crc = crc32c(0, bytes, at, at + CRC);
  crc = crc32c(crc, NO_CRC);
  crc = crc32c(crc, bytes, at + CRC + 4, at + TRANSACTION_BYTES);
  return view.getUint32(at + CRC) === crc;
}

const NO_CRC = new Uint8Array(4);

export function numberOf(view: DataView, at: number): number {
  return view.getUint32(at + NUMBER);
}

export function updatesOf(view: DataView, at: number): number {
  return Math.min(view.getUint16(at + UPDATES), MOST_UPDATES);
}

export function updatedSlot(view: DataView, at: number, update: number): number {
  return view.getUint16(at + UPDATE_SLOT + 2 * update);
}

/** Counted from 1; 0: none. */
export function updatedExtent(view: DataView, at: number, update: number): number {
  return (view.getUint32(at + UPDATE_EXTENT + 4 * update) + 1) | 0;
}

/** The context first, then the updates; `slots` as in a {@link SlotLayout}. */
export function applyTransaction(view: DataView, at: number, slots: Int32Array): void {
  if (view.getUint16(at + TYPE) === INITIALIZED) return;
  const start = view.getUint16(at + CONTEXT_START);
  for (let i = 0; i < CONTEXT_SLOTS && start + i < slots.length; i++) {
    slots[start + i] = (view.getUint32(at + CONTEXT + 4 * i) + 1) | 0;
  }
  for (let update = 0; update < updatesOf(view, at); update++) {
    const slot = updatedSlot(view, at, update);
    if (slot < slots.length) slots[slot] = updatedExtent(view, at, update);
  }
}
