/**
 * From a logical block of a file to the block on the disk, through indirect blocks.
 *
 * Follows: inode.c `ext2_block_to_path`, `ext2_get_branch`.
 * Leaves out: reading errors; a pointer outside the file system reads as a hole.
 */
import type { MutableSectors, Sectors } from '../media/sectors.js';
import { ZERO_SECTOR } from '../media/sector-pool.js';
import type { Layout } from './layout.js';

export const DIRECT_BLOCKS = 12;
/** The pointers of an inode that lead to indirect, double and triple indirect blocks. */
export const INDIRECT = 12;
const DOUBLE = 13;
const TRIPLE = 14;
/** The deepest path: three indirect blocks and the data. */
export const DEEPEST = 4;

/** How many pointers an indirect block holds. */
export function pointersPerBlock(layout: Layout): number {
  return layout.blockBytes >> 2;
}

/** How many logical blocks a file can have. */
export function mostBlocks(layout: Layout): number {
  const n = pointersPerBlock(layout);
  return DIRECT_BLOCKS + n + n * n + n * n * n;
}

/**
 * The path to a logical block: offsets[0] is a pointer of the inode, each further one a pointer in
 * the block that the one before leads to. Returns its length, 0 when no file has that block.
 */
export function blockToPath(layout: Layout, logical: number, offsets: Int32Array): number {
  const n = pointersPerBlock(layout);
  if (logical < 0) return 0;
  if (logical < DIRECT_BLOCKS) {
    offsets[0] = logical;
    return 1;
  }
  let rest = logical - DIRECT_BLOCKS;
  if (rest < n) {
    offsets[0] = INDIRECT;
    offsets[1] = rest;
    return 2;
  }
  rest -= n;
  if (rest < n * n) {
    offsets[0] = DOUBLE;
    offsets[1] = Math.floor(rest / n);
    offsets[2] = rest % n;
    return 3;
  }
  rest -= n * n;
  if (rest >= n * n * n) return 0;
  offsets[0] = TRIPLE;
  offsets[1] = Math.floor(rest / (n * n));
  offsets[2] = Math.floor(rest / n) % n;
  offsets[3] = rest % n;
  return 4;
}

/** The block on the disk behind a logical block, given an inode's 15 pointers; 0: a hole. */
export function blockAt(
  disk: Sectors,
  layout: Layout,
  pointers: Int32Array,
  logical: number,
): number {
  if (logical < 0) return 0;
  if (logical < DIRECT_BLOCKS) return legal(layout, pointers[logical]!);
  const n = pointersPerBlock(layout);
  let rest = logical - DIRECT_BLOCKS;
  if (rest < n) return legal(layout, step(disk, layout, pointers[INDIRECT]!, rest));
  rest -= n;
  if (rest < n * n) {
    const indirect = step(disk, layout, pointers[DOUBLE]!, Math.floor(rest / n));
    return legal(layout, step(disk, layout, indirect, rest % n));
  }
  rest -= n * n;
  if (rest >= n * n * n) return 0;
  const double = step(disk, layout, pointers[TRIPLE]!, Math.floor(rest / (n * n)));
  const indirect = step(disk, layout, double, Math.floor(rest / n) % n);
  return legal(layout, step(disk, layout, indirect, rest % n));
}

/** Whether a number can be a block of a file at all. */
export function isDataBlock(layout: Layout, block: number): boolean {
  return block >= layout.firstDataBlock && block < layout.blocksCount && block !== 0;
}

/** A pointer in an indirect block. */
export function pointerAt(disk: Sectors, layout: Layout, indirect: number, index: number): number {
  const value = disk.get(layout.sectorOfBlock(indirect) + (index >> 7));
  return disk.pool.u32(value, (index & 127) << 2);
}

/** Stores a pointer in an indirect block. */
export function setPointer(
  disk: MutableSectors,
  layout: Layout,
  indirect: number,
  index: number,
  block: number,
): void {
  const sector = layout.sectorOfBlock(indirect) + (index >> 7);
  disk.set(sector, disk.pool.withU32(disk.get(sector), (index & 127) << 2, block));
}

/** Fills a block with zeroes, as a new indirect block is. */
export function clearBlock(disk: MutableSectors, layout: Layout, block: number): void {
  const first = layout.sectorOfBlock(block);
  for (let i = 0; i < layout.sectorsPerBlock; i++) disk.set(first + i, ZERO_SECTOR);
}

function step(disk: Sectors, layout: Layout, indirect: number, index: number): number {
  return isDataBlock(layout, indirect) ? pointerAt(disk, layout, indirect, index) : 0;
}

function legal(layout: Layout, block: number): number {
  return isDataBlock(layout, block) ? block : 0;
}
