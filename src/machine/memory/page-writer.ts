/**
 * Writes the dirty pages of one inode, a page a step, in the order of the index.
 *
 * Follows: mm/page-writeback.c of 2.6.25 `write_cache_pages` (range_cyclic starts where it stopped
 * before and wraps only when it finds nothing from there on), fs/buffer.c `__block_write_full_page`
 * (a request a buffer), fs/mpage.c `mpage_writepages` (pages that stand side by side on the device
 * share a request).
 * Leaves out: slices of 1024 pages, congestion.
 */
import { BLOCK_DEVICE } from './dirty-inodes.js';
import { NO_BUFFER, type PageCache } from './page-cache.js';
import type { Slot } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';

/**
 * What a step came to: another one is to follow, the task waits for a buffer, or all is submitted.
 */
export const MORE = 0;
export const WAITS = 1;
export const DONE = 2;
/** Another step is to follow, and a page was written. */
export const WROTE = 3;

const INODE = 0;
const CURSOR = 1;
/** `scanned`: something was found, or the search has wrapped. */
const SCANNED = 2;
const FOR_INTEGRITY = 3;
const RUN_BLOCK = 4;
const RUN_BLOCKS = 5;

/** How long files are that never grow. */
export interface Lengths {
  pages(inode: number): number;
}

export class PageWriter {
  readonly #cache: PageCache;
  readonly #name: string;
  readonly #slot: Slot;
  readonly #now: Int32Array;
  /** `writeback_index` of every inode, shared by all writers. */
  readonly #writebackIndex: Int32Array;

  readonly #lengths: Lengths | undefined;

  /**
   * `name`, `slot`: the task that steps this writer, and that waits when it has to. `lengths`:
   * where nobody can tell where one that starts behind all dirty pages has started.
   */
  constructor(
    cache: PageCache,
    name: string,
    slot: Slot,
    writebackIndex: Int32Array,
    state: Bank,
    lengths?: Lengths,
  ) {
    this.#lengths = lengths;
    this.#cache = cache;
    this.#name = name;
    this.#slot = slot;
    this.#writebackIndex = writebackIndex;
    this.#now = state.i32(6);
  }

  /** WB_SYNC_NONE: from where the last one stopped, skipping what is under write. */
  start(inode: number): void {
    clearLocals(this.#now);
    this.#now[INODE] = inode;
    this.#now[CURSOR] = this.#writebackIndex[inode]!;
    if (this.#lengths !== undefined && this.#now[CURSOR] === 0) this.#now[SCANNED] = 1;
  }

  /** WB_SYNC_ALL: all pages from the first one, waiting for those under write. */
  startForIntegrity(inode: number): void {
    clearLocals(this.#now);
    this.#now[INODE] = inode;
    this.#now[SCANNED] = 1;
    this.#now[FOR_INTEGRITY] = 1;
  }

  /** Whether the next step only goes back to the first page, being past the last of so many. */
  wrapsAt(pages: number): boolean {
    return this.#now[SCANNED] === 0 && this.#now[CURSOR]! >= pages;
  }

  step(): number {
    const inode = this.#now[INODE]!;
    const page = this.#cache.nextDirtyPage(inode, this.#now[CURSOR]!);
    if (page === -1) return this.#endOfFile(inode);
    this.#now[SCANNED] = 1;
    const busy = this.#cache.underWriteback(inode, page);
    if (this.#now[FOR_INTEGRITY] === 1) {
      const awaited = busy === NO_BUFFER ? this.#lockedBuffer(inode, page) : busy;
      if (awaited !== NO_BUFFER) {
        this.#submitRun();
        this.#cache.waitForBlock(this.#slot, awaited);
        return WAITS;
      }
    }
    this.#now[CURSOR] = page + 1;
    if (busy !== NO_BUFFER) return MORE;
    this.#writePage(inode, page);
    return WROTE;
  }

  /** `wbc->nr_to_write` is used up: the next one goes on from here. */
  stop(): void {
    this.#submitRun();
    this.#stopAt(this.#now[INODE]!);
    clearLocals(this.#now);
  }

  /** A buffer that is dirty and under write on its own, or NO_BUFFER. */
  #lockedBuffer(inode: number, page: number): number {
    const cache = this.#cache;
    for (let n = 0; n < cache.blocksPerPage; n++) {
      const block = cache.bufferOf(inode, page, n);
      if (block !== NO_BUFFER && cache.isDirty(block) && cache.isLocked(block)) return block;
    }
    return NO_BUFFER;
  }

  /**
   * Dirty bits are cleared before the write is submitted: a store from now on makes the page dirty
   * again.
   */
  #writePage(inode: number, page: number): void {
    const cache = this.#cache;
    cache.clearPageDirty(inode, page);
    let skipped = false;
    for (let n = 0; n < cache.blocksPerPage; n++) {
      const block = cache.bufferOf(inode, page, n);
      if (block === NO_BUFFER || !cache.isDirty(block)) continue;
      if (cache.isLocked(block)) {
        skipped = true;
        continue;
      }
      cache.lockForWrite(block, true);
      this.#append(block);
      if (inode === BLOCK_DEVICE) this.#submitRun();
    }
    if (skipped) cache.redirtyPage(inode, page);
  }

  #append(block: number): void {
    if (this.#now[RUN_BLOCKS] !== 0 && block !== this.#now[RUN_BLOCK]! + this.#now[RUN_BLOCKS]!) {
      this.#submitRun();
    }
    if (this.#now[RUN_BLOCKS] === 0) this.#now[RUN_BLOCK] = block;
    this.#now[RUN_BLOCKS]!++;
  }

  #submitRun(): void {
    const blocks = this.#now[RUN_BLOCKS]!;
    if (blocks === 0) return;
    const block = this.#now[RUN_BLOCK]!;
    this.#now[RUN_BLOCK] = 0;
    this.#now[RUN_BLOCKS] = 0;
    this.#cache.submit(this.#name, this.#now[INODE]!, block, blocks);
  }

  #endOfFile(inode: number): number {
    this.#submitRun();
    if (this.#now[SCANNED] === 0) {
      this.#now[SCANNED] = 1;
      this.#now[CURSOR] = 0;
      return MORE;
    }
    if (this.#now[FOR_INTEGRITY] === 0) this.#stopAt(inode);
    clearLocals(this.#now);
    return DONE;
  }

  #stopAt(inode: number): void {
    const page = this.#now[CURSOR]!;
    const isPastEnd = this.#lengths !== undefined && page >= this.#lengths.pages(inode);
    this.#writebackIndex[inode] = isPastEnd ? 0 : page;
  }
}
