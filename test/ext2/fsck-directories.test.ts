/**
 * Directories that no race makes: our check beside the real one on what may stand in the first
 * block of one.
 */
import { describe, expect, test } from 'vitest';
import { readU32, writeU16, writeU32, writeU8 } from '../../src/ext2/block-bytes.js';
import { check, repair } from '../../src/ext2/fsck/check.js';
import * as field from '../../src/ext2/inodes.js';
import {
  ENTRY_HEADER,
  TYPE_DIRECTORY,
  addEntry,
  entriesIn,
  nameBytes,
  removeEntry,
} from '../../src/ext2/directory.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { QuietFileSystem } from '../../src/ext2/quiet.js';
import { ROOT_INO } from '../../src/ext2/layout.js';
import { FIRST_INO } from '../../src/ext2/sizing.js';
import { blocksOf, inodeAt, inodeOf } from '../../src/ext2/tree.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { judgesTheSame } from './beside-e2fsck.js';
import { missing, workbench } from './e2fsprogs.js';
import { lived } from './lived.js';

const bench = workbench();
const without = missing('e2fsck');

const FILE = FIRST_INO + 1;
const UNUSED = FIRST_INO + 20;
const DOT_DOT = 12;
const NAME = 8;

interface Block {
  word(at: number, value: number): void;
  byte(at: number, value: number): void;
}

const WRITTEN: Readonly<Record<string, (first: Block) => void>> = {
  "a '.' that names a file": (first) => {
    first.word(0, FILE);
  },
  "a '.' that names an inode nobody uses": (first) => {
    first.word(0, UNUSED);
  },
  "another name than '.' that names a file": (first) => {
    first.byte(NAME, 0x61);
    first.word(0, FILE);
  },
  "a '.' with more behind it": (first) => {
    first.byte(NAME + 1, 0x61);
  },
  "a '..' that names a file": (first) => {
    first.word(DOT_DOT, FILE);
  },
  "a '..' with more behind it": (first) => {
    first.byte(DOT_DOT + NAME + 2, 0x61);
  },
  "a '.' and nothing that makes sense": (first) => {
    first.byte(DOT_DOT + 4, 2);
  },
  'nothing at all': (first) => {
    for (let at = 0; at < 40; at += 4) first.word(at, 0);
  },
};

describe.skipIf(without !== undefined)(`a directory (${without ?? 'tools present'})`, () => {
  const directories = [ROOT_INO, FIRST_INO].flatMap((directory) =>
    Object.keys(WRITTEN).map((what) => [directory, what] as const),
  );

  test.each(directories)('(%i) with %s is what e2fsck finds and makes of it', (directory, what) => {
    const { disk, layout, fs } = lived(1024, 300, 1);
    fs.unmount();
    const [block = 0] = blocksOf(disk, layout, inodeOf(disk, layout, directory));
    WRITTEN[what]?.({
      word: (at, value) => {
        writeU32(disk, layout, block, at, value);
      },
      byte: (at, value) => {
        writeU8(disk, layout, block, at, value);
      },
    });
    expect(judgesTheSame(bench, disk, layout).found).not.toEqual([]);
  });

  test('keeps of its two names the one that lies first on the disk', () => {
    const { disk, layout, fs } = lived(1024, 300, 1);
    for (let n = 0; n < 5; n++) fs.create(`/${n}`.padEnd(200, 'x'));
    fs.create('/lost+found/kept');
    fs.unmount();
    const inode = inodeOf(disk, layout, ROOT_INO);
    const [first = 0, second = 0] = blocksOf(disk, layout, inode);
    expect(second).toBeGreaterThan(first);
    for (let i = 0; i < layout.sectorsPerBlock; i++) {
      const [a, b] = [layout.sectorOfBlock(first) + i, layout.sectorOfBlock(second) + i];
      const held = disk.get(a);
      disk.set(a, disk.get(b));
      disk.set(b, held);
    }
    inode[field.INODE_BLOCK] = second;
    inode[field.INODE_BLOCK + 1] = first;
    field.writeInode(disk, layout, ROOT_INO, inode);
    const behind = Int32Array.of(first);
    addEntry(disk, layout, behind, 1, nameBytes('again'), FIRST_INO, TYPE_DIRECTORY);
    judgesTheSame(bench, disk, layout);
    repair(disk);
    expect(inodeAt(disk, layout, '/again')).toBe(FIRST_INO);
    expect(inodeAt(disk, layout, '/again/kept')).toBeGreaterThan(0);
    expect(check(disk).verdict).toBe('clean');
  });

  test('loses nothing to a header that has no name behind it', () => {
    const { disk, layout, fs } = lived(1024, 300, 1);
    fs.unmount();
    const [block = 0] = blocksOf(disk, layout, inodeOf(disk, layout, ROOT_INO));
    const names = entriesIn(disk, layout, block).map(({ name }) => name);
    const last = entriesIn(disk, layout, block).at(-1)!;
    for (let at = layout.blockBytes - 4; at >= ENTRY_HEADER; at -= 4) {
      writeU32(disk, layout, block, at, readU32(disk, layout, block, at - ENTRY_HEADER));
    }
    writeU32(disk, layout, block, 0, 0);
    writeU32(disk, layout, block, 4, ENTRY_HEADER);
    writeU16(disk, layout, block, last.offset + ENTRY_HEADER + 4, last.length - ENTRY_HEADER);
    expect(judgesTheSame(bench, disk, layout).found).toContain('directory-corrupted: 2 0 0');
    repair(disk);
    expect(entriesIn(disk, layout, block).map(({ name }) => name)).toEqual(names);
  });

  test('that hangs nowhere finds room once pass 4 has cleared what is empty', () => {
    const disk = new DenseSectors(new SectorPool(), 128);
    const layout = mkfs(disk, { blockBytes: 1024, blocks: 64 });
    const fs = new QuietFileSystem(disk, layout);
    for (let n = 0; fs.create(`/${n}`) === undefined; n++);
    fs.unmount();
    const [block = 0] = blocksOf(disk, layout, inodeOf(disk, layout, ROOT_INO));
    for (const { offset, name } of entriesIn(disk, layout, block).slice(2, 4)) {
      expect(['lost+found', '0']).toContain(new TextDecoder().decode(name));
      removeEntry(disk, layout, block, offset);
    }
    expect(check(disk).problems.map(({ code }) => code)).toContain('unattached-empty');
    judgesTheSame(bench, disk, layout);
    repair(disk);
    const lost = inodeAt(disk, layout, '/lost+found');
    expect(lost).toBeGreaterThan(FIRST_INO);
    expect(inodeAt(disk, layout, `/lost+found/#${FIRST_INO}`)).toBe(FIRST_INO);
  });
});
