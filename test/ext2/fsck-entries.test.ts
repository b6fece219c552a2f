/** Entries of directories that random damage seldom meets, beside e2fsck. */
import { describe, expect, test } from 'vitest';
import { writeU8 } from '../../src/ext2/block-bytes.js';
import {
  AT_BLOCK,
  AT_OFFSET,
  TYPE_DIRECTORY,
  TYPE_REGULAR,
  addEntry,
  entriesIn,
  findEntry,
  nameBytes,
  removeEntry,
  startDirectory,
} from '../../src/ext2/directory.js';
import { check } from '../../src/ext2/fsck/check.js';
import {
  INODE_BLOCK,
  INODE_LINKS,
  INODE_MODE,
  MODE_DIRECTORY,
  writeInode,
} from '../../src/ext2/inodes.js';
import { ROOT_INO } from '../../src/ext2/layout.js';
import { FIRST_INO } from '../../src/ext2/sizing.js';
import { blocksOf, inodeAt, inodeOf } from '../../src/ext2/tree.js';
import { repairedAs } from './beside-e2fsck.js';
import { missing, workbench } from './e2fsprogs.js';
import { type Lived, lived } from './lived.js';

const bench = workbench();
const without = missing('e2fsck');

const repaired = (scene: Lived): readonly string[] =>
  repairedAs(without === undefined ? bench : undefined, scene);

function unmounted(): Lived {
  const scene = lived(1024, 300, 1);
  scene.fs.unmount();
  return scene;
}

const blocksOfInode = ({ disk, layout }: Lived, ino: number): Int32Array =>
  blocksOf(disk, layout, inodeOf(disk, layout, ino));

describe(`the first two entries (${without ?? 'beside e2fsck'})`, () => {
  /** In lost+found: `.` from byte 0 on, `..` from byte 12 on; number, length, its name's, type. */
  test.each([
    ['the first names nothing', { 0: 0 }, ['bad-dot']],
    ['the first names the root', { 0: ROOT_INO }, ['bad-dot']],
    ['the first has another name', { 8: 0x78 }, ['bad-dot']],
    ['the first has another type', { 7: 1 }, ['bad-file-type']],
    ['the first has no type', { 7: 0 }, ['no-file-type']],
    ['the second names nothing', { 12: 0 }, ['bad-dot-dot', 'wrong-parent']],
    ['the second names its own directory', { 12: FIRST_INO }, ['wrong-parent']],
    ['the second names a reserved inode', { 12: 7 }, ['bad-inode-number', 'wrong-parent']],
    ['the second names more than there are', { 13: 1 }, ['bad-inode-number', 'wrong-parent']],
    ['the second names what is not in use', { 12: 40 }, ['unused-inode', 'wrong-parent']],
    ['the second has another name', { 20: 0x78 }, ['bad-dot-dot', 'wrong-parent']],
    ['the second has another type', { 19: 1 }, ['bad-file-type']],
  ])('are as they were when %s', (_, bytes, codes) => {
    const scene = unmounted();
    const [block = 0] = blocksOfInode(scene, FIRST_INO);
    const sector = scene.layout.sectorOfBlock(block);
    const before = scene.disk.get(sector);
    for (const [at, byte] of Object.entries(bytes)) {
      writeU8(scene.disk, scene.layout, block, Number(at), byte);
    }
    expect(repaired(scene)).toEqual(expect.arrayContaining(codes));
    expect(scene.disk.get(sector)).toBe(before);
  });
});

test('a first entry that names nothing is missing, as e2fsck says it', () => {
  const scene = unmounted();
  const [block = 0] = blocksOfInode(scene, FIRST_INO);
  writeU8(scene.disk, scene.layout, block, 0, 0);
  const [problem] = check(scene.disk).problems;
  expect(problem?.text).toBe("Missing '.' in directory inode 11.");
  if (without === undefined) expect(bench.check(scene.disk).text).toContain(problem?.text);
});

describe('an entry that is cleared', () => {
  test.each([
    ['leads back to the root', 'up', ROOT_INO, TYPE_DIRECTORY, 'link-to-root'],
    ['leads to its own directory', 'here', FIRST_INO, TYPE_DIRECTORY, 'link-to-dot'],
    ['is a second .', '.', 12, TYPE_REGULAR, 'duplicate-dot'],
    ['is a second ..', '..', 12, TYPE_REGULAR, 'duplicate-dot'],
  ])('%s', (_, name, ino, type, code) => {
    const scene = unmounted();
    const { disk, layout } = scene;
    const blocks = blocksOfInode(scene, FIRST_INO);
    const entries = (): number =>
      entriesIn(disk, layout, blocks[0]!).filter((entry) => entry.ino !== 0).length;
    const before = entries();
    addEntry(disk, layout, blocks, blocks.length, nameBytes(name), ino, type);
    expect(repaired(scene)).toContain(code);
    expect(entries()).toBe(before);
  });
});

describe('of two directories that hang in each other', () => {
  /** lost+found hangs in /other; it hangs in nothing (`false`), or in lost+found. */
  function hung(inEachOther: boolean): Lived {
    const scene = lived(1024, 300, 1);
    const { disk, layout, fs } = scene;
    fs.create('/other');
    fs.append('/other', 1024, () => 0);
    fs.unmount();
    const other = inodeAt(disk, layout, '/other');
    const inode = inodeOf(disk, layout, other);
    inode[INODE_MODE] = MODE_DIRECTORY | 0o755;
    inode[INODE_LINKS] = 2;
    writeInode(disk, layout, other, inode);
    startDirectory(disk, layout, inode[INODE_BLOCK]!, other, FIRST_INO);
    const root = blocksOfInode(scene, ROOT_INO);
    const at = new Int32Array(2);
    for (const name of ['other', 'lost+found']) {
      findEntry(disk, layout, root, root.length, nameBytes(name), at);
      removeEntry(disk, layout, at[AT_BLOCK]!, at[AT_OFFSET]!);
    }
    const link = (from: number, to: number): void => {
      const blocks = blocksOfInode(scene, from);
      addEntry(disk, layout, blocks, blocks.length, nameBytes('in'), to, TYPE_DIRECTORY);
    };
    link(other, FIRST_INO);
    if (inEachOther) link(FIRST_INO, other);
    return scene;
  }

  test('the one that hangs in nothing is hung up again, and the other with it', () => {
    const codes = repaired(hung(false));
    expect(codes.filter((code) => code === 'unconnected-directory')).toHaveLength(1);
  });

  test('none is found where each hangs in the other, as e2fsck finds none', () => {
    expect(repaired(hung(true))).not.toContain('unconnected-directory');
  });
});
