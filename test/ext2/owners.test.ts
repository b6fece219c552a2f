import { describe, expect, it } from 'vitest';
import { Claims } from '../../src/ext2/claims.js';
import { check } from '../../src/ext2/fsck/check.js';
import { INODE_BLOCK, INODE_MODE, writeInode } from '../../src/ext2/inodes.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { ownersNow, ownersOf } from '../../src/ext2/owners.js';
import { QuietFileSystem } from '../../src/ext2/quiet.js';
import { allPaths, blocksOf, inodeAt, inodeOf, Paths } from '../../src/ext2/tree.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { DenseSectors } from '../../src/media/sectors.js';

/** A disk with /a of one block and /b of twenty. */
function bench() {
  const disk = new DenseSectors(new SectorPool(), 1000);
  const fs = new QuietFileSystem(disk, mkfs(disk, { blockBytes: 1024, blocks: 500 }));
  fs.create('/a');
  fs.append('/a', 1000, () => 1);
  fs.create('/b');
  fs.append('/b', 20 * 1024, () => 2);
  const { layout } = fs;
  const at = (path: string) => inodeAt(disk, layout, path);
  const blocks = (path: string) => blocksOf(disk, layout, inodeOf(disk, layout, at(path)));
  return { disk, fs, layout, at, blocks };
}

/** Lets the first pointer of one file lead to a block of another. */
function point({ disk, layout, at }: ReturnType<typeof bench>, path: string, block: number): void {
  const inode = inodeOf(disk, layout, at(path));
  inode[INODE_BLOCK] = block;
  writeInode(disk, layout, at(path), inode);
}

describe('who claims a block', () => {
  it('is an inode, and what part of it', () => {
    const { disk, layout, at, blocks } = bench();
    const claims = new Claims(disk, layout);
    const indirect = inodeOf(disk, layout, at('/b'))[INODE_BLOCK + 12]!;
    const of = { ino: at('/b'), isDirectory: false };
    expect(claims.on(blocks('/b')[19]!)).toEqual([{ ...of, logical: 19, level: 0 }]);
    expect(claims.on(indirect)).toEqual([{ ...of, logical: 12, level: 1 }]);
    expect(claims.on(inodeOf(disk, layout, 2)[INODE_BLOCK]!)[0]).toMatchObject({
      ino: 2,
      isDirectory: true,
    });
    expect(claims.on(499)).toEqual([]);
    expect([claims.has(indirect), claims.has(499)]).toEqual([true, false]);
    expect(claims.shared()).toEqual([]);
  });

  it('is all that do, in the order of their inodes', () => {
    const one = bench();
    const [, second] = one.blocks('/b');
    point(one, '/a', second!);
    const claims = new Claims(one.disk, one.layout);
    expect(claims.shared()).toEqual([second]);
    expect(claims.on(second!).map(({ ino }) => ino)).toEqual([one.at('/a'), one.at('/b')]);
    expect(ownersOf(one.disk, one.layout).ofBlock(second!)).toBe(
      'data of /a, block 0 and data of /b, block 1',
    );
  });

  it('is nobody whose mode says that it has no blocks', () => {
    const one = bench();
    const { disk, layout } = one;
    const [, second] = one.blocks('/b');
    point(one, '/a', second!);
    const inode = inodeOf(disk, layout, one.at('/a'));
    inode[INODE_MODE] = 0;
    writeInode(disk, layout, one.at('/a'), inode);
    const claims = new Claims(disk, layout);
    expect(claims.shared()).toEqual([]);
    expect(claims.on(second!).map(({ ino }) => ino)).toEqual([one.at('/b')]);
    const counted = check(disk).problems.map(({ code }) => code);
    expect(counted).not.toContain('multiply-claimed');
  });
});

describe('names', () => {
  it('are those of the time at which they were read', () => {
    const { disk, fs, layout, blocks } = bench();
    const [block] = blocks('/a');
    const before = ownersOf(disk, layout);
    const paths = allPaths(disk, layout);
    const ino = inodeAt(disk, layout, '/a');
    fs.unlink('/a');
    fs.unmount();
    expect(before.ofBlock(block!)).toBe('data of /a, block 0');
    expect(paths.of(ino)).toBe('/a');
    expect(ownersNow(disk, layout).ofBlock(block!)).toBe('free block');
    expect(new Paths(disk, layout).of(ino)).toBeUndefined();
  });

  it('are found whatever was asked for before', () => {
    const { disk, layout, at } = bench();
    const paths = new Paths(disk, layout);
    expect(paths.of(at('/b'))).toBe('/b');
    expect(paths.of(at('/a'))).toBe('/a');
    expect(paths.of(2)).toBe('/');
    expect(paths.of(999)).toBeUndefined();
  });
});
