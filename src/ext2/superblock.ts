/**
 * The superblock: what it says about the layout, its state and its totals.
 *
 * Follows: super.c `ext2_fill_super` for what is believed, `ext2_setup_super`, `ext2_write_super`,
 * `ext2_sync_super`.
 * Leaves out: backups (written by mkfs, never read), features other than FILETYPE, sparse_super and
 * large_file.
 */
import type { MutableSectors, Sectors } from '../media/sectors.js';
import { freeBlocksOf, freeInodesOf } from './descriptors.js';
import { Layout } from './layout.js';
import { whyNotLayout } from './mkfs-layout.js';
import { FIRST_INO, firstDataBlockOf, groupsFor } from './sizing.js';

/** The superblock stands at byte 1024, and all fields that matter in its first 512 bytes. */
export const SUPERBLOCK_SECTOR = 2;
export const MAGIC = 0xef53;
/** s_state: cleanly unmounted. */
export const STATE_VALID = 1;
/** s_state: errors were found and left. */
export const STATE_ERROR = 2;

export const SB_INODES_COUNT = 0x00;
export const SB_BLOCKS_COUNT = 0x04;
export const SB_FREE_BLOCKS = 0x0c;
export const SB_FREE_INODES = 0x10;
export const SB_FIRST_DATA_BLOCK = 0x14;
export const SB_LOG_BLOCK_SIZE = 0x18;
export const SB_LOG_FRAG_SIZE = 0x1c;
export const SB_BLOCKS_PER_GROUP = 0x20;
export const SB_FRAGS_PER_GROUP = 0x24;
export const SB_INODES_PER_GROUP = 0x28;
export const SB_WRITE_TIME = 0x30;
export const SB_MOST_MOUNTS = 0x36;
export const SB_MAGIC = 0x38;
const SB_STATE = 0x3a;
export const SB_ERRORS = 0x3c;
export const SB_LAST_CHECK = 0x40;
export const SB_REVISION = 0x4c;
export const SB_FIRST_INO = 0x54;
export const SB_INODE_SIZE = 0x58;
export const SB_GROUP = 0x5a;
const SB_COMPAT = 0x5c;
export const SB_INCOMPAT = 0x60;
export const SB_RO_COMPAT = 0x64;
export const SB_UUID = 0x68;
export const SB_LABEL = 0x78;
export const SB_MADE_TIME = 0x108;

export const INCOMPAT_FILETYPE = 0x2;
export const RO_COMPAT_SPARSE = 0x1;
export const RO_COMPAT_LARGE_FILE = 0x2;
/** Extended attributes are a flag only as long as no inode has a block of them. */
const COMPAT_EXT_ATTR = 0x8;

export type LayoutReading =
  { readonly ok: true; readonly layout: Layout } | { readonly ok: false; readonly problem: string };

/**
 * The layout as superblock and group descriptors tell it; the first thing that does not fit is the
 * problem.
 */
export function readLayout(disk: Sectors): LayoutReading {
  if (disk.count <= SUPERBLOCK_SECTOR) return bad('too small for a superblock');
  const pool = disk.pool;
  const value = disk.get(SUPERBLOCK_SECTOR);
  const problem = whyNotReadable(disk, value);
  if (problem !== undefined) return bad(problem);
  const blockBytes = 1024 << pool.u32(value, SB_LOG_BLOCK_SIZE);
  const blocksCount = pool.u32(value, SB_BLOCKS_COUNT);
  const groups = groupsFor(blockBytes, blocksCount);
  const inodesPerGroup = pool.u32(value, SB_INODES_PER_GROUP);
  const tables = new Int32Array(groups * 3);
  const facts = {
    blockBytes,
    blocksCount,
    inodesPerGroup,
    inodeBytes: pool.u16(value, SB_INODE_SIZE),
    sparse: (pool.u32(value, SB_RO_COMPAT) & RO_COMPAT_SPARSE) !== 0,
    tables,
  };
  const bare = new Layout(facts);
  for (let group = 0; group < groups; group++) {
    const descriptor = disk.get(bare.descriptorSector(group));
    const at = bare.descriptorOffset(group);
    for (let i = 0; i < 3; i++) {
      const block = pool.u32(descriptor, at + i * 4);
      const length = i === 2 ? bare.inodeTableBlocks : 1;
      const first = bare.firstBlockOf(group);
      // A table on top of the superblock would be the end of it as soon as it is written.
      const head = bare.hasSuperblock(group) ? 1 + bare.descriptorBlocks : 0;
      if (block < first + head || block + length > first + bare.blocksOf(group)) {
        return bad(`${TABLES[i] ?? ''} of group ${group} (${block}) is not in group`);
      }
      tables[group * 3 + i] = block;
    }
    const other = overlapIn(tables.subarray(group * 3, group * 3 + 3), bare.inodeTableBlocks);
    if (other !== undefined) {
      return bad(`${other} of group ${group} conflicts with some other fs block`);
    }
  }
  return { ok: true, layout: new Layout(facts) };
}

/**
 * Says in s_state whether the file system is mounted, and writes the totals, as mounting and
 * unmounting do.
 */
export function setMounted(disk: MutableSectors, layout: Layout, mounted: boolean): void {
  writeTotals(disk, layout);
  setState(disk, mounted ? 0 : STATE_VALID);
}

export function setState(disk: MutableSectors, state: number): void {
  const value = disk.get(SUPERBLOCK_SECTOR);
  disk.set(SUPERBLOCK_SECTOR, disk.pool.withU16(value, SB_STATE, state));
}

export function stateOf(disk: Sectors): number {
  return disk.pool.u16(disk.get(SUPERBLOCK_SECTOR), SB_STATE);
}

/**
 * Stores the sums of the groups' counts, as `ext2_sync_super` does when a file system is unmounted.
 */
export function writeTotals(disk: MutableSectors, layout: Layout): void {
  let blocks = 0;
  let inodes = 0;
  for (let group = 0; group < layout.groupCount; group++) {
    blocks += freeBlocksOf(disk, layout, group);
    inodes += freeInodesOf(disk, layout, group);
  }
  const value = disk.get(SUPERBLOCK_SECTOR);
  disk.set(SUPERBLOCK_SECTOR, disk.pool.withTwoU32(value, SB_FREE_BLOCKS, blocks, inodes));
}

const TABLES: readonly string[] = ['block bitmap', 'inode bitmap', 'inode table'];

/** The table of one group that stands where another one does; undefined: none. */
function overlapIn(tables: Int32Array, inodeTableBlocks: number): string | undefined {
  const [blocks = 0, inodes = 0, table = 0] = tables;
  const isIn = (block: number): boolean => block >= table && block < table + inodeTableBlocks;
  if (inodes === blocks || isIn(inodes)) return TABLES[1];
  return isIn(blocks) ? TABLES[0] : undefined;
}

function whyNotReadable(disk: Sectors, value: number): string | undefined {
  const pool = disk.pool;
  if (pool.u16(value, SB_MAGIC) !== MAGIC) return 'bad magic number in superblock';
  if (pool.u32(value, SB_REVISION) !== 1) return 'only revision 1 is read';
  const compat = pool.u32(value, SB_COMPAT) & ~COMPAT_EXT_ATTR;
  const incompat = pool.u32(value, SB_INCOMPAT);
  const readOnly = pool.u32(value, SB_RO_COMPAT) & ~(RO_COMPAT_SPARSE | RO_COMPAT_LARGE_FILE);
  if (compat !== 0 || incompat !== INCOMPAT_FILETYPE || readOnly !== 0) {
    return 'features other than filetype, sparse_super and large_file are not read';
  }
  const log = pool.u32(value, SB_LOG_BLOCK_SIZE);
  if (log > 2 || log !== pool.u32(value, SB_LOG_FRAG_SIZE)) return `block size 2^${log} KiB`;
  const blockBytes = 1024 << log;
  const blocksCount = pool.u32(value, SB_BLOCKS_COUNT);
  const reason = whyNotLayout(blockBytes, blocksCount);
  if (reason !== undefined) return reason;
  if (blocksCount * (blockBytes / 512) > disk.count) {
    return `${blocksCount} blocks do not fit the device of ${disk.count} sectors`;
  }
  const firstDataBlock = pool.u32(value, SB_FIRST_DATA_BLOCK);
  if (firstDataBlock !== firstDataBlockOf(blockBytes)) return 'bad first data block';
  if (pool.u32(value, SB_BLOCKS_PER_GROUP) !== blockBytes * 8) return 'bad blocks per group';
  const inodeBytes = pool.u16(value, SB_INODE_SIZE);
  if (inodeBytes !== 128 && inodeBytes !== 256) return `inodes of ${inodeBytes} bytes`;
  const inodes = pool.u32(value, SB_INODES_PER_GROUP);
  if (inodes === 0 || inodes > blockBytes * 8 || (inodes & 7) !== 0) return 'bad inodes per group';
  const groups = groupsFor(blockBytes, blocksCount);
  if (pool.u32(value, SB_INODES_COUNT) !== inodes * groups) return 'bad inode count';
  if (pool.u32(value, SB_FIRST_INO) !== FIRST_INO) return 'bad first inode';
  return undefined;
}

function bad(problem: string): LayoutReading {
  return { ok: false, problem };
}
