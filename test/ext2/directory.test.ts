import { describe, expect, test } from 'vitest';
import {
  AT_BLOCK,
  AT_OFFSET,
  TYPE_REGULAR,
  addEntry,
  entriesIn,
  findEntry,
  lookup,
  nameBytes,
  removeEntry,
  startBlock,
  startDirectory,
} from '../../src/ext2/directory.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';

const disk = new DenseSectors(new SectorPool(), 600);
const layout = mkfs(disk, { blockBytes: 1024, blocks: 300 });

function fresh(): Int32Array {
  startDirectory(disk, layout, 200, 20, 2);
  return Int32Array.of(200, 201);
}

const shape = (block: number): readonly string[] =>
  entriesIn(disk, layout, block).map(
    ({ ino, length, name }) => `${ino}:${length}:${new TextDecoder().decode(name)}`,
  );

describe('a directory', () => {
  test('begins with itself and its parent', () => {
    fresh();
    expect(shape(200)).toEqual(['20:12:.', '2:1012:..']);
  });

  test('has no entries in a block that is none', () => {
    expect([0, 300, -1].map((block) => shape(block))).toEqual([[], [], []]);
  });

  test('takes an entry where one before it has room to spare', () => {
    const blocks = fresh();
    expect(addEntry(disk, layout, blocks, 1, nameBytes('a'), 31, TYPE_REGULAR)).toBe(200);
    expect(addEntry(disk, layout, blocks, 1, nameBytes('longer'), 32, TYPE_REGULAR)).toBe(200);
    expect(shape(200)).toEqual(['20:12:.', '2:12:..', '31:12:a', '32:988:longer']);
    expect(lookup(disk, layout, blocks, 1, nameBytes('longer'))).toBe(32);
    expect(lookup(disk, layout, blocks, 1, nameBytes('long'))).toBe(0);
  });

  test('lets the entry before swallow one that is removed, and uses the room again', () => {
    const blocks = fresh();
    for (const [i, name] of ['a', 'b', 'c'].entries()) {
      addEntry(disk, layout, blocks, 1, nameBytes(name), 31 + i, TYPE_REGULAR);
    }
    const at = new Int32Array(2);
    expect(findEntry(disk, layout, blocks, 1, nameBytes('b'), at)).toBe(32);
    removeEntry(disk, layout, at[AT_BLOCK]!, at[AT_OFFSET]!);
    expect(shape(200)).toEqual(['20:12:.', '2:12:..', '31:24:a', '33:976:c']);
    addEntry(disk, layout, blocks, 1, nameBytes('d'), 34, TYPE_REGULAR);
    expect(shape(200)).toEqual(['20:12:.', '2:12:..', '31:12:a', '34:12:d', '33:976:c']);
  });

  test('says when it needs another block, whose first entry keeps its room when removed', () => {
    const blocks = fresh();
    const long = nameBytes('x'.repeat(250));
    for (let i = 0; i < 3; i++) {
      expect(addEntry(disk, layout, blocks, 1, long, 40 + i, TYPE_REGULAR)).toBe(200);
    }
    expect(addEntry(disk, layout, blocks, 1, long, 43, TYPE_REGULAR)).toBe(0);
    startBlock(disk, layout, 201, long, 43, TYPE_REGULAR);
    removeEntry(disk, layout, 201, 0);
    expect(addEntry(disk, layout, blocks, 2, nameBytes('y'), 44, TYPE_REGULAR)).toBe(200);
    expect(addEntry(disk, layout, blocks, 2, long, 45, TYPE_REGULAR)).toBe(201);
    expect(entriesIn(disk, layout, 201).map(({ ino, length }) => [ino, length])).toEqual([
      [45, 1024],
    ]);
  });
});
