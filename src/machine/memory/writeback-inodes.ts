/**
 * Writes dirty inodes, oldest first: those of the files, then the block device that holds their
 * inodes.
 *
 * Follows: fs/fs-writeback.c of 2.6.25 `writeback_inodes`, `sync_sb_inodes`, `__sync_single_inode`:
 * super blocks from the newest to the oldest.
 * Leaves out: slices of 1024 pages, congestion.
 */
import {
  BLOCK_DEVICE,
  DIRTY_INODE,
  DIRTY_PAGES,
  type DirtyInodes,
  type DirtyList,
} from './dirty-inodes.js';
import type { Inodes } from '../files/inodes.js';
import type { PageCache } from './page-cache.js';
import { DONE, MORE, WAITS, WROTE, type PageWriter } from './page-writer.js';
import type { StoreGate } from './store-gate.js';
import type { Slot } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';

/**
 * What a step came to, besides MORE, WAITS and DONE: an inode was stored into its buffer, and the
 * thread can be preempted before that is marked dirty.
 */
export const STORED = 4;
/** `nr_to_write` of those who count no pages. */
export const UNLIMITED = 2 ** 31 - 1;

const INODE = 0;
const PAGES = 1;
const INODE_STORED = 2;
const STORES_INODE = 3;

const POINT = 0;
const ON_DEVICE = 1;
const LEFT = 2;
const CURRENT = 3;
const STORE_INODE = 4;
const BUFFER = 5;
/** `more_io`: pages were left. */
const MORE_IO = 6;
/** `nr_to_write`. */
const TO_WRITE = 7;
const FOUND = 8;
const LOCALS = 9;

export interface WritebackParts {
  /** Who writes. */
  readonly name: string;
  /** The task that steps this, and that waits when it has to. */
  readonly slot: Slot;
  /**
   * `for_kupdate`: only inodes that have expired, and what is left of them stays as old as it was.
   */
  readonly forKupdate: boolean;
  /** Asked between two inodes: whether that is enough. */
  readonly hasEnough: () => boolean;
  readonly cache: PageCache;
  readonly dirty: DirtyInodes;
  readonly inodes: Inodes;
  readonly gate: StoreGate;
  readonly writer: PageWriter;
  /** Whether no more than one inode, a file's, is ever dirty. */
  readonly oneIsDirty: boolean;
}

export class WritebackInodes {
  readonly #parts: WritebackParts;
  readonly #now: Int32Array;

  constructor(parts: WritebackParts, state: Bank) {
    this.#parts = parts;
    this.#now = state.i32(LOCALS);
  }

  start(toWrite: number): void {
    clearLocals(this.#now);
    this.#now[TO_WRITE] = toWrite;
    this.#startList(0);
  }

  /** It is DONE: whether pages were left that are to be tried again; asking takes the answer. */
  takeMore(): boolean {
    const hasMore = this.#now[MORE_IO] === 1;
    clearLocals(this.#now);
    return hasMore;
  }

  /** It is DONE: whether it went over any inode. */
  get foundAny(): boolean {
    return this.#now[FOUND] === 1;
  }

  /** It is DONE: how many pages might still have been written; asking takes the answer. */
  takeLeft(): number {
    const left = this.#now[TO_WRITE]!;
    clearLocals(this.#now);
    return left;
  }

  /**
   * Whether the next step only finds that a list, or a file, has come to its end: one to which
   * nobody adds meanwhile.
   */
  get isUnseen(): boolean {
    const now = this.#now;
    const { oneIsDirty, writer, inodes } = this.#parts;
    if (now[POINT] === PAGES) return oneIsDirty && writer.wrapsAt(inodes.pages(now[CURRENT]!));
    return now[POINT] === INODE && now[LEFT] === 0 && (now[ON_DEVICE] === 1 || oneIsDirty);
  }

  /** Whether a pass that began now would find nothing. */
  get findsNothing(): boolean {
    const { forKupdate, dirty, hasEnough } = this.#parts;
    if (hasEnough()) return true;
    if (forKupdate) return dirty.files.expired === 0 && dirty.device.expired === 0;
    return dirty.files.length === 0 && dirty.device.length === 0;
  }

  /** See {@link DirtyInodes}. */
  get pagesTellAll(): boolean {
    return this.#parts.dirty.pagesTellAll;
  }

  step(): number {
    switch (this.#now[POINT]) {
      case INODE: // sync_sb_inodes
        return this.#nextInode();
      case PAGES: // do_writepages
        return this.#writePage();
      case STORES_INODE: // write_inode
        return this.#storeInode();
      case INODE_STORED: // ext2_update_inode: the buffer is changed and not yet dirty
        this.#parts.cache.markBufferDirty(this.#now[BUFFER]!);
        this.#now[BUFFER] = 0;
        return this.#endInode();
      default:
        throw new Error(`${this.#parts.name} stands nowhere: ${this.#now[POINT]}`);
    }
  }

  #startList(onDevice: number): void {
    const list = this.#list(onDevice);
    this.#now[ON_DEVICE] = onDevice;
    this.#now[LEFT] = this.#parts.forKupdate ? list.expired : list.length;
  }

  #nextInode(): number {
    const { forKupdate, dirty, writer, hasEnough } = this.#parts;
    const isLast = this.#now[ON_DEVICE] === 1 && this.#now[LEFT] === 0;
    if (isLast || this.#now[TO_WRITE] === 0 || hasEnough()) return DONE;
    if (this.#now[LEFT] === 0) {
      this.#startList(1);
      return MORE;
    }
    const list = this.#list(this.#now[ON_DEVICE]!);
    this.#now[LEFT]!--;
    if (list.length === 0 || (forKupdate && !dirty.isExpired(list.oldest))) {
      this.#now[LEFT] = 0;
      return MORE;
    }
    const inode = list.oldest;
    this.#now[CURRENT] = inode;
    this.#now[STORE_INODE] = dirty.isDirty(inode, DIRTY_INODE) ? 1 : 0;
    this.#now[FOUND] = 1;
    dirty.beginSync(inode);
    writer.start(inode);
    this.#now[POINT] = PAGES;
    return MORE;
  }

  #writePage(): number {
    const { writer } = this.#parts;
    const now = this.#now;
    const progress = writer.step();
    if (progress === WAITS) return WAITS;
    if (progress === WROTE && now[TO_WRITE] !== UNLIMITED) now[TO_WRITE]!--;
    if (progress !== DONE && now[TO_WRITE]! > 0) return MORE;
    if (progress !== DONE) writer.stop();
    if (now[STORE_INODE] === 0) return this.#endInode();
    now[POINT] = STORES_INODE;
    return this.#storeInode();
  }

  #storeInode(): number {
    const { inodes, gate, name, slot } = this.#parts;
    const inode = this.#now[CURRENT]!;
    if (!gate.admits(slot, inodes.tableBlock(inode))) return WAITS;
    this.#now[BUFFER] = inodes.update(inode, name);
    this.#now[POINT] = INODE_STORED;
    return STORED;
  }

  #endInode(): number {
    const { dirty, cache, forKupdate } = this.#parts;
    const inode = this.#now[CURRENT]!;
    const pagesLeft = cache.dirtyPagesOf(inode) > 0;
    if (forKupdate && pagesLeft && !dirty.isDirty(inode, DIRTY_PAGES | DIRTY_INODE)) {
      dirty.endSyncRequeued(inode);
      this.#now[MORE_IO] = 1;
    } else dirty.endSync(inode, pagesLeft);
    cache.syncEnded(inode);
    this.#now[CURRENT] = BLOCK_DEVICE;
    this.#now[STORE_INODE] = 0;
    this.#now[POINT] = INODE;
    return MORE;
  }

  #list(onDevice: number): DirtyList {
    const { dirty } = this.#parts;
    return onDevice === 1 ? dirty.device : dirty.files;
  }
}
