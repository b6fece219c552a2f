/**
 * Whose a block or a sector is, in words: for traces, reports and whoever looks at two legs that
 * differ.
 *
 * Made once for one state of the disk; later changes of the disk are not seen. Works on damaged
 * images.
 */
import { SECTOR_BYTES } from '../media/geometry.js';
import type { Sectors } from '../media/sectors.js';
import * as field from './inodes.js';
import { type Layout, ROOT_INO } from './layout.js';
import { SUPERBLOCK_SECTOR } from './superblock.js';
import { inodeOf, listFiles } from './tree.js';
import { walkBlocks } from './walk.js';

const LEVELS: readonly string[] = [
  '',
  'indirect block',
  'double indirect block',
  'triple indirect block',
];

export interface Owners {
  /**
   * `block bitmap of group 0`, `inodes 9-16`, `directory /`, `data of /b, block 3`, `free block`.
   */
  ofBlock(block: number): string;
  /** The same, with only the inodes of that sector. */
  ofSector(sector: number): string;
  /** The same, with only the inode or descriptor at that byte of the sector. */
  ofByte(sector: number, byte: number): string;
}

export function ownersOf(disk: Sectors, layout: Layout): Owners {
  return new Names(layout, namesOfBlocks(disk, layout));
}

/** Blocks that inodes claim; where several do, all are named. */
function namesOfBlocks(disk: Sectors, layout: Layout): ReadonlyMap<number, string> {
  const paths = new Map<number, string>();
  for (const file of listFiles(disk, layout)) {
    const path = paths.get(file.ino);
    if (path === undefined) paths.set(file.ino, file.path);
  }
  const names = new Map<number, string>();
  const next = (from: number): number => field.nextWrittenInode(disk, layout, from);
  const inode = new Int32Array(field.INODE_INTS);
  for (let ino = next(ROOT_INO); ino <= layout.inodesCount; ino = next(ino + 1)) {
    inodeOf(disk, layout, ino, inode);
    if (inode[field.INODE_LINKS] === 0) continue;
    const path = paths.get(ino) ?? `unnamed inode ${ino}`;
    const directory = (inode[field.INODE_MODE]! & field.MODE_FORMAT) === field.MODE_DIRECTORY;
    walkBlocks(disk, layout, inode, (block, logical, level) => {
      const data = directory ? `directory ${path}` : `data of ${path}, block ${logical}`;
      const name = level === 0 ? data : `${LEVELS[level] ?? ''} of ${path}`;
      const before = names.get(block);
      names.set(block, before === undefined ? name : `${before} and ${name}`);
      return block;
    });
  }
  return names;
}

class Names implements Owners {
  readonly #layout: Layout;
  readonly #names: ReadonlyMap<number, string>;

  constructor(layout: Layout, names: ReadonlyMap<number, string>) {
    this.#layout = layout;
    this.#names = names;
  }

  ofBlock(block: number): string {
    const from = this.#layout.sectorOfBlock(block);
    return this.#name(from, 0, this.#layout.sectorsPerBlock * SECTOR_BYTES);
  }

  ofSector(sector: number): string {
    return this.#name(sector, 0, SECTOR_BYTES);
  }

  ofByte(sector: number, byte: number): string {
    return this.#name(sector, byte, byte + 1);
  }

  /** The owner of the bytes [from, to) counted from the sector's first. */
  #name(sector: number, from: number, to: number): string {
    const layout = this.#layout;
    const block = Math.floor(sector / layout.sectorsPerBlock);
    if (block < layout.firstDataBlock) return 'boot block';
    if (block >= layout.blocksCount) return 'behind the file system';
    const group = layout.groupOfBlock(block);
    const system = this.#system(group, block, sector, to);
    if (system !== undefined) return system;
    const table = layout.inodeTableOf(group);
    if (block >= table && block < table + layout.inodeTableBlocks) {
      const start = (sector - layout.sectorOfBlock(table)) * SECTOR_BYTES;
      const base = group * layout.inodesPerGroup + 1;
      const first = base + Math.floor((start + from) / layout.inodeBytes);
      const last = base + Math.floor((start + to - 1) / layout.inodeBytes);
      return first === last ? `inode ${first}` : `inodes ${first}-${last}`;
    }
    return this.#names.get(block) ?? 'free block';
  }

  #system(group: number, block: number, sector: number, to: number): string | undefined {
    const layout = this.#layout;
    if (block === layout.blockBitmapOf(group)) return `block bitmap of group ${group}`;
    if (block === layout.inodeBitmapOf(group)) return `inode bitmap of group ${group}`;
    const behind = block - layout.firstBlockOf(group);
    if (!layout.hasSuperblock(group) || behind > layout.descriptorBlocks) return undefined;
    const copy = group === 0 ? '' : `, copy in group ${group}`;
    if (behind > 0) return `group descriptors${copy}`;
    const boot = block === 0 && to <= (SUPERBLOCK_SECTOR - sector) * SECTOR_BYTES;
    return boot ? 'boot block' : `superblock${copy}`;
  }
}
