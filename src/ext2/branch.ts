/**
 * Giving a file a block, and taking all of them back, in one go.
 *
 * Follows: inode.c `ext2_get_blocks` (`ext2_alloc_blocks`, `ext2_alloc_branch`,
 * `ext2_splice_branch`), `ext2_truncate`.
 * Models: the kernel's order of steps with nobody between them; the live file system takes the same
 * steps one by one.
 * Leaves out: allocating several data blocks at once (write() asks for one).
 */
import type { MutableSectors } from '../media/sectors.js';
import { TAKEN, TAKEN_GROUP, freeBlock, takeBlocks } from './allocate.js';
import { findGoal, findNear } from './goal.js';
import {
  DEEPEST,
  blockToPath,
  clearBlock,
  isDataBlock,
  pointerAt,
  setPointer,
} from './blockmap.js';
import { adjustFreeBlocks } from './descriptors.js';
import { INODE_BLOCK, INODE_SECTORS } from './inodes.js';
import type { Layout } from './layout.js';
import type { Reservations } from './reservations.js';
import { walkBlocks } from './walk.js';

/**
 * Whoever writes: the file's window (slot -1: none) and the process, which colours the first block.
 */
export interface Writer {
  readonly windows: Reservations;
  readonly slot: number;
  readonly pid: number;
}

/** The block was there, is new, cannot be had, or the path to it is damaged. */
export type Growth =
  | { readonly as: 'present' | 'new'; readonly block: number }
  | { readonly as: 'full' }
  | { readonly as: 'damaged' };

/**
 * Finds or allocates a logical block of the inode; pointers and i_blocks of `inode` change, it is
 * not written.
 */
export function growFile(
  disk: MutableSectors,
  layout: Layout,
  ino: number,
  inode: Int32Array,
  logical: number,
  writer: Writer,
): Growth {
  const offsets = new Int32Array(DEEPEST);
  const depth = blockToPath(layout, logical, offsets);
  if (depth === 0) return { as: 'full' };
  const pointers = inode.subarray(INODE_BLOCK);
  let parent = 0;
  let level = 0;
  let block = pointers[offsets[0]!]! >>> 0;
  while (block !== 0) {
    if (!isDataBlock(layout, block)) return { as: 'damaged' };
    if (level === depth - 1) return { as: 'present', block };
    parent = block;
    level++;
    block = pointerAt(disk, layout, parent, offsets[level]!);
  }
  const { windows, slot, pid } = writer;
  const index = offsets[level]!;
  const goal =
    findGoal(windows, slot, logical) || findNear(disk, layout, pointers, parent, index, ino, pid);
  const fresh = takeBranch(disk, layout, writer, goal, depth - level);
  const first = fresh[0];
  if (first === undefined) return { as: 'full' };
  inode[INODE_SECTORS]! += fresh.length * layout.sectorsPerBlock;
  for (let i = 0; i + 1 < fresh.length; i++) {
    clearBlock(disk, layout, fresh[i] ?? 0);
    setPointer(disk, layout, fresh[i] ?? 0, offsets[level + i + 1]!, fresh[i + 1] ?? 0);
  }
  if (parent === 0) pointers[index] = first;
  else setPointer(disk, layout, parent, index, first);
  const data = fresh.at(-1) ?? 0;
  if (slot >= 0) windows.remember(slot, logical, data);
  return { as: 'new', block: data };
}

/** Gives back every block of the inode; its pointers stay, as on a deleted inode of ext2. */
export function freeFile(disk: MutableSectors, layout: Layout, inode: Int32Array): void {
  const blocks: number[] = [];
  walkBlocks(disk, layout, inode, (block) => {
    blocks.push(block);
    return block;
  });
  for (const block of blocks) giveBack(disk, layout, block);
}

/**
 * `ext2_alloc_blocks`: as many blocks as the branch needs, none at all when they cannot all be had.
 */
function takeBranch(
  disk: MutableSectors,
  layout: Layout,
  writer: Writer,
  goal: number,
  wanted: number,
): readonly number[] {
  const out = new Int32Array(2);
  const blocks: number[] = [];
  while (blocks.length < wanted) {
    const want = wanted - blocks.length;
    const first = takeBlocks(disk, layout, writer.windows, writer.slot, goal, want, out);
    if (first === 0) {
      for (const block of blocks) giveBack(disk, layout, block);
      return [];
    }
    const count = out[TAKEN]!;
    adjustFreeBlocks(disk, layout, out[TAKEN_GROUP]!, -count);
    for (let i = 0; i < count; i++) blocks.push(first + i);
  }
  return blocks;
}

function giveBack(disk: MutableSectors, layout: Layout, block: number): void {
  if (freeBlock(disk, layout, block)) {
    adjustFreeBlocks(disk, layout, layout.groupOfBlock(block), 1);
  }
}
