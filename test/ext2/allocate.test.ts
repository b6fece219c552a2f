import { describe, expect, test } from 'vitest';
import { TAKEN, TAKEN_GROUP, freeBlock, takeBlocks } from '../../src/ext2/allocate.js';
import { adjustFreeBlocks, freeBlocksOf } from '../../src/ext2/descriptors.js';
import { dice } from './dice.js';
import { Stage } from './stage.js';

describe('the block that is taken', () => {
  test('is the goal when the goal is free', () => {
    const stage = new Stage(1024, 8193);
    expect(stage.take(0, 5000)).toBe(5000);
    expect(stage.take(0, 5001)).toBe(5001);
    expect(stage.take(-1, 6000)).toBe(6000);
  });

  test('lies in the own window, behind the window of another file', () => {
    const stage = new Stage(1024, 8193);
    expect(stage.take(0, 5000)).toBe(5000);
    expect(stage.take(1, 5001)).toBe(5008);
    expect(stage.take(0, 5001)).toBe(5001);
    expect(stage.take(-1, 5002)).toBe(5002);
  });

  test('without a window is the next free one behind the goal', () => {
    const stage = new Stage(1024, 8193);
    for (let block = 4000; block < 4200; block++) stage.mark(block, true);
    stage.mark(4150, false);
    expect(stage.take(-1, 4000)).toBe(4150);
    expect(stage.take(-1, 4000)).toBe(4200);
  });

  test('in another group than the goal is in a whole free byte, or up to 7 before it', () => {
    const stage = new Stage(1024, 2 * 8192 + 1);
    stage.fill(0);
    const bit = (n: number): number => stage.layout.firstBlockOf(1) + n;
    for (let n = 0; n < 1000; n++) stage.mark(bit(n), n !== 900 && n < 993);
    expect(stage.take(-1, 5000)).toBe(bit(993));
    for (let n = 0; n < 8192; n++) stage.mark(bit(n), n !== 900);
    expect(stage.take(-1, 5000)).toBe(bit(900));
  });

  test('may be several, as far as they are free', () => {
    const stage = new Stage(1024, 8193);
    expect(stage.take(0, 5000, 3)).toBe(5000);
    expect(stage.out[TAKEN]).toBe(3);
    stage.mark(5005, true);
    expect(stage.take(0, 5003, 20)).toBe(5003);
    expect(stage.out[TAKEN]).toBe(2);
  });

  test('is in the next group with room when its group is full', () => {
    const stage = new Stage(1024, 3 * 8192 + 1);
    stage.fill(0);
    const block = stage.take(0, 5000);
    expect(stage.layout.groupOfBlock(block)).toBe(1);
    expect(stage.out[TAKEN_GROUP]).toBe(1);
  });

  test('is taken though the descriptor still counts it, and the count is a step of its own', () => {
    const stage = new Stage(1024, 8193);
    const before = freeBlocksOf(stage.disk, stage.layout, 0);
    takeBlocks(stage.disk, stage.layout, stage.windows, 0, 5000, 1, stage.out);
    expect(freeBlocksOf(stage.disk, stage.layout, 0)).toBe(before);
    expect(stage.isTaken(5000)).toBe(true);
  });
});

describe('whatever files do', () => {
  test.each([
    [1024, 300, 1],
    [1024, 17_000, 2],
    [4096, 33_500, 3],
  ])('on %i byte blocks, %i of them, no block is given twice', (blockBytes, blocks, seed) => {
    const stage = new Stage(blockBytes, blocks, 6);
    const pick = dice(seed);
    const owned = new Set<number>();
    const goals = [0, 0, 0, 0, 0, 0];
    for (let round = 0; round < 6000; round++) {
      const slot = pick(7) - 1;
      if (pick(9) === 0 && slot >= 0) stage.windows.discard(slot);
      const [held] = owned;
      if (pick(3) === 0 && held !== undefined) {
        expect(freeBlock(stage.disk, stage.layout, held)).toBe(true);
        adjustFreeBlocks(stage.disk, stage.layout, stage.layout.groupOfBlock(held), 1);
        owned.delete(held);
        continue;
      }
      const goal = pick(4) === 0 ? pick(blocks) : (goals[slot] ?? 0);
      const free = goal > 1 && !stage.isTaken(goal);
      const block = stage.take(slot, goal, 1 + pick(3));
      for (let i = 0; i < stage.out[TAKEN]!; i++) {
        expect(owned.has(block + i)).toBe(false);
        owned.add(block + i);
      }
      if (slot < 0 && free) expect(block).toBe(goal);
      goals[slot] = block + stage.out[TAKEN]!;
      expect(stage.overlapping()).toBe(false);
    }
  });

  test('a full disk gives every block once, then none', () => {
    const stage = new Stage(1024, 300, 2);
    const free = freeBlocksOf(stage.disk, stage.layout, 0);
    const given = new Set<number>();
    for (let i = 0; i < free; i++) given.add(stage.take(i % 2, 100 + i));
    expect(given.size).toBe(free);
    expect(given.has(0)).toBe(false);
    expect(stage.take(0, 100)).toBe(0);
    expect(stage.out[TAKEN]).toBe(0);
  });

  test('the array is all there is to save', () => {
    const stage = new Stage(1024, 8193, 3);
    for (let i = 0; i < 30; i++) stage.take(i % 3, 2000 + i * 40);
    const saved = stage.state.slice();
    const bytes = stage.disk.values.slice();
    const first = [0, 1, 2, 0, 1, 2].map((slot) => stage.take(slot, 3000));
    stage.state.set(saved);
    stage.disk.values.set(bytes);
    expect([0, 1, 2, 0, 1, 2].map((slot) => stage.take(slot, 3000))).toEqual(first);
  });
});

describe('giving back', () => {
  test('does nothing for what is free, outside, or the file system itself', () => {
    const { disk, layout } = new Stage(1024, 300);
    expect(freeBlock(disk, layout, 200)).toBe(false);
    expect(freeBlock(disk, layout, 0)).toBe(false);
    expect(freeBlock(disk, layout, 300)).toBe(false);
    expect(freeBlock(disk, layout, layout.blockBitmapOf(0))).toBe(false);
    expect(freeBlock(disk, layout, layout.inodeTableOf(0) + 1)).toBe(false);
  });

  test('knows bitmaps and inode tables alone: a superblock goes, as with the kernel', () => {
    const { disk, layout } = new Stage(1024, 300);
    expect(freeBlock(disk, layout, layout.firstDataBlock)).toBe(true);
  });
});
