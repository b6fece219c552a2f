/**
 * How many groups, inodes and descriptors a file system of a size gets.
 *
 * Follows: mke2fs with the inode ratios of its mke2fs.conf; libext2fs `ext2fs_initialize`,
 * `ext2fs_bg_has_super`.
 */

export const DESCRIPTOR_BYTES = 32;
/** The first inode that is not reserved; lost+found gets it. */
export const FIRST_INO = 11;

/** With blocks of 1 KiB the boot sector has a block of its own. */
export function firstDataBlockOf(blockBytes: number): number {
  return blockBytes === 1024 ? 1 : 0;
}

export function descriptorBlocksFor(blockBytes: number, groups: number): number {
  return Math.ceil((groups * DESCRIPTOR_BYTES) / blockBytes);
}

/** How many groups that many blocks make. */
export function groupsFor(blockBytes: number, blocksCount: number): number {
  const first = firstDataBlockOf(blockBytes);
  return Math.ceil((blocksCount - first) / (blockBytes * 8));
}

/** mke2fs.conf: an inode for every 8 KiB below 3 MiB, 4 KiB below 512 MiB, 16 KiB above. */
export function inodesPerGroupFor(blockBytes: number, blocksCount: number, groups: number): number {
  const bytes = blocksCount * blockBytes;
  const ratio = bytes < 3 * 2 ** 20 ? 8192 : bytes < 512 * 2 ** 20 ? 4096 : 16384;
  const inodes = Math.max(Math.floor(bytes / ratio), FIRST_INO + 1);
  const perBlock = blockBytes / 128;
  return Math.ceil(Math.ceil(inodes / groups) / perBlock) * perBlock;
}

/** Blocks that the last group needs for itself. */
export function overheadOf(blockBytes: number, blocksCount: number): number {
  const groups = groupsFor(blockBytes, blocksCount);
  const inodes = inodesPerGroupFor(blockBytes, blocksCount, groups);
  const copies = isSparseGroup(groups - 1) ? 1 + descriptorBlocksFor(blockBytes, groups) : 0;
  return copies + 2 + (inodes * 128) / blockBytes;
}

/** Whether a group holds copies of superblock and descriptors under sparse_super. */
export function isSparseGroup(group: number): boolean {
  if (group <= 1) return true;
  for (const root of [3, 5, 7]) {
    let power = root;
    while (power < group) power *= root;
    if (power === group) return true;
  }
  return false;
}
