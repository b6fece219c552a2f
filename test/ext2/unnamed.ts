/** Small file systems in which something loses its name, or the room that it will want. */
import { expect } from 'vitest';
import { freeBlocksOf } from '../../src/ext2/descriptors.js';
import {
  AT_BLOCK,
  AT_OFFSET,
  TYPE_DIRECTORY,
  addEntry,
  findEntry,
  nameBytes,
  removeEntry,
} from '../../src/ext2/directory.js';
import { INODE_BLOCK, writeInode } from '../../src/ext2/inodes.js';
import { ROOT_INO } from '../../src/ext2/layout.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { QuietFileSystem } from '../../src/ext2/quiet.js';
import { blocksOf, inodeAt, inodeOf, listFiles } from '../../src/ext2/tree.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import type { Lived } from './lived.js';

export function fresh(blocks: number): Lived {
  const disk = new DenseSectors(new SectorPool(), blocks * 2);
  const layout = mkfs(disk, { blockBytes: 1024, blocks });
  return { disk, layout, fs: new QuietFileSystem(disk, layout) };
}

export const blocksIn = ({ disk, layout }: Lived, directory = ROOT_INO): Int32Array =>
  blocksOf(disk, layout, inodeOf(disk, layout, directory));

export function unname(scene: Lived, name: string, directory = ROOT_INO): void {
  const blocks = blocksIn(scene, directory);
  const at = new Int32Array(2);
  const found = findEntry(scene.disk, scene.layout, blocks, blocks.length, nameBytes(name), at);
  expect(found).toBeGreaterThan(0);
  removeEntry(scene.disk, scene.layout, at[AT_BLOCK]!, at[AT_OFFSET]!);
}

/** The inode stays in use under another name. */
export function rename(scene: Lived, from: string, to: string): void {
  const { disk, layout } = scene;
  const ino = inodeAt(disk, layout, `/${from}`);
  unname(scene, from);
  const blocks = blocksIn(scene);
  addEntry(disk, layout, blocks, blocks.length, nameBytes(to), ino, TYPE_DIRECTORY);
}

/** Two files share four blocks, and only the four that one of them had before are free. */
export function crammed(): Lived {
  const scene = fresh(64);
  const { disk, layout, fs } = scene;
  for (const path of ['/a', '/b', '/rest']) fs.create(path);
  for (const path of ['/a', '/b']) fs.append(path, 4096, () => path.charCodeAt(1));
  while (fs.append('/rest', 1024, () => 0) === undefined);
  fs.unmount();
  expect(freeBlocksOf(disk, layout, 0)).toBe(0);
  const [a = 0, b = 0] = ['/a', '/b'].map((path) => inodeAt(disk, layout, path));
  const inode = inodeOf(disk, layout, a);
  for (let n = 0; n < 4; n++) {
    inode[INODE_BLOCK + n] = inodeOf(disk, layout, b)[INODE_BLOCK + n]!;
  }
  writeInode(disk, layout, a, inode);
  return scene;
}

export const pathsOf = ({ disk, layout }: Lived): readonly string[] =>
  listFiles(disk, layout).map(({ path }) => path);
