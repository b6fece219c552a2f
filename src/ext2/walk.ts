/**
 * Every block of an inode in order: data and the indirect blocks that lead to it.
 *
 * Follows: libext2fs `ext2fs_block_iterate` without flags: an indirect block comes before what it
 * points to.
 * Works on any bytes: a pointer outside the file system is shown but not followed, and no block is
 * entered twice unless whoever walks asks for it.
 */
import type { Sectors } from '../media/sectors.js';
import { DIRECT_BLOCKS, isDataBlock, pointerAt, pointersPerBlock } from './blockmap.js';
import { INODE_BLOCK } from './inodes.js';
import type { Layout } from './layout.js';

/**
 * Is shown a pointer that is not 0 and answers with the block to go on with, which for an indirect
 * block is entered. `level` 0 is data, 1 to 3 indirect blocks; `logical` is the first logical block
 * behind the pointer. The pointer stands at `index` of the indirect block `parent`, or, if that is
 * 0, of the inode.
 */
export type Visit = (
  block: number,
  logical: number,
  level: number,
  parent: number,
  index: number,
) => number;

/**
 * `again`: how many times an indirect block is entered that was entered before. libext2fs has no
 * such limit; a triple indirect block that leads to itself would keep it busy for minutes.
 */
export function walkBlocks(
  disk: Sectors,
  layout: Layout,
  inode: Int32Array,
  visit: Visit,
  again = 0,
): void {
  let left = again;
  const entered = new Set<number>();
  const n = pointersPerBlock(layout);
  for (let i = 0; i < DIRECT_BLOCKS; i++) {
    const block = inode[INODE_BLOCK + i]! >>> 0;
    if (block !== 0) visit(block, i, 0, 0, i);
  }
  const enter = (
    block: number,
    logical: number,
    level: number,
    span: number,
    parent: number,
    index: number,
  ): void => {
    const indirect = visit(block, logical, level, parent, index);
    if (!isDataBlock(layout, indirect)) return;
    if (entered.has(indirect) && left-- <= 0) return;
    entered.add(indirect);
    for (let i = 0; i < n; i++) {
      const child = pointerAt(disk, layout, indirect, i);
      if (child === 0) continue;
      if (level === 1) visit(child, logical + i, 0, indirect, i);
      else enter(child, logical + i * span, level - 1, span / n, indirect, i);
    }
  };
  let logical = DIRECT_BLOCKS;
  let span = 1;
  for (let level = 1; level <= 3; level++) {
    const index = DIRECT_BLOCKS + level - 1;
    const block = inode[INODE_BLOCK + index]! >>> 0;
    if (block !== 0) enter(block, logical, level, span, 0, index);
    span *= n;
    logical += span;
  }
}

/**
 * Every block of an inode in the order in which truncation gives them back: data before what points
 * to it (`ext2_free_branches`).
 */
export function blocksOnTruncation(disk: Sectors, layout: Layout, inode: Int32Array): number[] {
  const blocks: number[] = [];
  const above: { readonly block: number; readonly level: number }[] = [];
  walkBlocks(disk, layout, inode, (block, _logical, level) => {
    for (let top = above.at(-1); top !== undefined && top.level <= level; top = above.at(-1)) {
      blocks.push(top.block);
      above.pop();
    }
    if (level === 0) blocks.push(block);
    else above.push({ block, level });
    return block;
  });
  return blocks.concat(above.toReversed().map(({ block }) => block));
}
