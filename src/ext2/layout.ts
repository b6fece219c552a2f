/**
 * Where everything stands on an ext2 file system: groups, bitmaps, inode tables, descriptors.
 *
 * Models: revision 1 with FILETYPE and sparse_super, blocks of 1, 2 and 4 KiB, one or several
 * groups.
 * Leaves out: flex_bg, meta_bg, 64bit, bigalloc, reserved GDT blocks.
 */
import { SECTOR_BYTES } from '../media/geometry.js';
import {
  DESCRIPTOR_BYTES,
  descriptorBlocksFor,
  firstDataBlockOf,
  groupsFor,
  isSparseGroup,
} from './sizing.js';

export const ROOT_INO = 2;

/**
 * What a layout is made of; `tables` holds block bitmap, inode bitmap and inode table of each
 * group.
 */
export interface LayoutFacts {
  readonly blockBytes: number;
  readonly blocksCount: number;
  readonly inodesPerGroup: number;
  readonly inodeBytes: number;
  readonly sparse: boolean;
  readonly tables: Int32Array;
}

/** Numbers only, all known when the layout is made; no accessor allocates. */
export class Layout {
  readonly blockBytes: number;
  readonly blocksCount: number;
  readonly inodesCount: number;
  readonly firstDataBlock: number;
  readonly blocksPerGroup: number;
  readonly inodesPerGroup: number;
  readonly groupCount: number;
  readonly sectorsPerBlock: number;
  readonly inodeBytes: number;
  /** Blocks of one group's inode table. */
  readonly inodeTableBlocks: number;
  /** Blocks of the group descriptor table. */
  readonly descriptorBlocks: number;
  /**
   * Whether only groups 0, 1 and powers of 3, 5 and 7 hold copies of superblock and descriptors.
   */
  readonly sparse: boolean;
  readonly #tables: Int32Array;
  readonly #groupShift: number;
  readonly #inodesPerSector: number;

  /** `facts`: known to hold together. */
  constructor(facts: LayoutFacts) {
    this.blockBytes = facts.blockBytes;
    this.blocksCount = facts.blocksCount;
    this.firstDataBlock = firstDataBlockOf(facts.blockBytes);
    this.blocksPerGroup = facts.blockBytes * 8;
    this.groupCount = groupsFor(facts.blockBytes, facts.blocksCount);
    this.inodesPerGroup = facts.inodesPerGroup;
    this.inodesCount = facts.inodesPerGroup * this.groupCount;
    this.sectorsPerBlock = facts.blockBytes / SECTOR_BYTES;
    this.inodeBytes = facts.inodeBytes;
    this.inodeTableBlocks = Math.ceil((facts.inodesPerGroup * facts.inodeBytes) / this.blockBytes);
    this.descriptorBlocks = descriptorBlocksFor(facts.blockBytes, this.groupCount);
    this.sparse = facts.sparse;
    this.#tables = facts.tables;
    this.#groupShift = 31 - Math.clz32(this.blocksPerGroup);
    this.#inodesPerSector = SECTOR_BYTES / facts.inodeBytes;
  }

  groupOfBlock(block: number): number {
    return (block - this.firstDataBlock) >>> this.#groupShift;
  }

  /** The block's bit in its group's bitmap. */
  bitOfBlock(block: number): number {
    return (block - this.firstDataBlock) & (this.blocksPerGroup - 1);
  }

  firstBlockOf(group: number): number {
    return this.firstDataBlock + (group << this.#groupShift);
  }

  /** How many blocks the group has; the last one may have fewer than the others. */
  blocksOf(group: number): number {
    return Math.min(this.blocksPerGroup, this.blocksCount - this.firstBlockOf(group));
  }

  blockBitmapOf(group: number): number {
    return this.#tables[group * 3]!;
  }

  inodeBitmapOf(group: number): number {
    return this.#tables[group * 3 + 1]!;
  }

  inodeTableOf(group: number): number {
    return this.#tables[group * 3 + 2]!;
  }

  hasSuperblock(group: number): boolean {
    return !this.sparse || isSparseGroup(group);
  }

  groupOfInode(ino: number): number {
    return Math.floor((ino - 1) / this.inodesPerGroup);
  }

  inodeBlock(ino: number): number {
    return Math.floor(this.inodeSector(ino) / this.sectorsPerBlock);
  }

  inodeSector(ino: number): number {
    const group = this.groupOfInode(ino);
    const index = ino - 1 - group * this.inodesPerGroup;
    return this.sectorOfBlock(this.inodeTableOf(group)) + Math.floor(index / this.#inodesPerSector);
  }

  /** The byte at which the inode begins in its sector. */
  inodeOffset(ino: number): number {
    return ((ino - 1) % this.#inodesPerSector) * this.inodeBytes;
  }

  descriptorBlock(group: number): number {
    return this.firstDataBlock + 1 + Math.floor((group * DESCRIPTOR_BYTES) / this.blockBytes);
  }

  descriptorSector(group: number): number {
    return this.sectorOfBlock(this.firstDataBlock + 1) + ((group * DESCRIPTOR_BYTES) >> 9);
  }

  descriptorOffset(group: number): number {
    return (group * DESCRIPTOR_BYTES) & (SECTOR_BYTES - 1);
  }

  sectorOfBlock(block: number): number {
    return block * this.sectorsPerBlock;
  }
}
