/** A root that is none, or not quite one: our check beside the real one. */
import { describe, expect, test } from 'vitest';
import { check, preen } from '../../src/ext2/fsck/check.js';
import { INODE_DTIME, INODE_INTS, writeInode } from '../../src/ext2/inodes.js';
import { ROOT_INO } from '../../src/ext2/layout.js';
import { FIRST_INO } from '../../src/ext2/sizing.js';
import { inodeOf } from '../../src/ext2/tree.js';
import { repairedAs } from './beside-e2fsck.js';
import { missing, workbench } from './e2fsprogs.js';
import type { Lived } from './lived.js';
import { crammed, fresh, pathsOf } from './unnamed.js';

const bench = workbench();
const without = missing('e2fsck');

const repaired = (scene: Lived): readonly string[] =>
  repairedAs(without === undefined ? bench : undefined, scene);

describe(`a root that is none (${without ?? 'beside e2fsck'})`, () => {
  test('is made anew, and a lost+found with all that hung in it', () => {
    const scene = fresh(300);
    const { disk, layout, fs } = scene;
    fs.create('/a');
    fs.append('/a', 3000, (at) => at & 255);
    fs.unmount();
    const content = fs.read('/a');
    writeInode(disk, layout, ROOT_INO, new Int32Array(INODE_INTS));
    const codes = repaired(scene);
    expect(codes).toEqual(expect.arrayContaining(['root-no-directory', 'root-missing']));
    const [lost, file] = [FIRST_INO, FIRST_INO + 1];
    expect(pathsOf(scene)).toEqual([
      '/',
      '/lost+found',
      `/lost+found/#${lost}`,
      `/lost+found/#${file}`,
    ]);
    expect(fs.read(`/lost+found/#${file}`)).toEqual(content);
  });

  test('is told once', () => {
    const scene = fresh(300);
    writeInode(scene.disk, scene.layout, ROOT_INO, new Int32Array(INODE_INTS));
    const codes = repaired(scene);
    expect(codes.filter((code) => code === 'root-no-directory')).toHaveLength(1);
    expect(codes.filter((code) => code === 'root-missing')).toHaveLength(1);
    expect(codes.filter((code) => code === 'wrong-parent')).toHaveLength(1);
  });

  test('is where a check ends, and what a preen refuses', () => {
    const { disk, layout } = fresh(300);
    writeInode(disk, layout, ROOT_INO, new Int32Array(INODE_INTS));
    const { verdict, problems } = check(disk);
    expect([verdict, problems.at(-1)?.code]).toEqual(['left', 'root-missing']);
    expect(preen(disk).verdict).toBe('refused');
  });

  test('has a block although somebody wants copies of all that there are', () => {
    const scene = crammed();
    writeInode(scene.disk, scene.layout, ROOT_INO, new Int32Array(INODE_INTS));
    const codes = repaired(scene);
    expect(codes).toContain('cannot-clone');
    expect(codes).not.toContain('cannot-make-root');
  });
});

test('a root with a time of deletion loses that alone', () => {
  const scene = fresh(300);
  const { disk, layout } = scene;
  scene.fs.unmount();
  const inode = inodeOf(disk, layout, ROOT_INO);
  inode[INODE_DTIME] = 1_207_000_000;
  writeInode(disk, layout, ROOT_INO, inode);
  expect(repaired(scene)).toEqual(['root-dtime']);
});
