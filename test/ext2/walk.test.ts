import { describe, expect, test } from 'vitest';
import { setPointer } from '../../src/ext2/blockmap.js';
import { INODE_BLOCK, INODE_INTS } from '../../src/ext2/inodes.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { blocksOnTruncation, walkBlocks } from '../../src/ext2/walk.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';

/** Two direct blocks, an indirect one, a double and a triple one; few of their pointers are set. */
function sparse() {
  const disk = new DenseSectors(new SectorPool(), 2048);
  const layout = mkfs(disk, { blockBytes: 1024, blocks: 1024 });
  const inode = new Int32Array(INODE_INTS);
  inode.set([500, 0, 501], INODE_BLOCK);
  inode.set([600, 700, 800], INODE_BLOCK + 12);
  for (const [indirect, index, to] of [
    [600, 3, 510],
    [600, 255, 511],
    [700, 0, 710],
    [700, 2, 711],
    [710, 1, 520],
    [711, 0, 521],
    [711, 9, 522],
    [800, 1, 810],
    [810, 4, 820],
    [820, 6, 530],
  ] as const) {
    setPointer(disk, layout, indirect, index, to);
  }
  return { disk, layout, inode };
}

describe('the blocks of an inode', () => {
  test('come with their place: data behind what points to them', () => {
    const { disk, layout, inode } = sparse();
    const seen: number[][] = [];
    walkBlocks(disk, layout, inode, (...told) => {
      seen.push(told);
      return told[0];
    });
    const double = 12 + 256;
    const triple = double + 256 * 256;
    expect(seen).toEqual([
      [500, 0, 0, 0, 0],
      [501, 2, 0, 0, 2],
      [600, 12, 1, 0, 12],
      [510, 12 + 3, 0, 600, 3],
      [511, 12 + 255, 0, 600, 255],
      [700, double, 2, 0, 13],
      [710, double, 1, 700, 0],
      [520, double + 1, 0, 710, 1],
      [711, double + 2 * 256, 1, 700, 2],
      [521, double + 2 * 256, 0, 711, 0],
      [522, double + 2 * 256 + 9, 0, 711, 9],
      [800, triple, 3, 0, 14],
      [810, triple + 256 * 256, 2, 800, 1],
      [820, triple + 256 * 256 + 4 * 256, 1, 810, 4],
      [530, triple + 256 * 256 + 4 * 256 + 6, 0, 820, 6],
    ]);
  });

  test('are given back before what points to them', () => {
    const { disk, layout, inode } = sparse();
    expect(blocksOnTruncation(disk, layout, inode)).toEqual([
      ...[500, 501, 510, 511, 600],
      ...[520, 710, 521, 522, 711, 700],
      ...[530, 820, 810, 800],
    ]);
  });

  test('end where a pointer leads behind the file system, to nothing, or back', () => {
    const { disk, layout, inode } = sparse();
    for (const [index, to] of [
      [12, 1024],
      [13, 0],
      [14, 800],
    ] as const) {
      inode[INODE_BLOCK + index] = to;
    }
    setPointer(disk, layout, 800, 1, 800);
    const visited = (again: number): number[] => {
      const blocks: number[] = [];
      walkBlocks(
        disk,
        layout,
        inode,
        (block) => {
          blocks.push(block);
          return block;
        },
        { again, losesItsPlace: false },
      );
      return blocks.filter((block) => block >= 600);
    };
    expect(visited(0)).toEqual([1024, 800, 800]);
    expect(visited(1)).toEqual([1024, 800, 800, 800]);
    expect(visited(2)).toEqual([1024, 800, 800, 800, 800]);
  });

  test('are found in their place behind what leads astray, or as libext2fs finds them', () => {
    const { disk, layout, inode } = sparse();
    inode[INODE_BLOCK + 12] = 1024;
    setPointer(disk, layout, 700, 1, 1025);
    setPointer(disk, layout, 710, 1, 0);
    setPointer(disk, layout, 710, 2, 520);
    const seen = (losesItsPlace: boolean): number[][] => {
      const all: number[][] = [];
      const visit = (block: number, logical: number, level: number): number => {
        if (level === 0 && logical >= 12) all.push([block, logical]);
        return block;
      };
      walkBlocks(disk, layout, inode, visit, { again: 0, losesItsPlace });
      return all;
    };
    const double = 12 + 256;
    const triple = double + 256 * 256;
    const inThird = 256 * 256 + 4 * 256 + 6;
    expect(seen(false)).toEqual([
      [520, double + 2],
      [521, double + 2 * 256],
      [522, double + 2 * 256 + 9],
      [530, triple + inThird],
    ]);
    // Nothing of the first indirect block is counted, nor of the second block in the double one,
    // behind which nothing is looked at.
    expect(seen(true)).toEqual([
      [520, 12 + 2],
      [530, 12 + 256 + inThird],
    ]);
  });

  test('go on with the block that whoever is shown one answers with', () => {
    const { disk, layout, inode } = sparse();
    setPointer(disk, layout, 601, 0, 599);
    const seen: number[] = [];
    walkBlocks(disk, layout, inode, (block) => {
      seen.push(block);
      return block === 600 ? 601 : 0;
    });
    expect(seen).toEqual([500, 501, 600, 599, 700, 800]);
  });
});
