import { describe, expect, test } from 'vitest';
import { setPointer } from '../../src/ext2/blockmap.js';
import { findGoal, findNear } from '../../src/ext2/goal.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { Reservations, WINDOW_INTS } from '../../src/ext2/reservations.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { DenseSectors } from '../../src/media/sectors.js';

describe('the goal', () => {
  const disk = new DenseSectors(new SectorPool(), 8193 * 2);
  const layout = mkfs(disk, { blockBytes: 1024, blocks: 8193 });
  const windows = new Reservations(new Int32Array(WINDOW_INTS));
  windows.open(0);
  const pointers = new Int32Array(15);
  const goal = (logical: number, indirect: number, index: number, pid = 0): number =>
    findGoal(windows, 0, logical) || findNear(disk, layout, pointers, indirect, index, 12, pid);

  test('of a new file is its group, coloured by the process', () => {
    expect(goal(0, 0, 0)).toBe(1);
    expect(goal(0, 0, 0, 5)).toBe(1 + 5 * 512);
    expect(goal(0, 0, 0, 29)).toBe(1 + 13 * 512);
  });

  test('is behind the last block of a file that grows', () => {
    windows.remember(0, 6, 777);
    expect(goal(7, 0, 7)).toBe(778);
    pointers[3] = 444;
    expect(goal(8, 0, 8)).toBe(444);
  });

  test('in an indirect block is the pointer before, else the indirect block', () => {
    expect(goal(40, 3000, 5)).toBe(3000);
    setPointer(disk, layout, 3000, 2, 3333);
    expect(goal(40, 3000, 5)).toBe(3333);
  });
});
