/** Where what has no name goes, and what becomes of it where there is no such place. */
import { describe, expect, test } from 'vitest';
import { DIRECT_BLOCKS } from '../../src/ext2/blockmap.js';
import { freeBlocksOf, freeInodesOf } from '../../src/ext2/descriptors.js';
import { ENTRY_HEADER, startDirectory, startEmptyBlock } from '../../src/ext2/directory.js';
import { check, preen, repair } from '../../src/ext2/fsck/check.js';
import {
  INODE_BLOCK,
  INODE_INTS,
  INODE_MODE,
  INODE_SIZE,
  MODE_DIRECTORY,
  writeInode,
} from '../../src/ext2/inodes.js';
import { ROOT_INO } from '../../src/ext2/layout.js';
import { FIRST_INO } from '../../src/ext2/sizing.js';
import { blocksOf, inodeAt, inodeOf, listFiles } from '../../src/ext2/tree.js';
import { judgesTheSame, repairedAs } from './beside-e2fsck.js';
import { missing, workbench } from './e2fsprogs.js';
import type { Lived } from './lived.js';
import { blocksIn, crammed, fresh, pathsOf, rename, unname } from './unnamed.js';

const bench = workbench();
const without = missing('e2fsck');

const repaired = (scene: Lived): readonly string[] =>
  repairedAs(without === undefined ? bench : undefined, scene);

const SIZE = 1500;

/** Every inode is in use, that behind lost+found by a file that is not empty. */
function crowded(): Lived {
  const scene = fresh(64);
  scene.fs.create('/file');
  scene.fs.append('/file', SIZE, () => 7);
  for (let n = 0; scene.fs.create(`/${n}`) === undefined; n++);
  scene.fs.unmount();
  expect(freeInodesOf(scene.disk, scene.layout, 0)).toBe(0);
  return scene;
}

describe(`a lost+found (${without ?? 'beside e2fsck'})`, () => {
  test('made anew grows when it is full', () => {
    const scene = fresh(2000);
    const { disk, layout, fs } = scene;
    const count = 120;
    for (let n = 0; n < count; n++) {
      fs.create(`/${n}`);
      fs.append(`/${n}`, 10, () => n);
    }
    fs.unmount();
    writeInode(disk, layout, ROOT_INO, new Int32Array(INODE_INTS));
    const codes = repaired(scene);
    expect(codes).toContain('lost-and-found-full');
    expect(codes).not.toContain('bad-sectors');
    const lost = inodeAt(disk, layout, '/lost+found');
    expect(blocksOf(disk, layout, inodeOf(disk, layout, lost))).toHaveLength(2);
    const found = pathsOf(scene).filter((path) => path.startsWith('/lost+found/#'));
    expect(found).toHaveLength(count + 1);
  });

  /** All its direct blocks are full; /lost has no name there yet. */
  function crowdedLostAndFound(): Lived {
    const scene = fresh(1000);
    const { layout, fs } = scene;
    // Four entries fill a block, and . and .. leave room for one that is a little shorter.
    const most = layout.blockBytes / 4 - ENTRY_HEADER;
    const path = '/lost+found/';
    for (let n = 1; n < 4 * DIRECT_BLOCKS; n++) fs.create(`${path}${n}`.padEnd(most + 12, 'x'));
    fs.create(path.padEnd(most - 24 + 12, 'y'));
    fs.create('/lost');
    fs.append('/lost', SIZE, () => 7);
    expect(blocksIn(scene, FIRST_INO)).toHaveLength(DIRECT_BLOCKS);
    return scene;
  }

  test('grows behind its direct blocks, too', () => {
    const scene = crowdedLostAndFound();
    const { disk, layout, fs } = scene;
    fs.unmount();
    const ino = inodeAt(disk, layout, '/lost');
    unname(scene, 'lost');
    const codes = repaired(scene);
    expect(codes).toContain('lost-and-found-full');
    expect(codes).not.toContain('bad-sectors');
    expect(blocksIn(scene, FIRST_INO)).toHaveLength(DIRECT_BLOCKS + 1);
    expect(pathsOf(scene)).toContain(`/lost+found/#${ino}`);
  });

  test('does not where there is one block for the two that it needs', () => {
    const scene = crowdedLostAndFound();
    const { disk, layout, fs } = scene;
    fs.create('/rest');
    while (freeBlocksOf(disk, layout, 0) > 1) fs.append('/rest', 1024, () => 0);
    fs.unmount();
    unname(scene, 'lost');
    const codes = repaired(scene);
    expect(codes).toEqual(expect.arrayContaining(['lost-and-found-full', 'cannot-reconnect']));
    expect(blocksIn(scene, FIRST_INO)).toHaveLength(DIRECT_BLOCKS);
  });

  test('that cannot grow leaves a directory where it was, and no block taken for nothing', () => {
    const scene = crowdedLostAndFound();
    const { disk, layout, fs } = scene;
    fs.create('/rest');
    while (freeBlocksOf(disk, layout, 0) > 1) fs.append('/rest', 1024, () => 0);
    fs.unmount();
    const ino = inodeAt(disk, layout, '/lost');
    const inode = inodeOf(disk, layout, ino);
    inode[INODE_MODE] = MODE_DIRECTORY | 0o755;
    inode[INODE_SIZE] = 2 * layout.blockBytes;
    writeInode(disk, layout, ino, inode);
    startDirectory(disk, layout, inode[INODE_BLOCK]!, ino, ROOT_INO);
    startEmptyBlock(disk, layout, inode[INODE_BLOCK + 1]!);
    unname(scene, 'lost');
    if (without === undefined) judgesTheSame(bench, disk, layout);
    expect(repair(disk).verdict).toBe('left');
    const left = check(disk).problems.map(({ code }) => code);
    expect(left).toContain('unconnected-directory');
    expect(left).not.toContain('block-bitmap');
  });

  test('is the root where it is missing and there is no inode for it', () => {
    const scene = crowded();
    rename(scene, 'lost+found', 'other');
    unname(scene, 'file');
    const told = repaired(scene).filter((code) => code === 'no-room-for-lost-and-found');
    expect(told).toHaveLength(2);
    expect(pathsOf(scene)).toContain(`/#${FIRST_INO + 1}`);
  });

  test('that cannot be had, and a directory wanted it: then files without a name go', () => {
    const scene = crowded();
    unname(scene, 'lost+found');
    unname(scene, 'file');
    const codes = repaired(scene);
    expect(codes).toEqual(expect.arrayContaining(['cannot-reconnect', 'bad-links', 'zero-dtime']));
    expect(pathsOf(scene)).toContain(`/lost+found/#${FIRST_INO}`);
    expect(listFiles(scene.disk, scene.layout).map(({ size }) => size)).not.toContain(SIZE);
  });

  test('without room for it is what a preen refuses', () => {
    const scene = crowded();
    rename(scene, 'lost+found', 'other');
    if (without === undefined) judgesTheSame(bench, scene.disk, scene.layout);
    const { verdict, problems } = preen(scene.disk);
    expect(verdict).toBe('refused');
    expect(problems.map(({ code }) => code)).toContain('no-room-for-lost-and-found');
  });

  test('has a block although somebody wants copies of all that there are', () => {
    const scene = crammed();
    rename(scene, 'lost+found', 'other');
    const codes = repaired(scene);
    expect(codes).toEqual(expect.arrayContaining(['cannot-clone', 'no-lost-and-found']));
    expect(codes).not.toContain('no-room-for-lost-and-found');
  });

  /** The root has one block, and no room in it for another name. */
  function full(): Lived {
    const scene = fresh(200);
    const { fs } = scene;
    rename(scene, 'lost+found', 'x');
    // Behind `.`, `..` and `x` there are 988 bytes: three times 248, and 244.
    for (let n = 0; n < 3; n++) fs.create(`/${n}`.padEnd(1 + 240, 'x'));
    fs.create('/y'.padEnd(1 + 236, 'y'));
    expect(blocksIn(scene)).toHaveLength(1);
    return scene;
  }

  test('has a name in a root that was full', () => {
    const scene = full();
    scene.fs.unmount();
    expect(repaired(scene)).toContain('no-lost-and-found');
    expect(blocksIn(scene)).toHaveLength(2);
    expect(pathsOf(scene)).toContain('/lost+found');
  });

  /** One block is free. */
  function fill({ disk, layout, fs }: Lived): void {
    const rest = '/y'.padEnd(1 + 236, 'y');
    while (freeBlocksOf(disk, layout, 0) > 1) fs.append(rest, 1024, () => 0);
    fs.unmount();
  }

  test('is not made where its name has no room', () => {
    const scene = full();
    fill(scene);
    expect(repaired(scene)).toContain('no-lost-and-found-made');
    expect(pathsOf(scene)).not.toContain('/lost+found');
  });

  test('is made once what has no name has made room for its name', () => {
    const scene = full();
    const { disk, layout, fs } = scene;
    fs.create('/x/file');
    fs.append('/x/file', SIZE, () => 7);
    fill(scene);
    unname(scene, 'file', FIRST_INO);
    const codes = repaired(scene);
    expect(codes).toEqual(expect.arrayContaining(['no-lost-and-found-made', 'bad-links']));
    expect(pathsOf(scene)).toContain('/lost+found');
    expect(listFiles(disk, layout).map(({ size }) => size)).not.toContain(SIZE);
  });
});
