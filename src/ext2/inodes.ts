/**
 * Inodes: taking and giving back their numbers, and the fields of one.
 *
 * Follows: ialloc.c `ext2_new_inode` with `find_group_other` (files), `ext2_free_inode`; inode.c
 * `ext2_read_inode`, `ext2_update_inode`.
 * Models: the bits and the descriptor's counts apart, as the kernel changes them apart.
 * Leaves out: the Orlov allocator for directories, ACLs, fragments, device numbers, sizes over 4
 * GiB.
 */
import { SECTOR_BYTES } from '../media/geometry.js';
import { ZERO_SECTOR } from '../media/sector-pool.js';
import type { MutableSectors, Sectors } from '../media/sectors.js';
import { IS_BUSY, anyBlock, type Admits } from './admission.js';
import { dropBit, nextZeroBit, takeBit } from './bitmap.js';
import { freeBlocksOf, freeInodesOf } from './descriptors.js';
import type { Layout } from './layout.js';
import { FIRST_INO } from './sizing.js';

/**
 * Where a field stands in the Int32Array of an inode. Unsigned fields are read back with `>>> 0`.
 */
export const INODE_MODE = 0;
const INODE_UID = 1;
export const INODE_SIZE = 2;
export const INODE_ATIME = 3;
export const INODE_CTIME = 4;
export const INODE_MTIME = 5;
export const INODE_DTIME = 6;
const INODE_GID = 7;
export const INODE_LINKS = 8;
/** i_blocks: sectors of 512 bytes, those of indirect blocks included. */
export const INODE_SECTORS = 9;
const INODE_FLAGS = 10;
const INODE_GENERATION = 11;
const INODE_FILE_ACL = 12;
/** i_dir_acl; of a regular file the upper half of its size. */
export const INODE_SIZE_HIGH = 13;
/** The first of 15 pointers: 12 direct, indirect, double, triple. */
export const INODE_BLOCK = 14;
/** How long the Int32Array of an inode is. */
export const INODE_INTS = 29;

export const MODE_FORMAT = 0xf000;
export const MODE_DIRECTORY = 0x4000;
export const MODE_REGULAR = 0x8000;

/** Reads an inode's fields into an array of INODE_INTS. */
export function readInode(disk: Sectors, layout: Layout, ino: number, into: Int32Array): void {
  const pool = disk.pool;
  const value = disk.get(layout.inodeSector(ino));
  const at = layout.inodeOffset(ino);
  into[INODE_MODE] = pool.u16(value, at);
  into[INODE_UID] = pool.u16(value, at + 2);
  into[INODE_SIZE] = pool.u32(value, at + 4);
  into[INODE_ATIME] = pool.u32(value, at + 8);
  into[INODE_CTIME] = pool.u32(value, at + 12);
  into[INODE_MTIME] = pool.u32(value, at + 16);
  into[INODE_DTIME] = pool.u32(value, at + 20);
  into[INODE_GID] = pool.u16(value, at + 24);
  into[INODE_LINKS] = pool.u16(value, at + 26);
  into[INODE_SECTORS] = pool.u32(value, at + 28);
  into[INODE_FLAGS] = pool.u32(value, at + 32);
  for (let i = 0; i < 15; i++) into[INODE_BLOCK + i] = pool.u32(value, at + 40 + i * 4);
  into[INODE_GENERATION] = pool.u32(value, at + 100);
  into[INODE_FILE_ACL] = pool.u32(value, at + 104);
  into[INODE_SIZE_HIGH] = pool.u32(value, at + 108);
}

/** The mode alone. */
export function modeOf(disk: Sectors, layout: Layout, ino: number): number {
  return disk.pool.u16(disk.get(layout.inodeSector(ino)), layout.inodeOffset(ino));
}

/**
 * The first inode from `ino` on that stands in a sector with anything in it, or a number behind the
 * last one. Most of a table was never written, and what stands there is no inode.
 */
export function nextWrittenInode(disk: Sectors, layout: Layout, ino: number): number {
  let next = ino;
  while (next <= layout.inodesCount && disk.get(layout.inodeSector(next)) === ZERO_SECTOR) {
    next += (SECTOR_BYTES - (layout.inodeOffset(next) % SECTOR_BYTES)) / layout.inodeBytes;
  }
  return next;
}

/** Whether the pointers of an inode lead to blocks, which without a sensible mode they do not. */
export function hasBlocks(inode: Int32Array): boolean {
  const format = inode[INODE_MODE]! & MODE_FORMAT;
  return format === MODE_REGULAR || format === MODE_DIRECTORY;
}

/** Stores the fields as `ext2_update_inode` does; only words that change cost a patch. */
export function writeInode(
  disk: MutableSectors,
  layout: Layout,
  ino: number,
  from: Int32Array,
): void {
  const sector = layout.inodeSector(ino);
  const at = layout.inodeOffset(ino);
  const old = disk.get(sector);
  const pool = disk.pool;
  const mode = (from[INODE_MODE]! & 0xffff) | (from[INODE_UID]! << 16);
  const links = (from[INODE_GID]! & 0xffff) | (from[INODE_LINKS]! << 16);
  let value = patched(disk, old, at, mode, from[INODE_SIZE]!);
  value = patched(disk, value, at + 8, from[INODE_ATIME]!, from[INODE_CTIME]!);
  value = patched(disk, value, at + 16, from[INODE_MTIME]!, from[INODE_DTIME]!);
  value = patched(disk, value, at + 24, links, from[INODE_SECTORS]!);
  value = patched(disk, value, at + 32, from[INODE_FLAGS]!, pool.u32(value, at + 36) | 0);
  for (let i = 0; i < 14; i += 2) {
    value = patched(
      disk,
      value,
      at + 40 + i * 4,
      from[INODE_BLOCK + i]!,
      from[INODE_BLOCK + i + 1]!,
    );
  }
  value = patched(disk, value, at + 96, from[INODE_BLOCK + 14]!, from[INODE_GENERATION]!);
  value = patched(disk, value, at + 104, from[INODE_FILE_ACL]!, from[INODE_SIZE_HIGH]!);
  if (value !== old) disk.set(sector, value);
}

/**
 * Sets the first free bit of the group that `find_group_other` chooses for a file in that directory
 * and returns the inode's number; 0: none is free; IS_BUSY: nothing was changed. Counts are changed
 * by `adjustFreeInodes`.
 */
export function takeInode(
  disk: MutableSectors,
  layout: Layout,
  parentIno: number,
  admits: Admits = anyBlock,
): number {
  let group = findGroupOther(disk, layout, parentIno);
  if (group < 0) return 0;
  for (let i = 0; i < layout.groupCount; i++) {
    const first = layout.sectorOfBlock(layout.inodeBitmapOf(group));
    const bit = nextZeroBit(disk, first, 0, layout.inodesPerGroup);
    if (bit < layout.inodesPerGroup) {
      if (!admits(layout.inodeBitmapOf(group))) return IS_BUSY;
      takeBit(disk, first, bit);
      const ino = group * layout.inodesPerGroup + bit + 1;
      return ino < FIRST_INO ? 0 : ino;
    }
    if (++group === layout.groupCount) group = 0;
  }
  return 0;
}

/** Clears the inode's bit and says whether it was set. */
export function freeInode(disk: MutableSectors, layout: Layout, ino: number): boolean {
  const group = layout.groupOfInode(ino);
  const first = layout.sectorOfBlock(layout.inodeBitmapOf(group));
  return dropBit(disk, first, (ino - 1) % layout.inodesPerGroup);
}

function findGroupOther(disk: Sectors, layout: Layout, parentIno: number): number {
  const parentGroup = layout.groupOfInode(parentIno);
  const groups = layout.groupCount;
  let group = parentGroup;
  if (hasRoom(disk, layout, group)) return group;
  group = (group + parentIno) % groups;
  for (let i = 1; i < groups; i <<= 1) {
    group += i;
    if (group >= groups) group -= groups;
    if (hasRoom(disk, layout, group)) return group;
  }
  group = parentGroup;
  for (let i = 0; i < groups; i++) {
    if (++group >= groups) group = 0;
    if (freeInodesOf(disk, layout, group) > 0) return group;
  }
  return -1;
}

function hasRoom(disk: Sectors, layout: Layout, group: number): boolean {
  return freeInodesOf(disk, layout, group) > 0 && freeBlocksOf(disk, layout, group) > 0;
}

function patched(disk: Sectors, value: number, at: number, first: number, second: number): number {
  const pool = disk.pool;
  if (((pool.u32(value, at) ^ first) | (pool.u32(value, at + 4) ^ second)) === 0) return value;
  return pool.withTwoU32(value, at, first, second);
}
