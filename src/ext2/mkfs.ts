/**
 * A new, empty file system: what `mke2fs -O none,filetype,sparse_super -I 128 -m 0 -L desync`
 * makes.
 *
 * Follows: mke2fs (`write_inode_tables`, `create_root_dir`, `create_lost_and_found`).
 * Models: superblock and descriptors with their copies, bitmaps with padding, root, lost+found of
 * 16 KiB at most.
 * Leaves out: reserved blocks, the bad blocks inode, a hash seed, a journal.
 */
import type { MutableSectors } from '../media/sectors.js';
import { takeBit } from './bitmap.js';
import { clearBlock } from './blockmap.js';
import { type Layout, ROOT_INO } from './layout.js';
import { layoutOf } from './mkfs-layout.js';
import { DESCRIPTOR_BYTES, FIRST_INO } from './sizing.js';
import {
  TYPE_DIRECTORY,
  addEntry,
  nameBytes,
  startDirectory,
  startEmptyBlock,
} from './directory.js';
import {
  INODE_ATIME,
  INODE_BLOCK,
  INODE_CTIME,
  INODE_INTS,
  INODE_LINKS,
  INODE_MODE,
  INODE_MTIME,
  INODE_SECTORS,
  INODE_SIZE,
  MODE_DIRECTORY,
  writeInode,
} from './inodes.js';
import * as sb from './superblock.js';

/** The moment of the mail that told of the race: 2008-04-02T20:23:41Z. */
export const MAIL_TIME = 1207167821;
export const LABEL = 'desync';
export const LOST_AND_FOUND = 'lost+found';
const DEFAULT_UUID = 'de5d2008-0402-4023-8041-646d72616964';
const MOST_LOST_BLOCKS = 12;
const LOST_BYTES = 16 * 1024;

export interface MkfsOptions {
  readonly blockBytes: number;
  readonly blocks: number;
  /** As text with hyphens; the same one for every file system unless it is given. */
  readonly uuid?: string;
}

/**
 * Makes the file system; throws RangeError where there is no such layout or the disk is too small.
 */
export function mkfs(disk: MutableSectors, options: MkfsOptions): Layout {
  const layout = layoutOf(options.blockBytes, options.blocks);
  if (layout.sectorOfBlock(layout.blocksCount) > disk.count) {
    throw new RangeError(`${layout.blocksCount} blocks do not fit ${disk.count} sectors`);
  }
  writeSuperblock(disk, layout, uuidBytes(options.uuid ?? DEFAULT_UUID));
  for (let group = 0; group < layout.groupCount; group++) makeGroup(disk, layout, group);
  makeDirectories(disk, layout);
  for (let group = 0; group < layout.groupCount; group++) countGroup(disk, layout, group);
  sb.setMounted(disk, layout, false);
  copyBackups(disk, layout);
  return layout;
}

function writeSuperblock(disk: MutableSectors, layout: Layout, uuid: Uint8Array): void {
  const bytes = new Uint8Array(512);
  const view = new DataView(bytes.buffer);
  const log = 31 - Math.clz32(layout.blockBytes >> 10);
  view.setUint32(sb.SB_INODES_COUNT, layout.inodesCount, true);
  view.setUint32(sb.SB_BLOCKS_COUNT, layout.blocksCount, true);
  view.setUint32(sb.SB_FIRST_DATA_BLOCK, layout.firstDataBlock, true);
  view.setUint32(sb.SB_LOG_BLOCK_SIZE, log, true);
  view.setUint32(sb.SB_LOG_FRAG_SIZE, log, true);
  view.setUint32(sb.SB_BLOCKS_PER_GROUP, layout.blocksPerGroup, true);
  view.setUint32(sb.SB_FRAGS_PER_GROUP, layout.blocksPerGroup, true);
  view.setUint32(sb.SB_INODES_PER_GROUP, layout.inodesPerGroup, true);
  view.setUint32(sb.SB_WRITE_TIME, MAIL_TIME, true);
  view.setInt16(sb.SB_MOST_MOUNTS, -1, true);
  view.setUint16(sb.SB_MAGIC, sb.MAGIC, true);
  view.setUint16(sb.SB_ERRORS, 1, true);
  view.setUint32(sb.SB_LAST_CHECK, MAIL_TIME, true);
  view.setUint32(sb.SB_REVISION, 1, true);
  view.setUint32(sb.SB_FIRST_INO, FIRST_INO, true);
  view.setUint16(sb.SB_INODE_SIZE, layout.inodeBytes, true);
  view.setUint32(sb.SB_INCOMPAT, sb.INCOMPAT_FILETYPE, true);
  view.setUint32(sb.SB_RO_COMPAT, sb.RO_COMPAT_SPARSE, true);
  bytes.set(uuid, sb.SB_UUID);
  bytes.set(nameBytes(LABEL), sb.SB_LABEL);
  view.setUint32(sb.SB_MADE_TIME, MAIL_TIME, true);
  disk.set(sb.SUPERBLOCK_SECTOR, disk.pool.intern(bytes));
}

/**
 * The group's descriptor, its bitmaps with all that the group needs itself, an empty inode table.
 */
function makeGroup(disk: MutableSectors, layout: Layout, group: number): void {
  const first = layout.firstBlockOf(group);
  const table = layout.inodeTableOf(group);
  const sector = layout.descriptorSector(group);
  const at = layout.descriptorOffset(group);
  const bitmaps = [layout.blockBitmapOf(group), layout.inodeBitmapOf(group)] as const;
  let value = disk.pool.withTwoU32(disk.get(sector), at, bitmaps[0], bitmaps[1]);
  value = disk.pool.withU32(value, at + 8, table);
  disk.set(sector, value);
  clearBlock(disk, layout, bitmaps[0]);
  clearBlock(disk, layout, bitmaps[1]);
  for (let i = 0; i < layout.inodeTableBlocks; i++) clearBlock(disk, layout, table + i);
  const used = table + layout.inodeTableBlocks - first;
  fill(disk, layout, bitmaps[0], used, layout.blocksOf(group));
  fill(disk, layout, bitmaps[1], group === 0 ? FIRST_INO - 1 : 0, layout.inodesPerGroup);
}

/** Sets the bits [0, used) and the padding from `end` to the bitmap's end. */
function fill(
  disk: MutableSectors,
  layout: Layout,
  bitmap: number,
  used: number,
  end: number,
): void {
  const bytes = new Uint8Array(layout.blockBytes);
  const bits = layout.blockBytes * 8;
  for (let bit = 0; bit < bits; bit++) {
    if (bit < used || bit >= end) bytes[bit >> 3]! |= 1 << (bit & 7);
  }
  const first = layout.sectorOfBlock(bitmap);
  for (let i = 0; i < layout.sectorsPerBlock; i++) {
    disk.set(first + i, disk.pool.intern(bytes, i * 512));
  }
}

function makeDirectories(disk: MutableSectors, layout: Layout): void {
  const root = layout.inodeTableOf(0) + layout.inodeTableBlocks;
  const lost = Math.min(LOST_BYTES / layout.blockBytes, MOST_LOST_BLOCKS);
  startDirectory(disk, layout, root, ROOT_INO, ROOT_INO);
  startDirectory(disk, layout, root + 1, FIRST_INO, ROOT_INO);
  for (let i = 1; i < lost; i++) startEmptyBlock(disk, layout, root + 1 + i);
  const name = nameBytes(LOST_AND_FOUND);
  addEntry(disk, layout, Int32Array.of(root), 1, name, FIRST_INO, TYPE_DIRECTORY);
  makeDirectory(disk, layout, ROOT_INO, 0o755, 3, root, 1);
  makeDirectory(disk, layout, FIRST_INO, 0o700, 2, root + 1, lost);
  const bits = layout.sectorOfBlock(layout.blockBitmapOf(0));
  for (let i = 0; i <= lost; i++) takeBit(disk, bits, layout.bitOfBlock(root + i));
  takeBit(disk, layout.sectorOfBlock(layout.inodeBitmapOf(0)), FIRST_INO - 1);
}

function makeDirectory(
  disk: MutableSectors,
  layout: Layout,
  ino: number,
  permissions: number,
  links: number,
  first: number,
  blocks: number,
): void {
  const inode = new Int32Array(INODE_INTS);
  inode[INODE_MODE] = MODE_DIRECTORY | permissions;
  inode[INODE_LINKS] = links;
  inode[INODE_SIZE] = blocks * layout.blockBytes;
  inode[INODE_SECTORS] = blocks * layout.sectorsPerBlock;
  inode[INODE_ATIME] = MAIL_TIME;
  inode[INODE_CTIME] = MAIL_TIME;
  inode[INODE_MTIME] = MAIL_TIME;
  for (let i = 0; i < blocks; i++) inode[INODE_BLOCK + i] = first + i;
  writeInode(disk, layout, ino, inode);
}

/** The counts of the group as its bitmaps have it; lost+found and root are the only directories. */
function countGroup(disk: MutableSectors, layout: Layout, group: number): void {
  const dirs = group === 0 ? 2 : 0;
  const blocks = zeroes(disk, layout, layout.blockBitmapOf(group));
  const inodes = zeroes(disk, layout, layout.inodeBitmapOf(group));
  const sector = layout.descriptorSector(group);
  const at = layout.descriptorOffset(group) + 12;
  disk.set(sector, disk.pool.withTwoU32(disk.get(sector), at, blocks | (inodes << 16), dirs));
}

function zeroes(disk: MutableSectors, layout: Layout, bitmap: number): number {
  let count = 0;
  const first = layout.sectorOfBlock(bitmap);
  for (let i = 0; i < layout.sectorsPerBlock; i++) {
    for (const byte of disk.pool.view(disk.get(first + i))) {
      for (let rest = ~byte & 0xff; rest !== 0; rest &= rest - 1) count++;
    }
  }
  return count;
}

/** Superblock and descriptors into the groups that keep copies of them. */
function copyBackups(disk: MutableSectors, layout: Layout): void {
  const from = layout.sectorOfBlock(layout.firstDataBlock + 1);
  const sectors = (layout.groupCount * DESCRIPTOR_BYTES + 511) >> 9;
  for (let group = 1; group < layout.groupCount; group++) {
    if (!layout.hasSuperblock(group)) continue;
    const to = layout.sectorOfBlock(layout.firstBlockOf(group));
    const value = disk.get(sb.SUPERBLOCK_SECTOR);
    disk.set(to, disk.pool.withU16(value, sb.SB_GROUP, group));
    for (let i = 0; i < sectors; i++) {
      disk.set(to + layout.sectorsPerBlock + i, disk.get(from + i));
    }
  }
}

/** The 16 bytes of a uuid; throws RangeError where it is none. */
function uuidBytes(text: string): Uint8Array {
  const digits = text.replaceAll('-', '');
  if (!/^[0-9a-fA-F]{32}$/.test(digits)) throw new RangeError(`not a uuid: ${text}`);
  const bytes = new Uint8Array(16);
  for (let i = 0; i < 16; i++) bytes[i] = Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}
