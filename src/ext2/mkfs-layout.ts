/**
 * The layout that mke2fs would choose: how large the groups are and where their tables stand.
 *
 * Follows: mke2fs for the arithmetic (libext2fs `ext2fs_initialize`, `ext2fs_allocate_tables`).
 * Leaves out: block groups of other sizes than mke2fs chooses.
 */
import { Layout } from './layout.js';
import {
  descriptorBlocksFor,
  firstDataBlockOf,
  groupsFor,
  inodesPerGroupFor,
  isSparseGroup,
  overheadOf,
} from './sizing.js';

/** More would need 16 GiB of 4 KiB blocks; nothing that is simulated comes near. */
const MOST_BLOCKS = 1 << 22;
const FEWEST_BLOCKS = 64;
/** mke2fs drops a last group that has fewer blocks than this beside its own tables. */
const LAST_GROUP_SPARE = 50;
const BLOCK_SIZES: readonly number[] = [1024, 2048, 4096];

/** Why there can be no file system of that size, in a sentence; undefined when there can. */
export function whyNotLayout(blockBytes: number, blocksCount: number): string | undefined {
  if (!BLOCK_SIZES.includes(blockBytes)) {
    return `a block has ${BLOCK_SIZES.join(', ')} bytes, not ${blockBytes}`;
  }
  if (!Number.isInteger(blocksCount)) return `${blocksCount} is not a whole number of blocks`;
  if (blocksCount < FEWEST_BLOCKS || blocksCount > MOST_BLOCKS) {
    return `a file system has ${FEWEST_BLOCKS} to ${MOST_BLOCKS} blocks, not ${blocksCount}`;
  }
  const first = firstDataBlockOf(blockBytes);
  const groups = groupsFor(blockBytes, blocksCount);
  const last = blocksCount - first - (groups - 1) * blockBytes * 8;
  const needed = overheadOf(blockBytes, blocksCount) + LAST_GROUP_SPARE;
  if (groups > 1 && last < needed) {
    return (
      `the last group would have ${last} blocks, fewer than ${needed}; ` +
      `${blocksCount - last} blocks or ${needed - last} blocks more would do`
    );
  }
  return undefined;
}

/**
 * The layout mke2fs would choose for that size; throws RangeError where {@link whyNotLayout} has a
 * reason.
 */
export function layoutOf(blockBytes: number, blocksCount: number): Layout {
  const reason = whyNotLayout(blockBytes, blocksCount);
  if (reason !== undefined) throw new RangeError(reason);
  const groups = groupsFor(blockBytes, blocksCount);
  const inodesPerGroup = inodesPerGroupFor(blockBytes, blocksCount, groups);
  const first = firstDataBlockOf(blockBytes);
  const descriptorBlocks = descriptorBlocksFor(blockBytes, groups);
  const tables = new Int32Array(groups * 3);
  for (let group = 0; group < groups; group++) {
    const start = first + group * blockBytes * 8;
    const copies = isSparseGroup(group) ? 1 + descriptorBlocks : 0;
    tables[group * 3] = start + copies;
    tables[group * 3 + 1] = start + copies + 1;
    tables[group * 3 + 2] = start + copies + 2;
  }
  return new Layout({
    blockBytes,
    blocksCount,
    inodesPerGroup,
    inodeBytes: 128,
    sparse: true,
    tables,
  });
}
