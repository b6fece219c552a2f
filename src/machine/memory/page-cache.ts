/**
 * The page cache: which buffers are dirty, which are under write, and who waits for them.
 *
 * Follows: fs/buffer.c of 2.6.25 `mark_buffer_dirty`, `end_buffer_async_write`,
 * `sync_dirty_buffer`; mm/page-writeback.c `clear_page_dirty_for_io`, `end_page_writeback`.
 * Models: buffers by their block of the device; pages of 4 KiB that hold one or several. A page of
 * the block device holds neighbouring blocks, a page of a file the blocks of neighbouring logical
 * numbers.
 * Leaves out: locks of pages (held only inside one step here).
 */
import { BLOCK_DEVICE, DIRTY_PAGES, type DirtyInodes } from './dirty-inodes.js';
import type { DirtyPages } from './dirty-pages.js';
import type { Lru } from './lru.js';
import type { Mappings } from '../files/mappings.js';
import { PageRequests, type PageRequestsParts } from './page-requests.js';
import { FOR_BLOCK, FOR_PAGES, FOR_SYNC, type Waiters } from './waiters.js';
import type { WriteVolume } from './write-volume.js';
import { PAGE_BYTES, SECTOR_BYTES } from '../../media/geometry.js';
import type { Slot } from '../../sim/agenda.js';
import type { Arena } from '../../sim/arena.js';

/** In place of a block: the page has no such buffer. */
export const NO_BUFFER = -1;

const DIRTY = 1;
/** The buffer is locked: under write. */
const LOCKED = 2;
/** Under write as part of its page (PG_writeback), not alone. */
const WITH_PAGE = 4;
const OF_FILE = 8;

export function blocksPerPage(sectorsPerBlock: number): number {
  return PAGE_BYTES / (sectorsPerBlock * SECTOR_BYTES);
}

export interface PageCacheParts extends PageRequestsParts {
  readonly blocks: number;
  readonly dirty: DirtyInodes;
  readonly pages: DirtyPages;
  readonly lru: Lru;
  readonly mappings: Mappings;
  readonly waiters: Waiters;
}

export class PageCache {
  readonly blocksPerPage: number;
  readonly #parts: PageCacheParts;
  readonly #pages: DirtyPages;
  readonly #sectorsPerBlock: number;
  readonly #flags: Uint8Array;
  readonly #requests: PageRequests;
  readonly #underWriteback: Int32Array;

  constructor(parts: PageCacheParts, arena: Arena) {
    this.#parts = parts;
    this.#pages = parts.pages;
    this.#sectorsPerBlock = parts.memory.sectorsPerBlock;
    this.blocksPerPage = blocksPerPage(this.#sectorsPerBlock);
    this.#flags = arena.state.u8(parts.blocks);
    this.#requests = new PageRequests(parts, arena);
    this.#underWriteback = arena.state.i32(1);
  }

  /** How much was written, and for whom. */
  get volume(): WriteVolume {
    return this.#requests.volume;
  }

  /** nr_dirty: pages that are dirty. */
  get dirtyPages(): number {
    return this.#pages.total;
  }

  /** nr_writeback, counted in buffers: a page of which one of four is under write is a quarter. */
  get pagesUnderWriteback(): number {
    return Math.ceil(this.#underWriteback[0]! / this.blocksPerPage);
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
    this.#parts.lru.bufferUsed(block);
    this.#flags[block] = this.#flags[block]! | DIRTY;
    this.#pages.tag(BLOCK_DEVICE, Math.floor(block / this.blocksPerPage));
    this.#parts.dirty.mark(BLOCK_DEVICE, DIRTY_PAGES);
  }

  /** `block_write_end`: a block of a file's page is dirty. */
  markFileDirty(inode: number, logical: number, block: number): void {
    this.#tellDirtied(block);
    this.#flags[block] = this.#flags[block]! | DIRTY | OF_FILE;
    const page = Math.floor(logical / this.blocksPerPage);
    this.#parts.lru.fileUsed(inode, page);
    this.#pages.tag(inode, page);
    this.#parts.dirty.mark(inode, DIRTY_PAGES);
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
    return this.#requests.areUnderWay(inode);
  }

  /**
   * `clear_page_dirty_for_io`: the tag goes, and stores into a mapping fault again; the buffers
   * keep their dirty bits.
   */
  clearPageDirty(inode: number, page: number): void {
    if (inode !== BLOCK_DEVICE) this.#parts.mappings.writeProtect(inode, page);
    this.#pages.untag(inode, page);
  }

  /** `redirty_page_for_writepage`. */
  redirtyPage(inode: number, page: number): void {
    this.#pages.tag(inode, page);
    this.#parts.dirty.mark(inode, DIRTY_PAGES);
  }

  /** `test_clear_buffer_dirty` under the buffer's lock; `withPage`: it goes with its page. */
  lockForWrite(block: number, withPage: boolean): void {
    const flags = this.#flags[block]! & ~DIRTY;
    this.#flags[block] = flags | LOCKED | (withPage ? WITH_PAGE : 0);
    if (withPage) this.#underWriteback[0]!++;
  }

  /** `actor` hands locked buffers that stand side by side to the mirror. */
  submit(actor: string, inode: number, block: number, blocks: number): void {
    this.#requests.submit(actor, inode, block, blocks);
  }

  /** The write is on all legs: its buffers are unlocked, whoever waits for one goes on. */
  written(request: number): void {
    const { requests, memory, waiters, lru } = this.#parts;
    const first = requests.sector[request]! / this.#sectorsPerBlock;
    const end = first + requests.sectors[request]! / this.#sectorsPerBlock;
    const inode = requests.owner[request]!;
    requests.release(request);
    for (let block = first; block < end; block++) {
      const flags = this.#flags[block]!;
      if ((flags & WITH_PAGE) !== 0) this.#underWriteback[0]!--;
      this.#flags[block] = flags & ~(LOCKED | WITH_PAGE);
      memory.writeEnds(block);
      lru.written(block);
    }
    waiters.wake(FOR_BLOCK, first, end);
    if (this.#requests.ended(inode)) waiters.wake(FOR_PAGES, inode);
  }

  waitForBlock(slot: Slot, block: number): void {
    this.#parts.waiters.wait(slot, FOR_BLOCK, block);
  }

  waitForPages(slot: Slot, inode: number): void {
    this.#parts.waiters.wait(slot, FOR_PAGES, inode);
  }

  waitForSync(slot: Slot, inode: number): void {
    this.#parts.waiters.wait(slot, FOR_SYNC, inode);
  }

  /** `inode_sync_complete`. */
  syncEnded(inode: number): void {
    this.#parts.waiters.wake(FOR_SYNC, inode);
  }

  /** `truncate_inode_pages`: no page of the inode is dirty any more. */
  dropPages(inode: number): void {
    const next = (): number => this.nextDirtyPage(inode, 0);
    for (let page = next(); page !== -1; page = next()) this.clearPageDirty(inode, page);
  }

  /** `bforget`, or a page that truncation drops: nothing of the block is dirty any more. */
  forget(block: number): void {
    if (this.isLocked(block)) throw new Error(`block ${block} is under write`);
    this.#parts.lru.dropPageAt(block);
    this.#flags[block] = 0;
  }

  #tellDirtied(block: number): void {
    const { trace, memory, agenda } = this.#parts;
    if (!trace.listening) return;
    const sectors = this.#sectorsPerBlock;
    const sector = block * sectors;
    trace.tell({ kind: 'dirtied', at: agenda.now, actor: memory.actor, sector, sectors });
  }
}
