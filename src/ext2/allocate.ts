/**
 * Block allocation: which block is taken, and the bit that says so.
 *
 * Follows: balloc.c of 2.6.25 `ext2_new_blocks`, `ext2_try_to_allocate_with_rsv`,
 * `ext2_try_to_allocate`, `find_next_usable_block`, `ext2_free_blocks`.
 * Models: only what is done to the bitmap. The descriptor's count is a call of its own
 * (`adjustFreeBlocks`), since a thread can be preempted between the two.
 * Leaves out: quota, reserved blocks (our file systems have none), the check of a bitmap when it is
 * first read.
 */
import type { MutableSectors, Sectors } from '../media/sectors.js';
import { IS_BUSY, anyBlock, type Admits } from './admission.js';
import { dropBit, nextZeroBit, nextZeroByte, takeBit, testBit } from './bitmap.js';
import { freeBlocksOf } from './descriptors.js';
import type { Layout } from './layout.js';
import type { Reservations } from './reservations.js';

/** How many blocks were taken, in `out`. */
export const TAKEN = 0;
/** The group they were taken from, in `out`. */
export const TAKEN_GROUP = 1;

/**
 * Takes up to `want` neighbouring blocks, near `goal` if possible, for the file in that slot (-1:
 * without a window). Returns the first block, 0 when there is none; `out` says how many and from
 * which group. Only bitmap bits change. IS_BUSY: a bitmap that is to be searched cannot be stored
 * to now, and no bit was changed.
 *
 * As in the kernel, two ways to fail leave memory changed that nobody marks dirty: a bitmap that
 * calls a system block free, and one whose padding is 0. Both need a damaged disk; 0 is returned
 * and the bits stay set.
 */
export function takeBlocks(
  disk: MutableSectors,
  layout: Layout,
  windows: Reservations,
  slot: number,
  goal: number,
  want: number,
  out: Int32Array,
  admits: Admits = anyBlock,
): number {
  let size = slot < 0 ? 0 : windows.goalSize(slot);
  let mine = size > 0 ? slot : -1;
  const aim =
    goal < layout.firstDataBlock || goal >= layout.blocksCount ? layout.firstDataBlock : goal;
  const goalGroup = layout.groupOfBlock(aim);
  for (;;) {
    let group = goalGroup;
    out[TAKEN] = want;
    const free = freeBlocksOf(disk, layout, group);
    if (mine >= 0 && free < size && windows.isEmpty(mine)) mine = -1;
    if (free > 0) {
      if (!admits(layout.blockBitmapOf(group))) return IS_BUSY;
      const bit = tryWithWindow(disk, layout, windows, mine, group, layout.bitOfBlock(aim), out);
      if (bit >= 0) return taken(layout, group, bit, out);
    }
    for (let i = 0; i < layout.groupCount; i++) {
      if (++group >= layout.groupCount) group = 0;
      if (freeBlocksOf(disk, layout, group) <= size >> 1) continue;
      if (!admits(layout.blockBitmapOf(group))) return IS_BUSY;
      const bit = tryWithWindow(disk, layout, windows, mine, group, -1, out);
      if (bit >= 0) return taken(layout, group, bit, out);
    }
    if (mine < 0) break;
    mine = -1;
    size = 0;
  }
  out[TAKEN] = 0;
  return 0;
}

/**
 * Clears the block's bit; false where the kernel only complains: not a data block, or already
 * clear.
 */
export function freeBlock(disk: MutableSectors, layout: Layout, block: number): boolean {
  if (block < layout.firstDataBlock || block >= layout.blocksCount) return false;
  const group = layout.groupOfBlock(block);
  if (isSystemRun(layout, group, block, 1)) return false;
  const first = layout.sectorOfBlock(layout.blockBitmapOf(group));
  return dropBit(disk, first, layout.bitOfBlock(block));
}

function taken(layout: Layout, group: number, bit: number, out: Int32Array): number {
  const block = layout.firstBlockOf(group) + bit;
  const count = out[TAKEN]!;
  if (isSystemRun(layout, group, block, count) || block + count > layout.blocksCount) {
    out[TAKEN] = 0;
    return 0;
  }
  out[TAKEN_GROUP] = group;
  return block;
}

/**
 * Whether a run touches bitmaps or the inode table, as far as the kernel looks: at the ends of the
 * run.
 */
function isSystemRun(layout: Layout, group: number, block: number, count: number): boolean {
  const last = block + count - 1;
  const blockBitmap = layout.blockBitmapOf(group);
  const inodeBitmap = layout.inodeBitmapOf(group);
  const table = layout.inodeTableOf(group);
  const tableEnd = table + layout.inodeTableBlocks;
  return (
    (blockBitmap >= block && blockBitmap <= last) ||
    (inodeBitmap >= block && inodeBitmap <= last) ||
    (block >= table && block < tableEnd) ||
    (last >= table && last < tableEnd)
  );
}

/**
 * The bit that was taken, or -1; out[TAKEN] is how many are wanted, afterwards how many there are.
 */
function tryWithWindow(
  disk: MutableSectors,
  layout: Layout,
  windows: Reservations,
  slot: number,
  group: number,
  goalBit: number,
  out: Int32Array,
): number {
  const want = out[TAKEN]!;
  const bitmap = layout.sectorOfBlock(layout.blockBitmapOf(group));
  if (slot < 0) {
    const from = goalBit > 0 ? goalBit : 0;
    return take(disk, bitmap, goalBit, from, layout.blocksPerGroup, false, out);
  }
  const first = layout.firstBlockOf(group);
  const last = first + layout.blocksPerGroup - 1;
  let goal = goalBit;
  let failed = false;
  for (;;) {
    if (failed || windows.isEmpty(slot) || !goalInWindow(windows, slot, goal, first, last)) {
      windows.wish(slot, want);
      if (!windows.renew(disk, layout, slot, goal, group)) return -1;
      if (!goalInWindow(windows, slot, goal, first, last)) goal = -1;
    } else if (goal >= 0) {
      const room = windows.end(slot) - (goal + first) + 1;
      if (room < want) windows.extend(slot, want - room);
    }
    if (windows.start(slot) > last || windows.end(slot) < first) {
      throw new Error(`the window of slot ${slot} lies outside group ${group}`);
    }
    const from = Math.max(windows.start(slot) - first, 0);
    const end = Math.min(windows.end(slot) - first + 1, layout.blocksPerGroup);
    const inside = from <= goal && goal < end;
    const bit = inside
      ? take(disk, bitmap, goal, goal, end, true, out)
      : take(disk, bitmap, -1, from, end, true, out);
    if (bit >= 0) {
      windows.hit(slot, out[TAKEN]!);
      return bit;
    }
    out[TAKEN] = want;
    failed = true;
  }
}

function goalInWindow(
  windows: Reservations,
  slot: number,
  goal: number,
  first: number,
  last: number,
): boolean {
  const start = windows.start(slot);
  const end = windows.end(slot);
  if (start > last || end < first) return false;
  return goal < 0 || (goal + first >= start && goal + first <= end);
}

/**
 * `ext2_try_to_allocate`: takes a free bit of [from, end), the goal itself if it is free, and those
 * behind it: out[TAKEN] is how many are wanted, afterwards how many there are.
 */
function take(
  disk: MutableSectors,
  bitmap: number,
  goalBit: number,
  from: number,
  end: number,
  inWindow: boolean,
  out: Int32Array,
): number {
  const want = out[TAKEN]!;
  let bit = goalBit;
  let start = from;
  for (;;) {
    if (bit < 0) {
      bit = nextUsable(disk, bitmap, start, end);
      for (let i = 0; !inWindow && i < 7 && bit > start; i++) {
        if (testBit(disk, bitmap, bit - 1)) break;
        bit--;
      }
    }
    if (bit < 0) break;
    if (takeBit(disk, bitmap, bit)) {
      let next = bit + 1;
      while (next - bit < want && next < end && takeBit(disk, bitmap, next)) next++;
      out[TAKEN] = next - bit;
      return bit;
    }
    start = ++bit;
    if (start >= end) break;
  }
  out[TAKEN] = 0;
  return -1;
}

/**
 * `find_next_usable_block`: a bit before the next multiple of 64, else a whole free byte, else any
 * bit; or -1.
 */
function nextUsable(disk: Sectors, bitmap: number, from: number, end: number): number {
  if (from > 0) {
    const near = Math.min((from + 63) & ~63, end);
    const bit = nextZeroBit(disk, bitmap, from, near);
    if (bit < near) return bit;
  }
  const byte = nextZeroByte(disk, bitmap, from >> 3, (end + 7) >> 3);
  const free = byte << 3;
  if (free < end && free >= from) return free;
  const bit = nextZeroBit(disk, bitmap, from, end);
  return bit < end ? bit : -1;
}
