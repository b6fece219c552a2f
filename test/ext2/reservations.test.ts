import { describe, expect, test } from 'vitest';
import { TAKEN } from '../../src/ext2/allocate.js';
import { adjustFreeBlocks, freeBlocksOf } from '../../src/ext2/descriptors.js';
import { LARGEST_WINDOW } from '../../src/ext2/reservations.js';
import { Stage } from './stage.js';

describe('a reservation window', () => {
  test('has 8 blocks, and twice as many when more than half of it was used', () => {
    const stage = new Stage(1024, 20_000, 1);
    const sizes: number[] = [];
    let goal = 9000;
    for (let i = 0; i < 4000; i++) {
      goal = stage.take(0, goal) + 1;
      const size = stage.windows.end(0) - stage.windows.start(0) + 1;
      if (sizes.at(-1) !== size) sizes.push(size);
    }
    expect(sizes).toEqual([8, 16, 32, 64, 128, 256, 512, 1024, LARGEST_WINDOW]);
  });

  test('is given up when its group has fewer free blocks than it would have', () => {
    const stage = new Stage(1024, 100, 2);
    while (freeBlocksOf(stage.disk, stage.layout, 0) > 7) stage.take(-1, 0);
    stage.take(0, 50);
    expect(stage.windows.isEmpty(0)).toBe(true);
    adjustFreeBlocks(stage.disk, stage.layout, 0, 2);
    stage.take(1, 60);
    expect(stage.windows.isEmpty(1)).toBe(false);
  });
});

describe('a window in another group than the goal', () => {
  test('is left for one at the beginning of its group when all of it is taken', () => {
    const stage = new Stage(1024, 2 * 8192 + 1);
    const goal = stage.layout.firstBlockOf(1) + 5000;
    expect([stage.take(0, goal, 8), stage.out[TAKEN]]).toEqual([goal, 8]);
    stage.fill(0);
    const lastOfTable = stage.layout.inodeTableOf(1) + stage.layout.inodeTableBlocks - 1;
    expect(stage.take(0, 5000)).toBe(lastOfTable + 1);
  });

  test('does not go along into a third one', () => {
    const stage = new Stage(1024, 3 * 8192 + 1);
    expect(stage.take(0, 5000)).toBe(5000);
    stage.fill(1);
    const block = stage.take(0, stage.layout.firstBlockOf(1) + 100);
    expect(stage.layout.groupOfBlock(block)).toBe(2);
    expect(stage.windows.start(0)).toBe(block);
  });
});

describe('a window at the end of a group', () => {
  test('leaves no room there for the one of another file, which goes to the next', () => {
    const stage = new Stage(1024, 2 * 8192 + 1);
    const last = stage.layout.firstBlockOf(1) - 1;
    expect(stage.take(1, last - 3)).toBe(last - 3);
    expect(stage.layout.groupOfBlock(stage.take(0, last - 1))).toBe(1);
  });

  test('serves the blocks on both sides of the border', () => {
    const stage = new Stage(1024, 2 * 8192 + 1, 1);
    const last = stage.layout.firstBlockOf(1) - 1;
    expect([stage.take(0, last - 1), stage.take(0, last)]).toEqual([last - 1, last]);
    const next = stage.take(0, last + 1);
    expect(next).toBeGreaterThan(last);
    expect(stage.isTaken(next)).toBe(true);
    expect(stage.windows.start(0)).toBeLessThanOrEqual(next);
    expect(stage.windows.end(0)).toBeGreaterThanOrEqual(next);
  });
});
