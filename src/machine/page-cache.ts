/**
 * The page cache: which buffers are dirty, which are under write, and who waits for them.
 *
 * Follows: fs/buffer.c of 2.6.25 `mark_buffer_dirty`, `end_buffer_async_write`, `sync_dirty_buffer`; mm/page-writeback.c
 * `clear_page_dirty_for_io`, `end_page_writeback`.
 * Models: buffers by their block of the device; pages of 4 KiB that hold one or several. A page of the block device holds
 * neighbouring blocks, a page of a file the blocks of neighbouring logical numbers.
 * Leaves out: memory that runs short, locks of pages (held only inside one step here).
 */
import { BLOCK_DEVICE, DIRTY_PAGES, type DirtyInodes } from './dirty-inodes.js';
import type { Happening } from './happening.js';
import type { Memory } from './memory.js';
import type { Mirror } from './mirror.js';
import { PAGE_BYTES, SECTOR_BYTES } from '../media/geometry.js';
import type { Requests } from '../media/requests.js';
import type { Agenda, Slot } from '../sim/agenda.js';
import type { Arena } from '../sim/arena.js';
import type { Trace } from '../sim/trace.js';

/** The purpose of a write of pages or buffers, in the table of requests. */
export const PAGE_WRITE = 1;

const DIRTY = 1;
/** The buffer is locked: under write. */
const LOCKED = 2;
/** Under write as part of its page (PG_writeback), not alone. */
const WITH_PAGE = 4;
const OF_FILE = 8;
/** On the first block of a file's page: PG_dirty. */
const PAGE_TAG = 16;

const FOR_BLOCK = 1;
const FOR_PAGES = 2;
const FOR_SYNC = 3;

export const NO_BUFFER = -1;

/** The largest request: 512 KiB (BLK_DEF_MAX_SECTORS of 2.6.25). */
export const MOST_REQUEST_SECTORS = 1024;

/** Where a file's logical block stands on the device; 0: nowhere. */
export interface BlockMap {
  blockOf(inode: number, logical: number): number;
}

export interface PageCacheOptions {
  readonly blocks: number;
  readonly inodes: number;
  readonly regionSectors: number;
  readonly memory: Memory;
  readonly requests: Requests;
  readonly mirror: Mirror;
  readonly dirty: DirtyInodes;
  readonly agenda: Agenda;
  readonly trace: Trace<Happening>;
  /** Tasks that may wait here. */
  readonly waiters: readonly Slot[];
}

export class PageCache {
  readonly blocksPerPage: number;
  readonly #options: PageCacheOptions;
  readonly #sectorsPerBlock: number;
  readonly #flags: Uint8Array;
  /** PG_dirty of the block device's pages, a bit each. */
  readonly #tags: Int32Array;
  readonly #counts: Int32Array;
  readonly #firstDirty: Int32Array;
  readonly #lastDirty: Int32Array;
  readonly #dirtyPages: Int32Array;
  /** Requests under way for the pages of an inode. */
  readonly #requestsOf: Int32Array;
  /** By waiter: what it waits for. */
  readonly #awaitedKind: Uint8Array;
  readonly #awaited: Int32Array;
  #map: BlockMap | undefined;

  constructor(options: PageCacheOptions, arena: Arena) {
    this.#options = options;
    this.#sectorsPerBlock = options.memory.sectorsPerBlock;
    this.blocksPerPage = PAGE_BYTES / (this.#sectorsPerBlock * SECTOR_BYTES);
    const pages = Math.ceil(options.blocks / this.blocksPerPage);
    this.#flags = arena.state.u8(options.blocks);
    this.#tags = arena.state.i32(Math.ceil(pages / 32));
    this.#counts = arena.state.i32(1);
    this.#firstDirty = arena.state.i32(options.inodes);
    this.#lastDirty = arena.state.i32(options.inodes);
    this.#dirtyPages = arena.state.i32(options.inodes);
    this.#requestsOf = arena.state.i32(options.inodes);
    this.#awaitedKind = arena.state.u8(options.waiters.length);
    this.#awaited = arena.state.i32(options.waiters.length);
  }

  attach(map: BlockMap): void {
    this.#map = map;
  }

  /** nr_dirty: pages that are dirty. */
  get dirtyPages(): number {
    return this.#counts[0]!;
  }

  dirtyPagesOf(inode: number): number {
    return this.#dirtyPages[inode]!;
  }

  isDirty(block: number): boolean {
    return (this.#flags[block]! & DIRTY) !== 0;
  }

  isLocked(block: number): boolean {
    return (this.#flags[block]! & LOCKED) !== 0;
  }

  /** `mark_buffer_dirty` of a metadata buffer. */
  markBufferDirty(block: number): void {
    this.#tellDirtied(block);
    this.#flags[block] = this.#flags[block]! | DIRTY;
    const page = Math.floor(block / this.blocksPerPage);
    const word = page >> 5;
    const bit = 1 << (page & 31);
    if ((this.#tags[word]! & bit) === 0) {
      this.#tags[word] = this.#tags[word]! | bit;
      this.#pageDirtied(BLOCK_DEVICE, page);
    }
    this.#options.dirty.mark(BLOCK_DEVICE, DIRTY_PAGES);
  }

  /** `block_write_end`: a block of a file's page is dirty. */
  markFileDirty(inode: number, logical: number, block: number): void {
    this.#tellDirtied(block);
    this.#flags[block] = this.#flags[block]! | DIRTY | OF_FILE;
    const page = Math.floor(logical / this.blocksPerPage);
    const first = this.#blockOf(inode, page * this.blocksPerPage);
    if ((this.#flags[first]! & PAGE_TAG) === 0) {
      this.#flags[first] = this.#flags[first]! | PAGE_TAG;
      this.#pageDirtied(inode, page);
    }
    this.#options.dirty.mark(inode, DIRTY_PAGES);
  }

  /** The first page of the inode from `from` on that is tagged dirty; -1: there is none. */
  nextDirtyPage(inode: number, from: number): number {
    if (this.#dirtyPages[inode] === 0) return -1;
    const last = this.#lastDirty[inode]!;
    for (let page = Math.max(from, this.#firstDirty[inode]!); page <= last; page++) {
      if (inode !== BLOCK_DEVICE) {
        const first = this.#blockOf(inode, page * this.blocksPerPage);
        if ((this.#flags[first]! & PAGE_TAG) !== 0) return page;
        continue;
      }
      const rest = this.#tags[page >> 5]! >>> (page & 31);
      if (rest === 0) page |= 31;
      else return page + 31 - Math.clz32(rest & -rest);
    }
    return -1;
  }

  /** The device block of the n-th buffer of a page, or NO_BUFFER. */
  bufferOf(inode: number, page: number, n: number): number {
    const block = page * this.blocksPerPage + n;
    if (inode !== BLOCK_DEVICE) return this.#blockOf(inode, block) || NO_BUFFER;
    const exists = block < this.#flags.length && (this.#flags[block]! & OF_FILE) === 0;
    return exists ? block : NO_BUFFER;
  }

  /** A buffer of the page that is under write with its page (PG_writeback), or NO_BUFFER. */
  underWriteback(inode: number, page: number): number {
    for (let n = 0; n < this.blocksPerPage; n++) {
      const block = this.bufferOf(inode, page, n);
      if (block !== NO_BUFFER && (this.#flags[block]! & WITH_PAGE) !== 0) return block;
    }
    return NO_BUFFER;
  }

  /** Whether some page of the inode is under write. */
  isUnderWrite(inode: number): boolean {
    return this.#requestsOf[inode]! > 0;
  }

  /** `clear_page_dirty_for_io`: the tag goes; the buffers keep their dirty bits. */
  clearPageDirty(inode: number, page: number): void {
    if (inode === BLOCK_DEVICE) {
      this.#tags[page >> 5] = this.#tags[page >> 5]! & ~(1 << (page & 31));
    } else {
      const first = this.#blockOf(inode, page * this.blocksPerPage);
      this.#flags[first] = this.#flags[first]! & ~PAGE_TAG;
    }
    this.#counts[0]!--;
    if (--this.#dirtyPages[inode]! > 0) return;
    this.#firstDirty[inode] = 0;
    this.#lastDirty[inode] = 0;
  }

  /** `redirty_page_for_writepage`. */
  redirtyPage(inode: number, page: number): void {
    if (inode === BLOCK_DEVICE) {
      this.#tags[page >> 5] = this.#tags[page >> 5]! | (1 << (page & 31));
    } else {
      const first = this.#blockOf(inode, page * this.blocksPerPage);
      this.#flags[first] = this.#flags[first]! | PAGE_TAG;
    }
    this.#pageDirtied(inode, page);
    this.#options.dirty.mark(inode, DIRTY_PAGES);
  }

  /** `test_clear_buffer_dirty` under the buffer's lock: the buffer is on its way; `withPage`: as part of its page. */
  lockForWrite(block: number, withPage: boolean): void {
    const flags = this.#flags[block]! & ~DIRTY;
    this.#flags[block] = flags | LOCKED | (withPage ? WITH_PAGE : 0);
  }

  /** Hands locked buffers that stand side by side to the mirror, cut at regions and at the largest request. */
  submit(inode: number, block: number, blocks: number): void {
    const { requests, memory, mirror, regionSectors, trace, agenda } = this.#options;
    let sector = block * this.#sectorsPerBlock;
    const end = (block + blocks) * this.#sectorsPerBlock;
    while (sector < end) {
      const regionEnd = (Math.floor(sector / regionSectors) + 1) * regionSectors;
      const upTo = Math.min(end, regionEnd, sector + MOST_REQUEST_SECTORS);
      const request = requests.take(sector, upTo - sector, PAGE_WRITE);
      const first = sector / this.#sectorsPerBlock;
      requests.owner[request] = inode;
      this.#requestsOf[inode]!++;
      memory.writeBegins(first, (upTo - sector) / this.#sectorsPerBlock, request);
      if (trace.listening) {
        const range = { request, sector, sectors: upTo - sector };
        trace.tell({ kind: 'submitted', at: agenda.now, actor: 'mirror', ...range });
      }
      mirror.submit(request);
      sector = upTo;
    }
  }

  /** The write is on all legs: its buffers are unlocked, whoever waits for one goes on. */
  written(request: number): void {
    const { requests, memory } = this.#options;
    const first = requests.sector[request]! / this.#sectorsPerBlock;
    const end = first + requests.sectors[request]! / this.#sectorsPerBlock;
    const inode = requests.owner[request]!;
    requests.release(request);
    for (let block = first; block < end; block++) {
      this.#flags[block] = this.#flags[block]! & ~(LOCKED | WITH_PAGE);
      memory.writeEnds(block);
    }
    this.#requestsOf[inode]!--;
    for (let waiter = 0; waiter < this.#awaited.length; waiter++) {
      const awaited = this.#awaited[waiter]!;
      const kind = this.#awaitedKind[waiter]!;
      if (kind === FOR_BLOCK && awaited >= first && awaited < end) this.#goOn(waiter);
      if (kind === FOR_PAGES && awaited === inode && !this.isUnderWrite(inode)) this.#goOn(waiter);
    }
  }

  /** `wait_on_buffer`, `wait_on_page_writeback`: the task goes on when the block is no longer under write. */
  waitForBlock(slot: Slot, block: number): void {
    this.#wait(slot, FOR_BLOCK, block);
  }

  /** `filemap_fdatawait`: the task goes on when no page of the inode is under write. */
  waitForPages(slot: Slot, inode: number): void {
    this.#wait(slot, FOR_PAGES, inode);
  }

  /** `inode_wait_for_writeback`: the task goes on when nobody syncs the inode. */
  waitForSync(slot: Slot, inode: number): void {
    this.#wait(slot, FOR_SYNC, inode);
  }

  /** `inode_sync_complete`. */
  syncEnded(inode: number): void {
    for (let waiter = 0; waiter < this.#awaited.length; waiter++) {
      const waits = this.#awaitedKind[waiter] === FOR_SYNC && this.#awaited[waiter] === inode;
      if (waits) this.#goOn(waiter);
    }
  }

  /** `truncate_inode_pages`: no page of the inode is dirty any more. */
  dropPages(inode: number): void {
    for (;;) {
      const page = this.nextDirtyPage(inode, 0);
      if (page === -1) return;
      this.clearPageDirty(inode, page);
    }
  }

  /** `bforget`, or a page that truncation drops: nothing of the block is dirty any more. */
  forget(block: number): void {
    if (this.isLocked(block)) throw new Error(`block ${block} is under write`);
    this.#flags[block] = 0;
  }

  #tellDirtied(block: number): void {
    const { trace, memory, agenda } = this.#options;
    if (!trace.listening) return;
    trace.tell({
      kind: 'dirtied',
      at: agenda.now,
      actor: memory.actor,
      sector: block * this.#sectorsPerBlock,
      sectors: this.#sectorsPerBlock,
    });
  }

  #wait(slot: Slot, kind: number, awaited: number): void {
    const waiter = this.#options.waiters.indexOf(slot);
    if (waiter < 0) throw new Error(`slot ${slot} is not among those that wait`);
    this.#awaitedKind[waiter] = kind;
    this.#awaited[waiter] = awaited;
  }

  #goOn(waiter: number): void {
    this.#awaitedKind[waiter] = 0;
    this.#awaited[waiter] = 0;
    this.#options.agenda.arm(this.#options.waiters[waiter]!, 0);
  }

  #pageDirtied(inode: number, page: number): void {
    this.#counts[0]!++;
    if (this.#dirtyPages[inode]!++ === 0) {
      this.#firstDirty[inode] = page;
      this.#lastDirty[inode] = page;
    } else if (page < this.#firstDirty[inode]!) this.#firstDirty[inode] = page;
    else if (page > this.#lastDirty[inode]!) this.#lastDirty[inode] = page;
  }

  #blockOf(inode: number, logical: number): number {
    if (this.#map === undefined) throw new Error('no file system is mounted');
    return this.#map.blockOf(inode, logical);
  }
}
