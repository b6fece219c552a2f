/**
 * Which inodes in use claim a block, and as what part of them: those that a check counts, whose
 * mode says that they can have blocks. Numbers alone: names are for whoever tells of it.
 *
 * Made once for one state of the disk; later changes of the disk are not seen. Works on damaged
 * images.
 */
import type { Sectors } from '../media/sectors.js';
import { INODE_INTS, INODE_LINKS, hasBlocks, nextWrittenInode } from './inodes.js';
import { ROOT_INO, type Layout } from './layout.js';
import { inodeOf, isDirectory } from './tree.js';
import { walkBlocks } from './walk.js';

export interface Claim {
  readonly ino: number;
  readonly isDirectory: boolean;
  /** Of data its block in the file, of an indirect block the first block that it leads to. */
  readonly logical: number;
  /** 0: data; 1 to 3: an indirect block. */
  readonly level: number;
}

export class Claims {
  readonly #first = new Map<number, Claim>();
  /** All but the first claim on a block: few blocks have any. */
  readonly #more = new Map<number, Claim[]>();

  constructor(disk: Sectors, layout: Layout) {
    const inode = new Int32Array(INODE_INTS);
    const next = (from: number): number => nextWrittenInode(disk, layout, from);
    for (let ino = next(ROOT_INO); ino <= layout.inodesCount; ino = next(ino + 1)) {
      inodeOf(disk, layout, ino, inode);
      if (inode[INODE_LINKS] === 0 || !hasBlocks(inode)) continue;
      const ofDirectory = isDirectory(inode);
      walkBlocks(disk, layout, inode, (block, logical, level) => {
        this.#add(block, { ino, isDirectory: ofDirectory, logical, level });
        return block;
      });
    }
  }

  has(block: number): boolean {
    return this.#first.has(block);
  }

  /** By inode, ascending. */
  on(block: number): readonly Claim[] {
    const first = this.#first.get(block);
    return first === undefined ? [] : [first, ...(this.#more.get(block) ?? [])];
  }

  /** The blocks that are claimed more than once, ascending. */
  shared(): readonly number[] {
    return [...this.#more.keys()].sort((a, b) => a - b);
  }

  #add(block: number, claim: Claim): void {
    if (!this.#first.has(block)) {
      this.#first.set(block, claim);
      return;
    }
    const more = this.#more.get(block);
    if (more === undefined) this.#more.set(block, [claim]);
    else more.push(claim);
  }
}
