/** Blocks that more than one inode claims, or that none should: beside e2fsck where it is here. */
import { describe, expect, test } from 'vitest';
import { freeBlocksOf } from '../../src/ext2/descriptors.js';
import { repair } from '../../src/ext2/fsck/check.js';
import {
  INODE_BLOCK,
  INODE_MODE,
  INODE_SECTORS,
  INODE_SIZE,
  MODE_REGULAR,
  writeInode,
} from '../../src/ext2/inodes.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { QuietFileSystem } from '../../src/ext2/quiet.js';
import { inodeAt, inodeOf } from '../../src/ext2/tree.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { findsTheSame, judgesTheSame } from './beside-e2fsck.js';
import { missing, workbench } from './e2fsprogs.js';
import { lived } from './lived.js';

const bench = workbench();
const without = missing('e2fsck');
const BOOT_LOADER = 5;

describe('a check', () => {
  test('gives copies to all but the last of those who claim a block', () => {
    const { disk, layout, fs } = lived(1024, 300, 1);
    for (const path of ['/x', '/y']) {
      fs.create(path);
      fs.append(path, 1000, () => path.charCodeAt(1));
    }
    const [x = 0, y = 0] = ['/x', '/y'].map((path) => inodeAt(disk, layout, path));
    const twice = inodeOf(disk, layout, y)[INODE_BLOCK] ?? 0;
    const inode = inodeOf(disk, layout, x);
    inode[INODE_BLOCK] = twice;
    writeInode(disk, layout, x, inode);
    const texts = repair(disk).problems.map((problem) => problem.text);
    expect(texts).toContain(`Multiply-claimed block(s) in inode ${x}: ${twice}`);
    const owners = [x, y].map((ino) => inodeOf(disk, layout, ino)[INODE_BLOCK]);
    expect(owners[0]).not.toBe(twice);
    expect(owners[1]).toBe(twice);
    expect(fs.read('/x')).toEqual(fs.read('/y'));
  });

  test('deletes who finds no room for copies, and no one who shares only with it', () => {
    const disk = new DenseSectors(new SectorPool(), 128);
    const layout = mkfs(disk, { blockBytes: 1024, blocks: 64 });
    const fs = new QuietFileSystem(disk, layout);
    for (const path of ['/a', '/b', '/c', '/rest']) fs.create(path);
    for (const path of ['/b', '/c']) fs.append(path, 4096, () => path.charCodeAt(1));
    const [a = 0, b = 0, c = 0] = ['/a', '/b', '/c'].map((path) => inodeAt(disk, layout, path));
    const inode = inodeOf(disk, layout, a);
    inode[INODE_SIZE] = 8192;
    inode[INODE_SECTORS] = 16;
    for (let n = 0; n < 8; n++) {
      inode[INODE_BLOCK + n] = inodeOf(disk, layout, n < 4 ? b : c)[INODE_BLOCK + (n % 4)]!;
    }
    while (freeBlocksOf(disk, layout, 0) > 5) fs.append('/rest', 1024, () => 0);
    fs.unmount();
    writeInode(disk, layout, a, inode);
    if (without === undefined) judgesTheSame(bench, disk, layout);
    const codes = repair(disk).problems.map(({ code }) => code);
    expect(codes.filter((code) => code === 'cannot-clone')).toHaveLength(1);
    const left = ['/a', '/b', '/c'].map((path) => inodeAt(disk, layout, path));
    expect(left).toEqual([0, b, c]);
  });

  test.skipIf(without !== undefined)('counts no claims of an inode without a mode', () => {
    const { disk, layout, fs } = lived(1024, 300, 1);
    const paths = ['/x', '/y', '/z'];
    for (const path of paths) {
      fs.create(path);
      fs.append(path, 1000, () => path.charCodeAt(1));
    }
    const inos = paths.map((path) => inodeAt(disk, layout, path));
    const inodes = inos.map((ino) => inodeOf(disk, layout, ino));
    for (const inode of inodes) inode[INODE_BLOCK] = inodes[0]![INODE_BLOCK]!;
    inodes[2]![INODE_MODE] = 0;
    inos.forEach((ino, n) => writeInode(disk, layout, ino, inodes[n]!));
    const { found } = findsTheSame(bench, disk);
    expect(found.filter((one) => one.startsWith('multiply-claimed'))).toHaveLength(2);
  });

  test.skipIf(without !== undefined)('leaves no pointer of a reserved inode that it clears', () => {
    const { disk, layout } = lived(1024, 300, 1);
    const inode = inodeOf(disk, layout, BOOT_LOADER);
    inode[INODE_MODE] = MODE_REGULAR;
    inode.fill(layout.blocksCount, INODE_BLOCK);
    inode[INODE_BLOCK + 14] = layout.blocksCount - 1;
    writeInode(disk, layout, BOOT_LOADER, inode);
    judgesTheSame(bench, disk, layout);
    repair(disk);
    const [ours, theirs] = [disk, bench.read('theirs.img')].map((mended) =>
      inodeOf(mended, layout, BOOT_LOADER).subarray(INODE_BLOCK),
    );
    expect(ours).toEqual(theirs);
  });
});
