/**
 * Which pages are tagged dirty (PG_dirty), by inode and index, and how many there are (nr_dirty).
 *
 * A page of the block device has a bit; a page of a file is known by the block of its first buffer.
 */
import { BLOCK_DEVICE } from './dirty-inodes.js';
import type { Arena } from '../../sim/arena.js';

/** Where a file's logical block stands on the device; 0: nowhere. */
export interface BlockMap {
  blockOf(inode: number, logical: number): number;
}

export class DirtyPages {
  readonly #blocksPerPage: number;
  readonly #deviceTags: Int32Array;
  readonly #fileTags: Uint8Array;
  readonly #total: Int32Array;
  /** By inode: bounds of its tagged pages, and how many there are. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #count: Int32Array;
  #map: BlockMap | undefined;

  constructor(inodes: number, blocks: number, blocksPerPage: number, arena: Arena) {
    const { state } = arena;
    this.#blocksPerPage = blocksPerPage;
    this.#deviceTags = state.i32(Math.ceil(blocks / blocksPerPage / 32));
    this.#fileTags = state.u8(blocks);
    this.#total = state.i32(1);
    this.#first = state.i32(inodes);
    this.#last = state.i32(inodes);
    this.#count = state.i32(inodes);
  }

  attach(map: BlockMap): void {
    this.#map = map;
  }

  get total(): number {
    return this.#total[0]!;
  }

  of(inode: number): number {
    return this.#count[inode]!;
  }

  isTagged(inode: number, page: number): boolean {
    if (inode === BLOCK_DEVICE) return (this.#deviceTags[page >> 5]! & (1 << (page & 31))) !== 0;
    return this.#fileTags[this.blockOf(inode, page * this.#blocksPerPage)] === 1;
  }

  tag(inode: number, page: number): void {
    if (this.isTagged(inode, page)) return;
    this.#write(inode, page, true);
    this.#total[0]!++;
    if (this.#count[inode]!++ === 0) {
      this.#first[inode] = page;
      this.#last[inode] = page;
    } else if (page < this.#first[inode]!) this.#first[inode] = page;
    else if (page > this.#last[inode]!) this.#last[inode] = page;
  }

  untag(inode: number, page: number): void {
    this.#write(inode, page, false);
    this.#total[0]!--;
    if (--this.#count[inode]! === 0) {
      this.#first[inode] = 0;
      this.#last[inode] = 0;
      return;
    }
    // Bounds depend on what is tagged, not on what was.
    if (page === this.#first[inode]) this.#first[inode] = this.next(inode, page + 1);
    while (!this.isTagged(inode, this.#last[inode]!)) {
      if (this.#last[inode]!-- === 0) throw new Error(`dirty pages of inode ${inode} were lost`);
    }
  }

  /** The first tagged page from `from` on; -1: there is none. */
  next(inode: number, from: number): number {
    if (this.#count[inode] === 0) return -1;
    const last = this.#last[inode]!;
    for (let page = Math.max(from, this.#first[inode]!); page <= last; page++) {
      if (inode !== BLOCK_DEVICE) {
        if (this.isTagged(inode, page)) return page;
        continue;
      }
      const rest = this.#deviceTags[page >> 5]! >>> (page & 31);
      if (rest !== 0) return page + 31 - Math.clz32(rest & -rest);
      page |= 31;
    }
    return -1;
  }

  /** The device block of a file's logical block; 0: nowhere. */
  blockOf(inode: number, logical: number): number {
    if (this.#map === undefined) throw new Error('no file system is mounted');
    return this.#map.blockOf(inode, logical);
  }

  #write(inode: number, page: number, tagged: boolean): void {
    if (inode !== BLOCK_DEVICE) {
      this.#fileTags[this.blockOf(inode, page * this.#blocksPerPage)] = tagged ? 1 : 0;
      return;
    }
    const bit = 1 << (page & 31);
    const word = this.#deviceTags[page >> 5]!;
    this.#deviceTags[page >> 5] = tagged ? word | bit : word & ~bit;
  }
}
