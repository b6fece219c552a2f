import { describe, expect, test } from 'vitest';
import { type Layout } from '../../src/ext2/layout.js';
import { layoutOf, whyNotLayout } from '../../src/ext2/mkfs-layout.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { readLayout } from '../../src/ext2/superblock.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { missing, workbench } from './e2fsprogs.js';

const bench = workbench();

const SIZES: readonly (readonly [number, number])[] = [
  [1024, 64],
  [1024, 100],
  [1024, 1000],
  [1024, 8193],
  [1024, 20000],
  [1024, 65536],
  [2048, 500],
  [4096, 64],
  [4096, 8192],
  [4096, 40000],
];

const without = missing('e2fsck', 'mke2fs', 'dumpe2fs');

function made(blockBytes: number, blocks: number): DenseSectors {
  const disk = new DenseSectors(new SectorPool(), (blocks * blockBytes) / 512);
  mkfs(disk, { blockBytes, blocks });
  return disk;
}

describe.skipIf(without !== undefined)(`a new file system (${without ?? 'tools present'})`, () => {
  test.each(SIZES)('of %i byte blocks, %i of them, is clean for e2fsck', (blockBytes, blocks) => {
    const answer = bench.check(made(blockBytes, blocks));
    expect(answer.text).not.toMatch(/Fix|Warning|wrong|padding/iu);
    expect(answer.code).toBe(0);
  });

  test.each(SIZES)(
    'of %i byte blocks, %i of them, stands where mke2fs puts it',
    (blockBytes, blocks) => {
      const features = 'none,filetype,sparse_super';
      const file = bench.path('theirs.img');
      bench.run(
        'mke2fs',
        '-q',
        '-F',
        '-t',
        'ext2',
        '-O',
        features,
        '-m',
        '0',
        '-I',
        '128',
        '-b',
        `${blockBytes}`,
        file,
        `${(blocks * blockBytes) / 1024}k`,
      );
      const ours = bench.write(made(blockBytes, blocks));
      const keep = /^(Inode count|Block count|Free|Group|Inodes per|Inode blocks|Blocks per| {2})/u;
      const seen = (path: string): readonly string[] =>
        bench
          .run('dumpe2fs', path)
          .text.split('\n')
          .filter((line) => keep.test(line));
      expect(seen(ours)).toEqual(seen(file));
      bench.run('truncate', '-s', `${blocks * blockBytes}`, file);
      expect(readLayout(bench.read('theirs.img'))).toMatchObject({ ok: true });
      bench.run('rm', file);
    },
  );
});

describe('a layout', () => {
  test('read back from the disk is the one that was made', () => {
    const reading = readLayout(made(1024, 20000));
    const tables = (layout: Layout): readonly number[] =>
      [0, 1, 2].flatMap((group) => [
        layout.blockBitmapOf(group),
        layout.inodeBitmapOf(group),
        layout.inodeTableOf(group),
        layout.blocksOf(group),
        layout.descriptorSector(group),
      ]);
    if (!reading.ok) throw new Error(reading.problem);
    expect(reading.layout).toEqual(layoutOf(1024, 20000));
    expect(tables(reading.layout)).toEqual(tables(layoutOf(1024, 20000)));
  });

  test('needs a disk that holds all its blocks', () => {
    const disk = new DenseSectors(new SectorPool(), 300 * 2 - 1);
    expect(() => mkfs(disk, { blockBytes: 1024, blocks: 300 })).toThrow(
      '300 blocks do not fit 599 sectors',
    );
    expect(mkfs(disk, { blockBytes: 1024, blocks: 299 }).blocksCount).toBe(299);
  });

  test('has 32 bytes of each group in the blocks behind its superblock', () => {
    const small = layoutOf(1024, 40 * 8192 + 1);
    expect([0, 31, 32, 39].map((group) => small.descriptorBlock(group))).toEqual([2, 2, 3, 3]);
    expect([0, 15, 16, 32].map((group) => small.descriptorSector(group))).toEqual([4, 4, 5, 6]);
    expect([0, 15, 16].map((group) => small.descriptorOffset(group))).toEqual([0, 480, 0]);
    expect(layoutOf(4096, 40000).descriptorBlock(1)).toBe(1);
  });

  test('has a reason for every size that does not fit', () => {
    expect(whyNotLayout(1000, 64)).toContain('not 1000');
    expect(whyNotLayout(1024, 63)).toContain('not 63');
    expect(whyNotLayout(1024, 8200)).toContain('the last group would have 7 blocks');
    expect(whyNotLayout(1024, 64.5)).toContain('whole number');
    expect(whyNotLayout(4096, 40000)).toBeUndefined();
  });
});
