/**
 * Files by their names: paths to inodes, directories to entries, files to sectors and bytes.
 *
 * For tools and for whoever reads an image after a crash: works on damaged images, never throws,
 * never loops. What cannot be read is not there.
 */
import type { Sectors } from '../media/sectors.js';
import { blockAt } from './blockmap.js';
import { type Entry, TYPE_DIRECTORY, entriesIn, lookup, nameBytes } from './directory.js';
import {
  INODE_BLOCK,
  INODE_INTS,
  INODE_LINKS,
  INODE_MODE,
  INODE_SIZE,
  MODE_DIRECTORY,
  MODE_FORMAT,
  readInode,
} from './inodes.js';
import { type Layout, ROOT_INO } from './layout.js';

export interface NamedFile {
  readonly path: string;
  readonly ino: number;
  readonly directory: boolean;
  readonly size: number;
}

/** More of a file is not read at once: a damaged size can say 4 GiB. */
export const MOST_READ = 1 << 26;

const TEXT = new TextDecoder();

/** A hole in the sectors of a file. */
export const HOLE = -1;

/** Whether a number is that of an inode on this file system. */
function isInode(layout: Layout, ino: number): boolean {
  return ino >= 1 && ino <= layout.inodesCount;
}

/** Zeroes where the number is that of no inode. `inode`: for whoever looks at many, one by one. */
export function inodeOf(
  disk: Sectors,
  layout: Layout,
  ino: number,
  inode: Int32Array = new Int32Array(INODE_INTS),
): Int32Array {
  if (isInode(layout, ino)) readInode(disk, layout, ino, inode);
  else inode.fill(0);
  return inode;
}

export function isDirectory(inode: Int32Array): boolean {
  return (inode[INODE_MODE]! & MODE_FORMAT) === MODE_DIRECTORY && inode[INODE_LINKS]! > 0;
}

export function sizeOf(inode: Int32Array): number {
  return inode[INODE_SIZE]! >>> 0;
}

/** The device blocks of a directory or file by logical number, up to its size; 0: a hole. */
export function blocksOf(disk: Sectors, layout: Layout, inode: Int32Array): Int32Array {
  const count = Math.ceil(sizeOf(inode) / layout.blockBytes);
  const pointers = inode.subarray(INODE_BLOCK, INODE_INTS);
  const blocks = new Int32Array(count);
  for (let i = 0; i < count; i++) blocks[i] = blockAt(disk, layout, pointers, i);
  return blocks;
}

/**
 * The entries of a directory that name an inode, `.` and `..` included. `inode`: room for its own.
 */
function entriesOf(
  disk: Sectors,
  layout: Layout,
  directory: number,
  inode: Int32Array,
): readonly Entry[] {
  inodeOf(disk, layout, directory, inode);
  if (!isDirectory(inode)) return [];
  const entries: Entry[] = [];
  for (const block of blocksOf(disk, layout, inode)) {
    for (const entry of entriesIn(disk, layout, block)) if (entry.ino !== 0) entries.push(entry);
  }
  return entries;
}

/** The inode a path leads to; 0: nothing. */
export function inodeAt(disk: Sectors, layout: Layout, path: string): number {
  let ino = ROOT_INO;
  for (const name of path.split('/')) {
    if (name === '') continue;
    const inode = inodeOf(disk, layout, ino);
    if (!isDirectory(inode)) return 0;
    const blocks = blocksOf(disk, layout, inode);
    ino = lookup(disk, layout, blocks, blocks.length, nameBytes(name));
    if (!isInode(layout, ino)) return 0;
  }
  return ino;
}

/**
 * All files and directories that have a name, in the order of their directories. The root is `/`.
 */
export function listFiles(disk: Sectors, layout: Layout): readonly NamedFile[] {
  return [...filesOf(disk, layout)];
}

function* filesOf(disk: Sectors, layout: Layout): Generator<NamedFile> {
  const inode = inodeOf(disk, layout, ROOT_INO);
  const root = { path: '/', ino: ROOT_INO, directory: true, size: sizeOf(inode) };
  const directories: NamedFile[] = [root];
  const entered = new Set<number>([ROOT_INO]);
  yield root;
  for (const from of directories) {
    for (const entry of entriesOf(disk, layout, from.ino, inode)) {
      const name = TEXT.decode(entry.name);
      if (name === '.' || name === '..' || !isInode(layout, entry.ino)) continue;
      inodeOf(disk, layout, entry.ino, inode);
      const directory = isDirectory(inode) && entry.type === TYPE_DIRECTORY;
      if (directory && entered.has(entry.ino)) continue;
      const path = from.path === '/' ? `/${name}` : `${from.path}/${name}`;
      const file = { path, ino: entry.ino, directory, size: sizeOf(inode) };
      if (directory) {
        entered.add(entry.ino);
        directories.push(file);
      }
      yield file;
    }
  }
}

/** All paths as they are now, whatever becomes of the disk. */
export function allPaths(disk: Sectors, layout: Layout): Paths {
  return new Paths(disk, layout).complete();
}

/** The first path that leads to an inode; the tree is read as far as somebody asks. */
export class Paths {
  readonly #files: Iterator<NamedFile>;
  readonly #known = new Map<number, string>();

  constructor(disk: Sectors, layout: Layout) {
    this.#files = filesOf(disk, layout);
  }

  /** Undefined: the inode has no name. */
  of(ino: number): string | undefined {
    while (!this.#known.has(ino) && this.#readOne());
    return this.#known.get(ino);
  }

  /** Reads the rest: from here on the disk may change. */
  complete(): this {
    while (this.#readOne());
    return this;
  }

  #readOne(): boolean {
    const next = this.#files.next();
    if (next.done === true) return false;
    const { ino, path } = next.value;
    if (!this.#known.has(ino)) this.#known.set(ino, path);
    return true;
  }
}

/** The device sectors that hold a file's content, in order; {@link HOLE} where there is none. */
export function sectorsOf(disk: Sectors, layout: Layout, inode: Int32Array): Int32Array {
  const blocks = blocksOf(disk, layout, inode);
  const sectors = new Int32Array(Math.ceil(sizeOf(inode) / 512)).fill(HOLE);
  for (let i = 0; i < sectors.length; i++) {
    const block = blocks[Math.floor(i / layout.sectorsPerBlock)] ?? 0;
    if (block !== 0) sectors[i] = layout.sectorOfBlock(block) + (i % layout.sectorsPerBlock);
  }
  return sectors;
}

/** A file's bytes, the first {@link MOST_READ} of them; holes read as zeroes. */
export function contentOf(disk: Sectors, layout: Layout, inode: Int32Array): Uint8Array {
  const sectors = sectorsOf(disk, layout, inode).subarray(0, MOST_READ / 512);
  const bytes = new Uint8Array(sectors.length * 512);
  sectors.forEach((sector, i) => {
    if (sector !== HOLE) bytes.set(disk.pool.view(disk.get(sector)), i * 512);
  });
  return bytes.subarray(0, sizeOf(inode));
}
