import { describe, expect, test } from 'vitest';
import { isDataBlock } from '../../src/ext2/blockmap.js';
import { layoutOf } from '../../src/ext2/mkfs-layout.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { SUPERBLOCK_SECTOR, readLayout } from '../../src/ext2/superblock.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';

const BLOCKS = 8193 + 300;

function made(uuid?: string): DenseSectors {
  const disk = new DenseSectors(new SectorPool(), BLOCKS * 2);
  mkfs(disk, { blockBytes: 1024, blocks: BLOCKS, ...(uuid === undefined ? {} : { uuid }) });
  return disk;
}

/** What is said of a file system whose descriptor says that a table stands at that block. */
function problem(group: number, table: number, block: number): string | undefined {
  const disk = made();
  const sector = 4;
  const at = group * 32 + table * 4;
  disk.set(sector, disk.pool.withU32(disk.get(sector), at, block));
  const reading = readLayout(disk);
  return reading.ok ? undefined : reading.problem;
}

describe('a table of a group', () => {
  const BLOCK_BITMAP = 0;
  const INODE_TABLE = 2;
  const layout = layoutOf(1024, BLOCKS);
  const end = layout.firstBlockOf(1) + layout.blocksOf(1);

  test('may end where its group ends, and no block further', () => {
    expect(problem(1, BLOCK_BITMAP, end - 1)).toBeUndefined();
    expect(problem(1, BLOCK_BITMAP, end)).toBe(`block bitmap of group 1 (${end}) is not in group`);
    const last = end - layout.inodeTableBlocks;
    expect(problem(1, INODE_TABLE, last)).toBeUndefined();
    expect(problem(1, INODE_TABLE, last + 1)).toContain('is not in group');
  });

  test('begins behind the superblock and the descriptors of its group', () => {
    const first = layout.firstBlockOf(1);
    expect(problem(1, BLOCK_BITMAP, first + 1)).toContain('is not in group');
    expect(problem(1, BLOCK_BITMAP, first + 2)).toBeUndefined();
    expect(problem(1, BLOCK_BITMAP, first - 1)).toContain('is not in group');
  });

  test('stands on no other', () => {
    expect(problem(1, BLOCK_BITMAP, layout.inodeBitmapOf(1))).toContain('conflicts');
    const table = layout.inodeTableOf(1);
    for (const block of [table, table + layout.inodeTableBlocks - 1]) {
      expect(problem(1, BLOCK_BITMAP, block)).toContain('conflicts');
    }
    expect(problem(1, BLOCK_BITMAP, table + layout.inodeTableBlocks)).toBeUndefined();
  });
});

describe('a superblock that is not read', () => {
  const FEATURES = 'features other than filetype, sparse_super and large_file are not read';
  /** The word of the superblock at that byte, and what is said of it. */
  test.each([
    ['counts other inodes than its groups have', 0x00, 1, 'bad inode count'],
    ['is larger than the disk', 0x04, BLOCKS + 1, '8494 blocks do not fit the device'],
    ['has 7 blocks', 0x04, 7, 'not 7'],
    ['begins with another block', 0x14, 0, 'bad first data block'],
    ['has blocks of 8 KiB', 0x18, 3, 'block size 2^3 KiB'],
    ['has fragments', 0x1c, 1, 'block size 2^0 KiB'],
    ['has small groups', 0x20, 4096, 'bad blocks per group'],
    ['has no inodes', 0x28, 0, 'bad inodes per group'],
    ['has more inodes in a group than bits', 0x28, 8200, 'bad inodes per group'],
    ['has a broken number of inodes in a group', 0x28, 1001, 'bad inodes per group'],
    ['has another magic number', 0x38, 0xef54, 'bad magic number in superblock'],
    ['is of revision 0', 0x4c, 0, 'only revision 1 is read'],
    ['reserves other inodes', 0x54, 12, 'bad first inode'],
    ['has inodes of 512 bytes', 0x58, 512, 'inodes of 512 bytes'],
    ['has a journal', 0x5c, 0x4, FEATURES],
    ['has extents', 0x60, 0x42, FEATURES],
    ['has no types in its directories', 0x60, 0, FEATURES],
    ['has sums of its metadata', 0x64, 0x401, FEATURES],
  ])('%s', (_, at, word, problem) => {
    const disk = made();
    expect(readLayout(disk).ok).toBe(true);
    disk.set(SUPERBLOCK_SECTOR, disk.pool.withU32(disk.get(SUPERBLOCK_SECTOR), at, word));
    const reading = readLayout(disk);
    expect(reading.ok ? 'read' : reading.problem).toContain(problem);
  });

  test.each([
    ['extended attributes', 0x5c, 0x8],
    ['large files', 0x64, 0x3],
  ])('is not one with the flag of %s', (_, at, word) => {
    const disk = made();
    disk.set(SUPERBLOCK_SECTOR, disk.pool.withU32(disk.get(SUPERBLOCK_SECTOR), at, word));
    expect(readLayout(disk).ok).toBe(true);
  });
});

describe('a uuid', () => {
  test('stands in the superblock as it is read', () => {
    const disk = made('00112233-4455-6677-8899-aAbBcCdDeEfF');
    const bytes = disk.pool.view(disk.get(2)).subarray(104, 120);
    expect(Buffer.from(bytes).toString('hex')).toBe('00112233445566778899aabbccddeeff');
  });

  test.each(['', '0011', `${'0'.repeat(31)}g`, '0'.repeat(33)])('is not "%s"', (text) => {
    expect(() => made(text)).toThrow(`not a uuid: ${text}`);
  });
});

describe('a block of a file', () => {
  test.each([
    [1024, 300, [0, 1, 299, 300, -1]],
    [4096, 300, [0, 1, 299, 300, -1]],
  ] as const)(
    'of %i bytes lies within the file system, and is never block 0',
    (bytes, count, all) => {
      const layout = layoutOf(bytes, count);
      expect(all.map((block) => isDataBlock(layout, block))).toEqual([
        false,
        true,
        true,
        false,
        false,
      ]);
    },
  );
});
