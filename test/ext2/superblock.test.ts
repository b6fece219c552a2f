import { describe, expect, test } from 'vitest';
import { isDataBlock } from '../../src/ext2/blockmap.js';
import { layoutOf } from '../../src/ext2/mkfs-layout.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { readLayout } from '../../src/ext2/superblock.js';
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
