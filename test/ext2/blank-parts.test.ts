import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBits, takeBit, testBit } from '../../src/ext2/bitmap.js';
import { INODE_LINKS, nextWrittenInode } from '../../src/ext2/inodes.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { inodeOf } from '../../src/ext2/tree.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { DenseSectors } from '../../src/media/sectors.js';

describe('a bitmap that is read at once', () => {
  it('has the bits that are read one by one', () => {
    const bits = fc.array(fc.nat(8191), { maxLength: 40 });
    fc.assert(
      fc.property(bits, fc.nat(8192), (set, count) => {
        const disk = new DenseSectors(new SectorPool(), 3);
        for (const bit of set) takeBit(disk, 1, bit);
        const expected = Array.from({ length: count }, (_, bit) => Number(testBit(disk, 1, bit)));
        expect([...readBits(disk, 1, count)]).toEqual(expected);
      }),
    );
  });
});

describe('an inode table that is walked by what was written', () => {
  const disk = new DenseSectors(new SectorPool(), 40 * 1024);
  const layout = mkfs(disk, { blockBytes: 1024, blocks: 20 * 1024 });
  /** Any byte of the inode's sector; here of its first field. */
  const write = (ino: number): void => {
    const sector = layout.inodeSector(ino);
    const value = disk.get(sector);
    disk.set(sector, disk.pool.withU16(value, layout.inodeOffset(ino) + 26, 1));
  };

  it('misses no inode in use, in whichever group it stands', () => {
    const wanted = [12, 77, layout.inodesPerGroup, layout.inodesPerGroup + 1, layout.inodesCount];
    for (const ino of wanted) write(ino);
    const found: number[] = [];
    const next = (from: number): number => nextWrittenInode(disk, layout, from);
    for (let ino = next(12); ino <= layout.inodesCount; ino = next(ino + 1)) {
      if (inodeOf(disk, layout, ino)[INODE_LINKS] === 1) found.push(ino);
    }
    expect(found).toEqual(wanted);
  });

  it('ends behind the last inode', () => {
    expect(nextWrittenInode(disk, layout, layout.inodesCount + 1)).toBe(layout.inodesCount + 1);
  });

  it('begins anywhere in a blank sector', () => {
    write(101);
    for (const from of [90, 93, 94, 95, 96, 99, 100]) {
      expect(nextWrittenInode(disk, layout, from)).toBe(101);
    }
  });
});
