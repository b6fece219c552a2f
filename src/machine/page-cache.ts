/**
 * The page cache: which buffers are dirty, which are under write, and who waits for them.
 *
 * Follows: fs/buffer.c of 2.6.25 `mark_buffer_dirty`, `end_buffer_async_write`,
 * `sync_dirty_buffer`; mm/page-writeback.c `clear_page_dirty_for_io`, `end_page_writeback`.
 * Models: buffers by their block of the device; pages of 4 KiB that hold one or several. A page of
 * the block device holds neighbouring blocks, a page of a file the blocks of neighbouring logical
 * numbers.
 * Leaves out: memory that runs short, locks of pages (held only inside one step here).
 */
import { BLOCK_DEVICE, DIRTY_PAGES, type DirtyInodes } from './dirty-inodes.js';
import type { DirtyPages } from './dirty-pages.js';
import type { Happening } from './happening.js';
import type { Mappings } from './mappings.js';
import type { Memory } from './memory.js';
import type { Mirror } from './mirror.js';
import { PAGE_WRITE } from './purpose.js';
import { FOR_BLOCK, FOR_PAGES, FOR_SYNC, type Waiters } from './waiters.js';
import { WriteVolume } from './write-volume.js';
import { PAGE_BYTES, SECTOR_BYTES } from '../media/geometry.js';
import type { Requests } from '../media/requests.js';
import type { Agenda, Slot } from '../sim/agenda.js';
import type { Arena } from '../sim/arena.js';
import type { Trace } from '../sim/trace.js';

/** In place of a block: the page has no such buffer. */
export const NO_BUFFER = -1;
/** The largest request: 512 KiB (BLK_DEF_MAX_SECTORS of 2.6.25). */
export const MOST_REQUEST_SECTORS = 1024;

const DIRTY = 1;
/** The buffer is locked: under write. */
const LOCKED = 2;
/** Under write as part of its page (PG_writeback), not alone. */
const WITH_PAGE = 4;
const OF_FILE = 8;

export function blocksPerPage(sectorsPerBlock: number): number {
  return PAGE_BYTES / (sectorsPerBlock * SECTOR_BYTES);
}

export interface PageCacheOptions {
  readonly blocks: number;
  readonly inodes: number;
  readonly regionSectors: number;
  readonly memory: Memory;
  readonly requests: Requests;
  readonly mirror: Mirror;
  readonly dirty: DirtyInodes;
  readonly pages: DirtyPages;
  readonly mappings: Mappings;
  readonly waiters: Waiters;
  readonly agenda: Agenda;
  readonly trace: Trace<Happening>;
}

export class PageCache {
  readonly blocksPerPage: number;
  readonly volume: WriteVolume;
  readonly #options: PageCacheOptions;
  readonly #pages: DirtyPages;
  readonly #sectorsPerBlock: number;
  readonly #flags: Uint8Array;
  /** Requests under way for the pages of an inode. */
  readonly #requestsOf: Int32Array;

  constructor(options: PageCacheOptions, arena: Arena) {
    this.#options = options;
    this.#pages = options.pages;
    this.#sectorsPerBlock = options.memory.sectorsPerBlock;
    this.blocksPerPage = blocksPerPage(this.#sectorsPerBlock);
    this.#flags = arena.state.u8(options.blocks);
    this.#requestsOf = arena.state.i32(options.inodes);
    this.volume = new WriteVolume(arena.meters);
  }

  /** nr_dirty: pages that are dirty. */
  get dirtyPages(): number {
    return this.#pages.total;
  }

  dirtyPagesOf(inode: number): number {
    return this.#pages.of(inode);
  }

  /** The first page of the inode from `from` on that is tagged dirty; -1: there is none. */
  nextDirtyPage(inode: number, from: number): number {
    return this.#pages.next(inode, from);
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
    this.#pages.tag(BLOCK_DEVICE, Math.floor(block / this.blocksPerPage));
    this.#options.dirty.mark(BLOCK_DEVICE, DIRTY_PAGES);
  }

  /** `block_write_end`: a block of a file's page is dirty. */
  markFileDirty(inode: number, logical: number, block: number): void {
    this.#tellDirtied(block);
    this.#flags[block] = this.#flags[block]! | DIRTY | OF_FILE;
    this.#pages.tag(inode, Math.floor(logical / this.blocksPerPage));
    this.#options.dirty.mark(inode, DIRTY_PAGES);
  }

  /** The device block of the n-th buffer of a page, or NO_BUFFER. */
  bufferOf(inode: number, page: number, n: number): number {
    const block = page * this.blocksPerPage + n;
    if (inode !== BLOCK_DEVICE) return this.#pages.blockOf(inode, block) || NO_BUFFER;
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

  /**
   * `clear_page_dirty_for_io`: the tag goes, and stores into a mapping fault again; the buffers
   * keep their dirty bits.
   */
  clearPageDirty(inode: number, page: number): void {
    if (inode !== BLOCK_DEVICE) this.#options.mappings.writeProtect(inode, page);
    this.#pages.untag(inode, page);
  }

  /** `redirty_page_for_writepage`. */
  redirtyPage(inode: number, page: number): void {
    this.#pages.tag(inode, page);
    this.#options.dirty.mark(inode, DIRTY_PAGES);
  }

  /**
   * `test_clear_buffer_dirty` under the buffer's lock: the buffer is on its way; `withPage`: as
   * part of its page.
   */
  lockForWrite(block: number, withPage: boolean): void {
    const flags = this.#flags[block]! & ~DIRTY;
    this.#flags[block] = flags | LOCKED | (withPage ? WITH_PAGE : 0);
  }

  /**
   * `actor` hands locked buffers that stand side by side to the mirror, cut at regions and at the
   * largest request.
   */
  submit(actor: string, inode: number, block: number, blocks: number): void {
    const { requests, memory, mirror, regionSectors } = this.#options;
    let sector = block * this.#sectorsPerBlock;
    const end = (block + blocks) * this.#sectorsPerBlock;
    this.volume.add(actor, (end - sector) * SECTOR_BYTES);
    while (sector < end) {
      const regionEnd = (Math.floor(sector / regionSectors) + 1) * regionSectors;
      const upTo = Math.min(end, regionEnd, sector + MOST_REQUEST_SECTORS);
      const request = requests.take(sector, upTo - sector, PAGE_WRITE);
      const first = sector / this.#sectorsPerBlock;
      requests.owner[request] = inode;
      this.#requestsOf[inode]!++;
      memory.writeBegins(first, (upTo - sector) / this.#sectorsPerBlock, request);
      this.#tellSubmitted(actor, request, sector, upTo - sector);
      mirror.submit(request);
      sector = upTo;
    }
  }

  /** The write is on all legs: its buffers are unlocked, whoever waits for one goes on. */
  written(request: number): void {
    const { requests, memory, waiters } = this.#options;
    const first = requests.sector[request]! / this.#sectorsPerBlock;
    const end = first + requests.sectors[request]! / this.#sectorsPerBlock;
    const inode = requests.owner[request]!;
    requests.release(request);
    for (let block = first; block < end; block++) {
      this.#flags[block] = this.#flags[block]! & ~(LOCKED | WITH_PAGE);
      memory.writeEnds(block);
    }
    waiters.wake(FOR_BLOCK, first, end);
    if (--this.#requestsOf[inode]! === 0) waiters.wake(FOR_PAGES, inode);
  }

  waitForBlock(slot: Slot, block: number): void {
    this.#options.waiters.wait(slot, FOR_BLOCK, block);
  }

  waitForPages(slot: Slot, inode: number): void {
    this.#options.waiters.wait(slot, FOR_PAGES, inode);
  }

  waitForSync(slot: Slot, inode: number): void {
    this.#options.waiters.wait(slot, FOR_SYNC, inode);
  }

  /** `inode_sync_complete`. */
  syncEnded(inode: number): void {
    this.#options.waiters.wake(FOR_SYNC, inode);
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
    if (!this.#options.trace.listening) return;
    const { trace, memory, agenda } = this.#options;
    const sector = block * this.#sectorsPerBlock;
    const range = { sector, sectors: this.#sectorsPerBlock };
    trace.tell({ kind: 'dirtied', at: agenda.now, actor: memory.actor, ...range });
  }

  #tellSubmitted(actor: string, request: number, sector: number, sectors: number): void {
    const { trace, agenda } = this.#options;
    if (!trace.listening) return;
    trace.tell({ kind: 'submitted', at: agenda.now, actor, request, sector, sectors });
  }
}
