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

/** What is there at each level of a walk; data needs no name. */
export const LEVELS: readonly string[] = [
  '',
  'indirect block',
  'double indirect block',
  'triple indirect block',
];

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

/** How a walk goes on where a pointer leads astray. */
export interface Manner {
  /**
   * How many times an indirect block is entered that was entered before. libext2fs has no such
   * limit; a triple indirect block that leads to itself would keep it busy for minutes.
   */
  readonly again: number;
  /**
   * libext2fs loses its place at an indirect block that is none and stays: what pointed to it is
   * left at once, and whatever comes behind has the number that the lost blocks would have had.
   */
  readonly losesItsPlace: boolean;
}

const SURE: Manner = { again: 0, losesItsPlace: false };

export function walkBlocks(
  disk: Sectors,
  layout: Layout,
  inode: Int32Array,
  visit: Visit,
  { again, losesItsPlace }: Manner = SURE,
): void {
  let left = again;
  let entered: Set<number> | undefined;
  const n = pointersPerBlock(layout);
  for (let i = 0; i < DIRECT_BLOCKS; i++) {
    const block = inode[INODE_BLOCK + i]! >>> 0;
    if (block !== 0) visit(block, i, 0, 0, i);
  }
  let next = DIRECT_BLOCKS;
  /** Whether its place is known; `span`: how many logical blocks are behind the pointer. */
  const enter = (
    block: number,
    level: number,
    span: number,
    parent: number,
    index: number,
  ): boolean => {
    const first = next;
    const indirect = visit(block, first, level, parent, index);
    const leads = isDataBlock(layout, indirect);
    if (!leads && indirect !== 0 && losesItsPlace) return false;
    next = first + span;
    if (!leads || (entered?.has(indirect) === true && left-- <= 0)) return true;
    (entered ??= new Set()).add(indirect);
    next = first;
    for (let i = 0; i < n; i++) {
      const child = pointerAt(disk, layout, indirect, i);
      if (child === 0) {
        next += span / n;
      } else if (level === 1) {
        visit(child, next, 0, indirect, i);
        next++;
      } else if (!enter(child, level - 1, span / n, indirect, i)) return false;
    }
    return true;
  };
  for (let level = 1, span = n; level <= 3; level++, span *= n) {
    const index = DIRECT_BLOCKS + level - 1;
    const block = inode[INODE_BLOCK + index]! >>> 0;
    if (block === 0) next += span;
    else enter(block, level, span, 0, index);
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
