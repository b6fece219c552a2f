/**
 * Whose a block or a sector is, in words: for traces, reports and whoever looks at two legs that
 * differ.
 *
 * Made once for one state of the disk; later changes of the disk are not seen. Works on damaged
 * images.
 */
import { SECTOR_BYTES } from '../media/geometry.js';
import type { Sectors } from '../media/sectors.js';
import { type Claim, Claims } from './claims.js';
import type { Layout } from './layout.js';
import { SUPERBLOCK_SECTOR } from './superblock.js';
import { allPaths, Paths } from './tree.js';
import { LEVELS } from './walk.js';

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
  return new Names(layout, new Claims(disk, layout), allPaths(disk, layout));
}

/** The same for whoever asks for a few and before the disk changes: names are read when needed. */
export function ownersNow(disk: Sectors, layout: Layout): Owners {
  return new Names(layout, new Claims(disk, layout), new Paths(disk, layout));
}

class Names implements Owners {
  readonly #layout: Layout;
  readonly #claims: Claims;
  readonly #paths: Paths;

  constructor(layout: Layout, claims: Claims, paths: Paths) {
    this.#layout = layout;
    this.#claims = claims;
    this.#paths = paths;
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
    const claims = this.#claims.on(block);
    if (claims.length === 0) return 'free block';
    return claims.map((claim) => this.#claimText(claim)).join(' and ');
  }

  #claimText({ ino, isDirectory, logical, level }: Claim): string {
    const path = this.#paths.of(ino) ?? `unnamed inode ${ino}`;
    if (level > 0) return `${LEVELS[level] ?? ''} of ${path}`;
    return isDirectory ? `directory ${path}` : `data of ${path}, block ${logical}`;
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
