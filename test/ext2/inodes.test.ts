import { describe, expect, test } from 'vitest';
import { IS_BUSY } from '../../src/ext2/admission.js';
import { takeBit } from '../../src/ext2/bitmap.js';
import {
  adjustFreeBlocks,
  adjustFreeInodes,
  freeBlocksOf,
  freeInodesOf,
} from '../../src/ext2/descriptors.js';
import { freeInode, takeInode } from '../../src/ext2/inodes.js';
import type { Layout } from '../../src/ext2/layout.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';

const GROUPS = 7;

/** Small groups would do, but a group of 1 KiB blocks has 8,192 of them. */
class Stage {
  readonly disk = new DenseSectors(new SectorPool(), GROUPS * 8192 * 2 + 2);
  readonly layout: Layout = mkfs(this.disk, { blockBytes: 1024, blocks: GROUPS * 8192 + 1 });

  /** From a directory in that group; the group of the inode that is taken. */
  taken(parentGroup: number): number | 'none' {
    const parent = parentGroup === 0 ? 2 : parentGroup * this.layout.inodesPerGroup + 1;
    const ino = takeInode(this.disk, this.layout, parent);
    return ino > 0 ? this.layout.groupOfInode(ino) : 'none';
  }

  /** What the descriptor says; bits stay. */
  saysFull(group: number, of: 'blocks' | 'inodes'): void {
    const { disk, layout } = this;
    if (of === 'blocks') adjustFreeBlocks(disk, layout, group, -freeBlocksOf(disk, layout, group));
    else adjustFreeInodes(disk, layout, group, -freeInodesOf(disk, layout, group), 0);
  }

  /** All bits; what the descriptor says stays. */
  fill(group: number): void {
    const first = this.layout.sectorOfBlock(this.layout.inodeBitmapOf(group));
    for (let bit = 0; bit < this.layout.inodesPerGroup; bit++) takeBit(this.disk, first, bit);
  }
}

describe('the inode that is taken', () => {
  test.each(['blocks', 'inodes'] as const)('lies where both are free: no %s', (of) => {
    const stage = new Stage();
    stage.saysFull(0, of);
    // (0 + 2) mod 7 = 2, then 1, 2 and 4 further.
    expect(stage.taken(0)).toBe(3);
    stage.saysFull(3, of);
    expect(stage.taken(0)).toBe(5);
    stage.saysFull(5, of);
    expect(stage.taken(0)).toBe((5 + 4) % GROUPS);
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('is sought 1, 3 and 7 groups on, from group %i', (from) => {
    const { layout } = new Stage();
    const parent = from === 0 ? 2 : from * layout.inodesPerGroup + 1;
    for (const further of [1, 3, 7]) {
      const stage = new Stage();
      const only = (from + parent + further) % GROUPS;
      for (let group = 0; group < GROUPS; group++) {
        if (group !== only) stage.saysFull(group, 'blocks');
      }
      expect(stage.taken(from)).toBe(only);
    }
  });

  test('lies behind the directory’s group where nobody has blocks, but inodes', () => {
    const stage = new Stage();
    for (let group = 0; group < GROUPS; group++) stage.saysFull(group, 'blocks');
    expect(stage.taken(0)).toBe(1);
    stage.saysFull(1, 'inodes');
    expect(stage.taken(0)).toBe(2);
    for (const group of [2, 3, 4, 5, 6]) stage.saysFull(group, 'inodes');
    expect(stage.taken(0)).toBe(0);
    expect(stage.taken(5)).toBe(0);
    stage.saysFull(0, 'inodes');
    expect(stage.taken(0)).toBe('none');
    expect(stage.taken(5)).toBe('none');
  });

  test('lies in the next group where the descriptor said too much, round to the first', () => {
    const stage = new Stage();
    stage.fill(5);
    expect(stage.taken(5)).toBe(6);
    stage.fill(6);
    expect(stage.taken(5)).toBe(0);
    for (let group = 0; group < GROUPS; group++) stage.fill(group);
    expect(takeInode(stage.disk, stage.layout, 2)).toBe(0);
  });

  test('is none while its bitmap is busy, and then no bit is set', () => {
    const { disk, layout } = new Stage();
    const asked: number[] = [];
    const busy = (block: number): boolean => {
      asked.push(block);
      return false;
    };
    expect(takeInode(disk, layout, 2, busy)).toBe(IS_BUSY);
    expect(asked).toEqual([layout.inodeBitmapOf(0)]);
    expect(takeInode(disk, layout, 2)).toBe(12);
  });

  test('is none that is reserved', () => {
    const { disk, layout } = new Stage();
    freeInode(disk, layout, 5);
    expect(takeInode(disk, layout, 2)).toBe(0);
  });
});
