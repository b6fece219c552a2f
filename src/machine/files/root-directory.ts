/** The root directory's blocks, as the functions over directories want them. */
import { ROOT_SLOT, type Inodes } from './inodes.js';
import type { Layout } from '../../ext2/layout.js';

/** A directory of more blocks than this is refused: some 4,000 names at 1 KiB a block. */
export const MOST_DIRECTORY_BLOCKS = 64;

/** Fills `into` with the device blocks of the root directory and returns how many there are. */
export function rootBlocks(inodes: Inodes, layout: Layout, into: Int32Array): number {
  const count = inodes.size(ROOT_SLOT) / layout.blockBytes;
  for (let n = 0; n < count; n++) into[n] = inodes.blockOf(ROOT_SLOT, n);
  return count;
}

/** The logical number of a device block of the root directory. */
export function logicalOf(blocks: Int32Array, count: number, block: number): number {
  const logical = blocks.subarray(0, count).indexOf(block);
  if (logical < 0) throw new Error(`block ${block} is not of the root directory`);
  return logical;
}
