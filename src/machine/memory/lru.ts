/**
 * The pages in use, in the order in which they are looked at when memory runs short.
 *
 * Follows: mm/swap.c of 2.6.25 `lru_cache_add`, `mark_page_accessed`, `activate_page`,
 * `rotate_reclaimable_page`; fs/buffer.c `touch_buffer` (whoever looks a buffer up marks its page
 * accessed); mm/filemap.c `generic_perform_write` (write() does not); mm/rmap.c `page_referenced`
 * (a store into a mapping leaves its trace in the page table).
 * Models: one inactive and one active list for pages of files, of the block device and of
 * processes, newest first. A page comes in when it is first dirtied, on the inactive list; those of
 * the super block and the descriptors at mount. Pages of processes are active and stay so: there is
 * no swap. A clean page is freed and nothing else happens to it. Whoever touches it next would read
 * from the default leg what memory has: a store that is not on that leg has made its page dirty, or
 * will, and holds the buffer's or the page's lock. So memory keeps its values.
 * Leaves out: what merely reads; batches (`lru_add_pvecs`); that a page whose store has yet to be
 * marked cannot be freed: here it may be, and comes in again with the mark, without having changed.
 */
import { BLOCK_DEVICE } from './dirty-inodes.js';
import type { BlockMap, DirtyPages } from './dirty-pages.js';
import { ROOT_SLOT } from '../files/inodes.js';
import { NO_PAGE, PageLists } from './page-lists.js';
import type { Zone } from './zone.js';
import type { Arena } from '../../sim/arena.js';
import type { TouchedMap } from '../../sim/touched-map.js';

export const INACTIVE = 0;
export const ACTIVE = 1;
/** In place of an inode: a page of a process. */
export const ANONYMOUS = -1;

/** PG_active. */
const IS_ACTIVE = 1;
/** PG_referenced. */
const REFERENCED = 2;
const MAPPED = 4;

export interface LruParts {
  readonly zone: Zone;
  readonly blocks: number;
  readonly blocksPerPage: number;
  readonly pages: DirtyPages;
  readonly map: BlockMap;
  /** The last block whose buffer is held as long as the file system is mounted; they begin at 0. */
  readonly lastHeldBlock: number;
}

/** A page is known by its number in the lists; it has one as long as it is in use. */
export class Lru {
  readonly #parts: LruParts;
  readonly #devicePages: number;
  readonly #lastHeldPage: number;
  /** By page of the device, then by the first block of a page of a file: the number. */
  readonly #numbers: TouchedMap;
  /** By block: the page that is looked at first once the block is written (PG_reclaim). */
  readonly #awaited: TouchedMap;
  readonly #blocksAwaited: Uint8Array;
  readonly #flags: Uint8Array;
  readonly #inode: Int32Array;
  readonly #index: Int32Array;
  /** By page: under what it stands in #numbers; of a process the page that it got before. */
  readonly #key: Int32Array;
  readonly lists: PageLists;

  constructor(parts: LruParts, arena: Arena) {
    const { zone, blocks, blocksPerPage, lastHeldBlock } = parts;
    const { state } = arena;
    const most = zone.isAmple ? 0 : zone.pages + 1;
    this.#parts = parts;
    this.#devicePages = Math.ceil(blocks / blocksPerPage);
    this.#lastHeldPage = Math.floor(lastHeldBlock / blocksPerPage);
    this.#numbers = state.map(new Int32Array(zone.isAmple ? 0 : this.#devicePages + blocks));
    this.#awaited = state.map(new Int32Array(zone.isAmple ? 0 : blocks));
    this.#blocksAwaited = state.u8(most);
    this.#flags = state.u8(most);
    this.#inode = state.i32(most);
    this.#index = state.i32(most);
    this.#key = state.i32(most);
    this.lists = new PageLists(zone.isAmple ? 0 : zone.pages, state);
  }

  /** `ext2_fill_super`: what it reads stays. */
  mount(): void {
    if (this.#parts.zone.isAmple) return;
    for (let page = 0; page <= this.#lastHeldPage; page++) this.#pageOf(BLOCK_DEVICE, page);
  }

  /** A buffer was looked up (`sb_getblk`) and changed; one that is held is not looked up. */
  bufferUsed(block: number): void {
    if (this.#parts.zone.isAmple) return;
    const page = this.#pageOf(BLOCK_DEVICE, Math.floor(block / this.#parts.blocksPerPage));
    if (block > this.#parts.lastHeldBlock) this.#markAccessed(page);
  }

  /** A page of a file was written to: `read_cache_page` marks a directory's accessed. */
  fileUsed(inode: number, index: number): void {
    if (this.#parts.zone.isAmple) return;
    const page = this.#pageOf(inode, index);
    if (inode === ROOT_SLOT) this.#markAccessed(page);
  }

  /** A store into a mapping: the page table says so. */
  storedThroughMapping(inode: number, index: number): void {
    if (this.#parts.zone.isAmple) return;
    const page = this.#pageOf(inode, index);
    this.#flags[page] = this.#flags[page]! | MAPPED | REFERENCED;
  }

  /** `do_anonymous_page`; `before`: the page that the process got before. Returns the new one. */
  enterAnonymous(before: number): number {
    const page = this.#enter(ANONYMOUS, 0, before);
    this.activate(page);
    return page;
  }

  /** A process gives back its last page; returns the one that it got before. */
  leaveAnonymous(page: number): number {
    const before = this.#key[page]!;
    this.leave(page);
    return before;
  }

  inodeOf(page: number): number {
    return this.#inode[page]!;
  }

  indexOf(page: number): number {
    return this.#index[page]!;
  }

  isMapped(page: number): boolean {
    return (this.#flags[page]! & MAPPED) !== 0;
  }

  isDirty(page: number): boolean {
    return this.#parts.pages.isTagged(this.#inode[page]!, this.#index[page]!);
  }

  /** Whether a buffer of the page is held as long as the file system is mounted. */
  isHeld(page: number): boolean {
    return this.#inode[page] === BLOCK_DEVICE && this.#index[page]! <= this.#lastHeldPage;
  }

  /** `page_referenced`: whether it was, since this was asked last. */
  takeReferenced(page: number): boolean {
    const referenced = (this.#flags[page]! & REFERENCED) !== 0;
    this.#flags[page] = this.#flags[page]! & ~REFERENCED;
    return referenced;
  }

  /** To the newest of its list. */
  rotate(page: number): void {
    const list = this.#flags[page]! & IS_ACTIVE;
    this.lists.remove(list, page);
    this.lists.addNewest(list, page);
  }

  activate(page: number): void {
    this.lists.remove(INACTIVE, page);
    this.#flags[page] = this.#flags[page]! | IS_ACTIVE;
    this.lists.addNewest(ACTIVE, page);
  }

  deactivate(page: number): void {
    this.lists.remove(ACTIVE, page);
    this.#flags[page] = this.#flags[page]! & ~IS_ACTIVE;
    this.lists.addNewest(INACTIVE, page);
  }

  /** PG_reclaim: once what is written of the page is done, it is looked at first. */
  reclaimOnceWritten(page: number, block: number): void {
    this.#awaited.set(block, page);
    this.#blocksAwaited[page]!++;
  }

  /** `end_page_writeback`, `rotate_reclaimable_page`. */
  written(block: number): void {
    if (this.#parts.zone.isAmple) return;
    const page = this.#awaited.values[block]!;
    if (page === NO_PAGE) return;
    this.#awaited.set(block, NO_PAGE);
    if (--this.#blocksAwaited[page]! > 0) return;
    if (this.isDirty(page) || (this.#flags[page]! & IS_ACTIVE) !== 0) return;
    this.lists.remove(INACTIVE, page);
    this.lists.addOldest(INACTIVE, page);
  }

  /** The page is freed. */
  leave(page: number): void {
    const inode = this.#inode[page]!;
    if (inode !== ANONYMOUS) this.#numbers.set(this.#key[page]!, NO_PAGE);
    this.lists.remove(this.#flags[page]! & IS_ACTIVE, page);
    this.#flags[page] = 0;
    this.#inode[page] = 0;
    this.#index[page] = 0;
    this.#key[page] = 0;
    this.lists.giveNumber(page);
    this.#parts.zone.give();
  }

  /** `invalidate_inode_pages2_range`: clean pages of a file are in use no longer. */
  invalidate(inode: number, from: number, end: number): void {
    if (this.#parts.zone.isAmple) return;
    const { map, blocksPerPage } = this.#parts;
    for (let index = from; index < end; index++) {
      this.dropPageAt(map.blockOf(inode, index * blocksPerPage));
    }
  }

  /** Truncation or invalidation drops the page whose first block this is, if it is in use. */
  dropPageAt(block: number): void {
    if (this.#parts.zone.isAmple) return;
    const page = this.#numbers.values[this.#devicePages + block]!;
    if (page !== NO_PAGE) this.leave(page);
  }

  /** `mark_page_accessed`: once it is referenced, twice it is active. */
  #markAccessed(page: number): void {
    const flags = this.#flags[page]!;
    if ((flags & (IS_ACTIVE | REFERENCED)) !== REFERENCED) {
      this.#flags[page] = flags | REFERENCED;
      return;
    }
    this.#flags[page] = flags & ~REFERENCED;
    this.activate(page);
  }

  #pageOf(inode: number, index: number): number {
    const key = this.#keyOf(inode, index);
    const known = this.#numbers.values[key]!;
    if (known !== NO_PAGE) return known;
    const page = this.#enter(inode, index, key);
    this.#numbers.set(key, page);
    return page;
  }

  #enter(inode: number, index: number, key: number): number {
    this.#parts.zone.take();
    const page = this.lists.takeNumber();
    this.#inode[page] = inode;
    this.#index[page] = index;
    this.#key[page] = key;
    this.lists.addNewest(INACTIVE, page);
    return page;
  }

  #keyOf(inode: number, index: number): number {
    if (inode === BLOCK_DEVICE) return index;
    const { map, blocksPerPage } = this.#parts;
    return this.#devicePages + map.blockOf(inode, index * blocksPerPage);
  }
}
