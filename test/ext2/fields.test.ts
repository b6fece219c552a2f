import { describe, expect, test } from 'vitest';
import { dropBit, nextZeroBit, nextZeroByte, takeBit, testBit } from '../../src/ext2/bitmap.js';
import { blockAt, blockToPath, setPointer } from '../../src/ext2/blockmap.js';
import {
  adjustFreeBlocks,
  adjustFreeInodes,
  freeBlocksOf,
  freeInodesOf,
  usedDirsOf,
} from '../../src/ext2/descriptors.js';
import { INODE_INTS, freeInode, readInode, takeInode, writeInode } from '../../src/ext2/inodes.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { setMounted, stateOf } from '../../src/ext2/superblock.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';

function stage(blocks = 300): readonly [DenseSectors, ReturnType<typeof mkfs>] {
  const disk = new DenseSectors(new SectorPool(), blocks * 2);
  return [disk, mkfs(disk, { blockBytes: 1024, blocks })];
}

describe('a bitmap', () => {
  test('takes and drops a bit once, over the border of sectors', () => {
    const disk = new DenseSectors(new SectorPool(), 4);
    for (const bit of [0, 31, 4095, 4096, 8191]) {
      expect([takeBit(disk, 1, bit), takeBit(disk, 1, bit), testBit(disk, 1, bit)]).toEqual([
        true,
        false,
        true,
      ]);
    }
    expect(disk.pool.u8(disk.get(2), 0)).toBe(1);
    expect([dropBit(disk, 1, 4096), dropBit(disk, 1, 4096)]).toEqual([true, false]);
  });

  test('finds the next zero as a bit and as a byte', () => {
    const disk = new DenseSectors(new SectorPool(), 4);
    for (let bit = 0; bit < 5000; bit++) takeBit(disk, 0, bit);
    dropBit(disk, 0, 4100);
    expect(nextZeroBit(disk, 0, 0, 8192)).toBe(4100);
    expect(nextZeroBit(disk, 0, 4101, 8192)).toBe(5000);
    expect(nextZeroBit(disk, 0, 4101, 4990)).toBe(4990);
    expect(nextZeroBit(disk, 0, 4101, 4995)).toBe(4995);
    expect(nextZeroByte(disk, 0, 512, 1024)).toBe(625);
    expect(nextZeroByte(disk, 0, 512, 600)).toBe(600);
  });
});

describe('an inode', () => {
  test('is read as it was written, beside its neighbours', () => {
    const [disk, layout] = stage();
    const inode = Int32Array.from({ length: INODE_INTS }, (_, i) => 1000 + i);
    for (const ino of [11, 12, 13])
      writeInode(
        disk,
        layout,
        ino,
        inode.map((x) => x + ino),
      );
    const read = new Int32Array(INODE_INTS);
    readInode(disk, layout, 12, read);
    expect(read).toEqual(inode.map((x) => x + 12));
  });

  test('gets the first free number in the group of its directory', () => {
    const [disk, layout] = stage(20_000);
    expect([takeInode(disk, layout, 2), takeInode(disk, layout, 2)]).toEqual([12, 13]);
    expect([freeInode(disk, layout, 12), freeInode(disk, layout, 12)]).toEqual([true, false]);
    expect(takeInode(disk, layout, 2)).toBe(12);
    const parent = layout.inodesPerGroup * 2 + 5;
    expect(layout.groupOfInode(takeInode(disk, layout, parent))).toBe(2);
  });

  test('goes to another group where there are blocks too', () => {
    const [disk, layout] = stage(20_000);
    adjustFreeBlocks(disk, layout, 0, -freeBlocksOf(disk, layout, 0));
    expect(layout.groupOfInode(takeInode(disk, layout, 2))).not.toBe(0);
  });

  test('is not to be had when the counts say so', () => {
    const [disk, layout] = stage();
    adjustFreeInodes(disk, layout, 0, -freeInodesOf(disk, layout, 0), 0);
    expect(takeInode(disk, layout, 2)).toBe(0);
  });
});

describe('a descriptor', () => {
  test('counts blocks, inodes and directories apart', () => {
    const [disk, layout] = stage(20_000);
    const counts = (): readonly number[] => [
      freeBlocksOf(disk, layout, 1),
      freeInodesOf(disk, layout, 1),
      usedDirsOf(disk, layout, 1),
    ];
    const [blocks = 0, inodes = 0, dirs = 0] = counts();
    adjustFreeBlocks(disk, layout, 1, -3);
    adjustFreeInodes(disk, layout, 1, -2, 1);
    expect(counts()).toEqual([blocks - 3, inodes - 2, dirs + 1]);
  });
});

describe('a superblock', () => {
  test('says whether it is mounted', () => {
    const [disk, layout] = stage();
    setMounted(disk, layout, true);
    expect(stateOf(disk)).toBe(0);
    setMounted(disk, layout, false);
    expect(stateOf(disk)).toBe(1);
  });
});

describe('the way to a block', () => {
  const [disk, layout] = stage();
  const pathOf = (logical: number): readonly number[] => {
    const offsets = new Int32Array(4);
    return [...offsets.subarray(0, blockToPath(layout, logical, offsets))];
  };

  test('is as long as the block is far', () => {
    expect(pathOf(11)).toEqual([11]);
    expect(pathOf(12)).toEqual([12, 0]);
    expect(pathOf(267)).toEqual([12, 255]);
    expect(pathOf(268)).toEqual([13, 0, 0]);
    expect(pathOf(268 + 65535)).toEqual([13, 255, 255]);
    expect(pathOf(268 + 65536)).toEqual([14, 0, 0, 0]);
    expect(pathOf(268 + 65536 + 65536 + 257)).toEqual([14, 1, 1, 1]);
    expect(pathOf(268 + 65536 + 256 ** 3)).toEqual([]);
    expect(pathOf(-1)).toEqual([]);
  });

  test('leads through indirect blocks, and nowhere where a pointer is wrong', () => {
    const pointers = new Int32Array(15);
    pointers[14] = 200;
    setPointer(disk, layout, 200, 0, 201);
    setPointer(disk, layout, 201, 1, 202);
    setPointer(disk, layout, 202, 255, 250);
    const logical = 268 + 65536 + 256 + 255;
    expect(blockAt(disk, layout, pointers, logical)).toBe(250);
    expect(blockAt(disk, layout, pointers, logical - 1)).toBe(0);
    setPointer(disk, layout, 200, 1, 203);
    setPointer(disk, layout, 203, 1, 204);
    setPointer(disk, layout, 204, 1, 251);
    expect(blockAt(disk, layout, pointers, 268 + 65536 + 65536 + 257)).toBe(251);
    setPointer(disk, layout, 201, 1, 99_999);
    expect(blockAt(disk, layout, pointers, logical)).toBe(0);
    pointers[3] = -5;
    expect(blockAt(disk, layout, pointers, 3)).toBe(0);
  });
});
