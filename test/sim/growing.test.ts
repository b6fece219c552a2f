import { describe, expect, it } from 'vitest';
import { Growing } from '../../src/sim/growing.js';

describe('a list that grows', () => {
  it('holds what was pushed, in order, beyond its first room', () => {
    const list = new Growing(2);
    const rooms: number[] = [];
    for (let n = 0; n < 9; n++) {
      list.push(n * n);
      rooms.push(list.values.length);
    }
    expect([...list.values.subarray(0, list.length)]).toEqual([0, 1, 4, 9, 16, 25, 36, 49, 64]);
    expect(rooms).toEqual([2, 2, 4, 4, 8, 8, 8, 8, 16]);
  });

  it('takes over the beginning of another list, however long', () => {
    const list = new Growing(4);
    list.push(7);
    list.append(Int32Array.from([1, 2, 3, 4]), 3);
    expect(list.values).toHaveLength(4);
    list.append(
      Int32Array.from({ length: 40 }, (_, n) => n),
      39,
    );
    expect(list.length).toBe(43);
    expect([...list.values.subarray(0, 6), list.values[42]]).toEqual([7, 1, 2, 3, 0, 1, 38]);
  });
});
