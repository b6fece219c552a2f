/**
 * The counts in a group's descriptor: free blocks, free inodes, directories.
 *
 * Follows: balloc.c `group_adjust_blocks`; ialloc.c `ext2_new_inode`, `ext2_release_inode`. A count
 * is added to whatever stands there and wraps at 16 bits, as in the kernel, which trusts it.
 */
import type { MutableSectors, Sectors } from '../media/sectors.js';
import type { Layout } from './layout.js';

const FREE_BLOCKS = 12;
const FREE_INODES = 14;
const USED_DIRS = 16;

/** Changes the count of free blocks. */
export function adjustFreeBlocks(
  disk: MutableSectors,
  layout: Layout,
  group: number,
  delta: number,
): void {
  adjust(disk, layout, group, FREE_BLOCKS, delta);
}

/** Changes the counts of free inodes and of directories. */
export function adjustFreeInodes(
  disk: MutableSectors,
  layout: Layout,
  group: number,
  delta: number,
  dirsDelta: number,
): void {
  adjust(disk, layout, group, FREE_INODES, delta);
  if (dirsDelta !== 0) adjust(disk, layout, group, USED_DIRS, dirsDelta);
}

export function freeBlocksOf(disk: Sectors, layout: Layout, group: number): number {
  return countOf(disk, layout, group, FREE_BLOCKS);
}

export function freeInodesOf(disk: Sectors, layout: Layout, group: number): number {
  return countOf(disk, layout, group, FREE_INODES);
}

export function usedDirsOf(disk: Sectors, layout: Layout, group: number): number {
  return countOf(disk, layout, group, USED_DIRS);
}

function countOf(disk: Sectors, layout: Layout, group: number, field: number): number {
  const value = disk.get(layout.descriptorSector(group));
  return disk.pool.u16(value, layout.descriptorOffset(group) + field);
}

function adjust(
  disk: MutableSectors,
  layout: Layout,
  group: number,
  field: number,
  delta: number,
): void {
  const sector = layout.descriptorSector(group);
  const value = disk.get(sector);
  const at = layout.descriptorOffset(group) + field;
  const count = (disk.pool.u16(value, at) + delta) & 0xffff;
  disk.set(sector, disk.pool.withU16(value, at, count));
}
