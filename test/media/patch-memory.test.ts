import { describe, expect, it } from 'vitest';
import { PatchMemory } from '../../src/media/patch-memory.js';

type Patch = readonly [value: number, place: number, patch: number, second: number];

function learn(memory: PatchMemory, patch: Patch, result: number): void {
  expect(memory.find(...patch)).toBe(-1);
  memory.remember(...patch, result);
}

/** Patches of which each differs from the others in one number alone. */
function alike(column: number, n: number): Patch {
  const numbers: [number, number, number, number] = [7, 7, 7, 7];
  numbers[column] = 1000 + n;
  return numbers;
}

describe('the memory of patches', () => {
  it('knows what it was told, value 0 too, and nothing else', () => {
    const memory = new PatchMemory();
    learn(memory, [1, 2, 3, 4], 0);
    learn(memory, [-1, 2, -3, -4], 55);
    expect(memory.find(1, 2, 3, 4)).toBe(0);
    expect(memory.find(-1, 2, -3, -4)).toBe(55);
    const others: readonly Patch[] = [
      [0, 2, 3, 4],
      [1, 0, 3, 4],
      [1, 2, 0, 4],
      [1, 2, 3, 0],
      [0, 0, 0, 0],
    ];
    for (const other of others) {
      expect(memory.find(...other)).toBe(-1);
    }
  });

  it('takes no patch for another that is nearly the same, however full it is', () => {
    const memory = new PatchMemory();
    for (let n = 0; n < 5000; n++) {
      for (const column of [0, 1, 2, 3]) learn(memory, alike(column, n), n * 4 + column);
    }
    for (let n = 0; n < 5000; n++) {
      const found = [0, 1, 2, 3].map((column) => memory.find(...alike(column, n)));
      if (found.some((result, column) => result !== n * 4 + column)) expect.fail(`patch ${n}`);
    }
  });

  it('forgets everything when half its rows are used, and learns again', () => {
    const memory = new PatchMemory();
    for (let n = 0; n < 32_768; n++) learn(memory, [n, 0, 0, 0], n);
    expect(memory.find(0, 0, 0, 0)).toBe(0);
    learn(memory, [-1, 0, 0, 0], 9);
    expect(memory.find(0, 0, 0, 0)).toBe(-1);
    expect(memory.find(32_767, 0, 0, 0)).toBe(-1);
    learn(memory, [5, 0, 0, 0], 66);
    expect(memory.find(5, 0, 0, 0)).toBe(66);
  });

  it('forgets everything when it is told to', () => {
    const memory = new PatchMemory();
    learn(memory, [1, 2, 3, 4], 5);
    memory.forget();
    learn(memory, [1, 2, 3, 4], 6);
    expect(memory.find(1, 2, 3, 4)).toBe(6);
  });
});
