/**
 * What an administrator's work on a file system at rest must leave: nothing for fsck to say, and
 * blocks where ext2 puts them when the group of the goal is full.
 */
import { takeBit } from '../../src/ext2/bitmap.js';
import { adjustFreeBlocks, freeBlocksOf } from '../../src/ext2/descriptors.js';
import { check } from '../../src/ext2/fsck/check.js';
import { INODE_BLOCK } from '../../src/ext2/inodes.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { QuietFileSystem } from '../../src/ext2/quiet.js';
import { inodeAt, inodeOf } from '../../src/ext2/tree.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { dice } from '../support/dice.js';

const BLOCK_BYTES = 1024;
/** A directory of such names needs a second block soon. */
const LONG = 'x'.repeat(120);

export function disorderAfterWork(seed: string): string[] {
  const { disk, fs } = mounted(300);
  const pick = dice(Number(seed));
  for (let call = 0; call < 60; call++) {
    const path = `/${pick(20)}${LONG}`;
    if (pick(4) === 0) fs.unlink(path);
    else if (fs.create(path, pick(4)) === 'EEXIST')
      fs.append(path, pick(4000), () => call, pick(4));
  }
  fs.unmount();
  return check(disk).problems.map(({ text }) => text);
}

/** `find_next_usable_block`: a whole free byte, and back from it to the first free bit. */
export function wrongPlaceInNextGroup(): string[] {
  const { disk, fs } = mounted(10_000);
  const { layout } = fs;
  // With its inode in group 0 the file wants to be there too.
  fs.create('/a');
  const full = layout.sectorOfBlock(layout.blockBitmapOf(0));
  for (let bit = 0; bit < layout.blocksOf(0); bit++) takeBit(disk, full, bit);
  adjustFreeBlocks(disk, layout, 0, -freeBlocksOf(disk, layout, 0));
  fs.append('/a', BLOCK_BYTES, () => 1);
  const first = inodeOf(disk, layout, inodeAt(disk, layout, '/a'))[INODE_BLOCK];
  const expected = layout.inodeTableOf(1) + layout.inodeTableBlocks;
  return first === expected ? [] : [`the file begins at ${first}, not at ${expected}`];
}

function mounted(blocks: number): { readonly disk: DenseSectors; readonly fs: QuietFileSystem } {
  const disk = new DenseSectors(new SectorPool(), (blocks * BLOCK_BYTES) / 512);
  const layout = mkfs(disk, { blockBytes: BLOCK_BYTES, blocks });
  return { disk, fs: new QuietFileSystem(disk, layout) };
}
