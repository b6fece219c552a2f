/**
 * Our check against the real one: the same verdict, the same kinds of problem, the same judgement
 * of what is safe, and after our repair nothing that e2fsck would still say.
 */
import { describe, expect, test } from 'vitest';
import { freeBlock } from '../../src/ext2/allocate.js';
import { setPointer } from '../../src/ext2/blockmap.js';
import { adjustFreeBlocks, freeBlocksOf } from '../../src/ext2/descriptors.js';
import { check, preen, repair } from '../../src/ext2/fsck/check.js';
import { INODE_BLOCK, writeInode } from '../../src/ext2/inodes.js';
import {
  AT_BLOCK,
  AT_OFFSET,
  TYPE_DIRECTORY,
  addEntry,
  findEntry,
  nameBytes,
  removeEntry,
} from '../../src/ext2/directory.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { QuietFileSystem } from '../../src/ext2/quiet.js';
import { FIRST_INO } from '../../src/ext2/sizing.js';
import { blocksOf, inodeAt, inodeOf } from '../../src/ext2/tree.js';
import { ROOT_INO } from '../../src/ext2/layout.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { judgesTheSame } from './beside-e2fsck.js';
import { DAMAGES } from './damage.js';
import { dice } from './dice.js';
import { missing, workbench } from './e2fsprogs.js';
import { type Lived, copyOf, live, lived } from './lived.js';

const bench = workbench();
const without = missing('e2fsck');

function judge({ disk, layout }: Lived): void {
  judgesTheSame(bench, disk, layout);
}

describe.skipIf(without !== undefined)(`a check (${without ?? 'tools present'})`, () => {
  test.each(Object.keys(DAMAGES))('when %s says and does what e2fsck does', (name) => {
    const pick = dice(name.length);
    for (let round = 0; round < 3; round++) {
      const scene = lived(round === 1 ? 4096 : 1024, 300, round + name.length);
      scene.fs.unmount();
      DAMAGES[name]?.(scene.disk, scene.layout, pick);
      judge(scene);
    }
  });

  test.each([...Array(24).keys()])('of several damages at once (%i) agrees with e2fsck', (seed) => {
    const pick = dice(seed);
    const scene = lived(seed % 2 === 0 ? 1024 : 4096, seed % 8 === 0 ? 9000 : 300, seed);
    const names = Object.keys(DAMAGES);
    for (let i = 0; i < 3; i++) {
      DAMAGES[names[pick(names.length)] ?? '']?.(scene.disk, scene.layout, pick);
    }
    judge(scene);
  });

  test.each([...Array(24).keys()])('of sectors of two moments (%i) agrees with e2fsck', (seed) => {
    const pick = dice(seed + 500);
    const scene = lived(seed % 2 === 0 ? 1024 : 4096, 300, seed);
    const before = copyOf(scene.disk);
    live(scene.fs, seed + 1000, 1 + pick(20));
    const one = 2 + pick(8);
    for (let sector = 4; sector < scene.disk.count; sector++) {
      if (pick(one) === 0) scene.disk.set(sector, before.get(sector));
    }
    judge(scene);
  });
});

describe('a directory with two names', () => {
  test('keeps the first', () => {
    const scene = lived(1024, 300, 1);
    const { disk, layout } = scene;
    scene.fs.unmount();
    const root = blocksOf(disk, layout, inodeOf(disk, layout, ROOT_INO));
    addEntry(disk, layout, root, root.length, nameBytes('again'), FIRST_INO, TYPE_DIRECTORY);
    if (without === undefined) judge(scene);
    expect(inodeAt(disk, layout, '/again')).toBe(FIRST_INO);
    expect(repair(disk).problems.map(({ code }) => code)).toContain('link-to-directory');
    expect(inodeAt(disk, layout, '/again')).toBe(0);
    expect(inodeAt(disk, layout, '/lost+found')).toBe(FIRST_INO);
    expect(check(disk).verdict).toBe('clean');
  });
});

describe('a hole in a directory', () => {
  /** The root needs more than twelve blocks for so many long names. */
  function holed(logical: readonly number[]): Lived {
    const scene = lived(1024, 2000, 1);
    const { disk, layout, fs } = scene;
    for (let n = 0; n < 60; n++) fs.create(`/${n}`.padEnd(200, 'x'));
    fs.unmount();
    const inode = inodeOf(disk, layout, ROOT_INO);
    for (const hole of logical) {
      if (hole < 12) inode[INODE_BLOCK + hole] = 0;
      else setPointer(disk, layout, inode[INODE_BLOCK + 12]!, hole - 12, 0);
    }
    writeInode(disk, layout, ROOT_INO, inode);
    return scene;
  }

  test.each([[[1]], [[11]], [[12]], [[13]], [[2, 13]]])('is filled: %j', (logical) => {
    const scene = holed(logical);
    const { disk, layout } = scene;
    if (without === undefined) judge(scene);
    const before = blocksOf(disk, layout, inodeOf(disk, layout, ROOT_INO));
    expect([...before.keys()].filter((n) => before[n] === 0)).toEqual(logical);
    expect(repair(disk).verdict).toBe('repaired');
    const after = blocksOf(disk, layout, inodeOf(disk, layout, ROOT_INO));
    expect(after).toHaveLength(before.length);
    expect(after.every((block, n) => (before[n] === 0 ? block > 0 : block === before[n]))).toBe(
      true,
    );
    expect(new Set(after).size).toBe(after.length);
    expect(check(disk).verdict).toBe('clean');
  });
});

describe('a hole for which there is no block', () => {
  test.each([0, 1, 10])('(%i) stays, and so does the directory', (logical) => {
    const disk = new DenseSectors(new SectorPool(), 128);
    const layout = mkfs(disk, { blockBytes: 1024, blocks: 64 });
    const fs = new QuietFileSystem(disk, layout);
    fs.create('/rest');
    const inode = inodeOf(disk, layout, FIRST_INO);
    freeBlock(disk, layout, inode[INODE_BLOCK + logical]!);
    adjustFreeBlocks(disk, layout, 0, 1);
    inode[INODE_BLOCK + logical] = 0;
    writeInode(disk, layout, FIRST_INO, inode);
    while (fs.append('/rest', 1024, () => 0) === undefined);
    fs.unmount();
    expect(freeBlocksOf(disk, layout, 0)).toBe(0);
    if (without === undefined) judge({ disk, layout, fs });
    const { verdict, problems } = repair(disk);
    expect(verdict).toBe('left');
    expect(problems.map(({ code }) => code)).toContain('cannot-fill-hole');
    expect(inodeAt(disk, layout, '/lost+found')).toBe(FIRST_INO);
  });
});

describe('a check', () => {
  test('changes nothing, and a refused preen only says that there are errors', () => {
    const { disk, layout } = lived(1024, 300, 1);
    DAMAGES['a pointer is illegal']?.(disk, layout, () => 0);
    const before = copyOf(disk);
    expect(check(disk).verdict).toBe('left');
    expect(disk.values).toEqual(before.values);
    expect(preen(disk).verdict).toBe('refused');
    const changed = [...disk.values.keys()].filter((i) => disk.values[i] !== before.values[i]);
    expect(changed).toEqual([2]);
  });

  test('says in e2fsck words what it has found', () => {
    const { disk, layout } = lived(1024, 300, 1);
    DAMAGES['a block bitmap bit is set']?.(disk, layout, (bound) => bound - 1);
    DAMAGES['i_blocks is wrong']?.(disk, layout, () => 0);
    const texts = check(disk).problems.map((problem) => `${problem.pass} ${problem.text}`);
    expect(texts).toContain('5 Block bitmap differences:  -299');
    expect(texts.join('\n')).toMatch(/^1 Inode \d+, i_blocks is 0, should be \d+\.$/mu);
    expect(texts.join('\n')).toMatch(
      /^5 Free blocks count wrong for group #0 \(\d+, counted=\d+\)/mu,
    );
  });

  test.each([
    ['its superblock', 0],
    ['another table', 4],
  ])('never writes a table that is said to stand on %s', (_, block) => {
    const { disk } = lived(4096, 300, 1);
    const damaged = disk.pool.withU32(disk.get(8), 0, block);
    disk.set(8, damaged);
    const before = copyOf(disk);
    expect(repair(disk).verdict).toBe('left');
    expect(disk.values).toEqual(before.values);
  });

  test('tells once what it cannot repair', () => {
    const { disk, layout, fs } = lived(1024, 300, 1);
    for (let n = 0; fs.create(`/${n}`) === undefined; n++);
    const root = blocksOf(disk, layout, inodeOf(disk, layout, ROOT_INO));
    const at = new Int32Array(2);
    findEntry(disk, layout, root, root.length, nameBytes('lost+found'), at);
    removeEntry(disk, layout, at[AT_BLOCK]!, at[AT_OFFSET]!);
    const { verdict, problems } = repair(disk);
    expect(verdict).toBe('left');
    const homeless = problems.filter(({ code }) => code === 'cannot-reconnect');
    expect(homeless).toHaveLength(1);
  });

  test('of something else says why it cannot be read', () => {
    const { disk } = lived(1024, 300, 1);
    disk.set(2, 0);
    const { verdict, problems } = check(disk);
    expect([verdict, problems[0]?.text]).toEqual(['left', 'bad magic number in superblock']);
  });
});
