/**
 * sync(): everything that is dirty, and wait for it.
 *
 * Follows: fs/sync.c of 2.6.25 `do_sync`: `sync_inodes(0)` starts the writes, `sync_supers`, then
 * `sync_inodes(1)` goes over all inodes again, waits for pages under write, writes what is still
 * dirty and waits; the block device comes last.
 * Models: the first round leaves the inodes in place (WB_SYNC_HOLD), so the second one visits every
 * file. One that is being deleted is on no list any more (`generic_delete_inode`).
 */
import { BLOCK_DEVICE, DIRTY_INODE } from './dirty-inodes.js';
import type { Ext2, Thread } from '../files/ext2.js';
import { AT_ONCE, PREEMPTIBLE, RETURNED, WAITING, type Operation } from '../operation.js';
import { DONE, WAITS, type PageWriter } from './page-writer.js';
import type { Bank } from '../../sim/arena.js';
import { ROOT_SLOT } from '../files/inodes.js';
import { clearLocals } from '../../sim/locals.js';

const NEXT = 0;
const PAGES = 1;
const INODE_STORED = 2;
const WRITE_BUFFER = 3;
const WAIT_BUFFER = 4;
const WAIT_PAGES = 5;
const STORE = 6;

const POINT = 0;
const ROUND = 1;
/** The inode of this round; files from ROOT_SLOT up, then the block device. */
const INODE = 2;
const STORE_INODE = 3;
const BUFFER = 4;

const FIRST_ROUND = 0;

export class SystemSync implements Operation {
  readonly #fs: Ext2;
  readonly #thread: Thread;
  readonly #writer: PageWriter;
  readonly #now: Int32Array;

  constructor(fs: Ext2, thread: Thread, writer: PageWriter, state: Bank) {
    this.#fs = fs;
    this.#thread = thread;
    this.#writer = writer;
    this.#now = state.i32(5);
  }

  start(): void {
    clearLocals(this.#now);
    this.#now[INODE] = ROOT_SLOT;
  }

  /**
   * Where one inode alone can be dirty, a file's, it passes over all others and nobody sees it; but
   * its end is seen.
   */
  get isUnseen(): boolean {
    const now = this.#now;
    const { dirty, inodes } = this.#fs;
    if (!dirty.oneIsDirty) return false;
    const inode = now[INODE]!;
    const isLast = now[ROUND] !== FIRST_ROUND && inode === BLOCK_DEVICE;
    if (isLast && now[POINT] === WAIT_PAGES) return false;
    return inode === BLOCK_DEVICE || inode === ROOT_SLOT || !inodes.exists(inode);
  }

  step(): number {
    const { cache } = this.#fs;
    const now = this.#now;
    switch (now[POINT]) {
      case NEXT: // sync_sb_inodes
        return this.#next();
      case PAGES: // do_writepages
        return this.#writePages();
      case STORE: // write_inode
        return this.#storeInode();
      case INODE_STORED: // ext2_update_inode: mark_buffer_dirty(bh)
        cache.markBufferDirty(now[BUFFER]!);
        return this.#go(now[ROUND] === FIRST_ROUND ? WAIT_PAGES : WRITE_BUFFER);
      case WRITE_BUFFER: // sync_dirty_buffer
        return this.#writeBuffer();
      case WAIT_BUFFER:
        if (!cache.isLocked(now[BUFFER]!)) return this.#go(WAIT_PAGES);
        cache.waitForBlock(this.#thread.slot, now[BUFFER]!);
        return WAITING;
      case WAIT_PAGES: // filemap_fdatawait
        return this.#endInode();
      default:
        throw new Error(`sync stands nowhere: ${now[POINT]}`);
    }
  }

  #next(): number {
    const { dirty, cache, inodes } = this.#fs;
    const now = this.#now;
    const inode = now[INODE]!;
    if (inode !== BLOCK_DEVICE && !inodes.isUsable(inode)) return this.#advance();
    if (dirty.isSyncing(inode)) {
      cache.waitForSync(this.#thread.slot, inode);
      return WAITING;
    }
    inodes.use(inode);
    now[STORE_INODE] = dirty.isDirty(inode, DIRTY_INODE) ? 1 : 0;
    dirty.beginSync(inode);
    if (now[ROUND] === FIRST_ROUND) this.#writer.start(inode);
    else this.#writer.startForIntegrity(inode);
    return this.#go(PAGES);
  }

  #writePages(): number {
    const progress = this.#writer.step();
    if (progress === WAITS) return WAITING;
    if (progress !== DONE) return AT_ONCE;
    if (this.#now[STORE_INODE] === 0) return this.#go(WAIT_PAGES);
    this.#now[POINT] = STORE;
    return this.#storeInode();
  }

  #storeInode(): number {
    const { inodes, gate } = this.#fs;
    const inode = this.#now[INODE]!;
    if (!gate.admits(this.#thread.slot, inodes.tableBlock(inode))) return WAITING;
    this.#now[BUFFER] = inodes.update(inode, this.#thread.name);
    return this.#go(INODE_STORED, PREEMPTIBLE);
  }

  #writeBuffer(): number {
    const { cache } = this.#fs;
    const block = this.#now[BUFFER]!;
    if (cache.isLocked(block)) {
      cache.waitForBlock(this.#thread.slot, block);
      return WAITING;
    }
    if (!cache.isDirty(block)) return this.#go(WAIT_PAGES);
    cache.lockForWrite(block, false);
    cache.submit(this.#thread.name, BLOCK_DEVICE, block, 1);
    return this.#go(WAIT_BUFFER);
  }

  #endInode(): number {
    const { cache, dirty, inodes } = this.#fs;
    const now = this.#now;
    const inode = now[INODE]!;
    if (now[ROUND] !== FIRST_ROUND && cache.isUnderWrite(inode)) {
      cache.waitForPages(this.#thread.slot, inode);
      return WAITING;
    }
    dirty.endSync(inode, cache.dirtyPagesOf(inode) > 0, now[ROUND] === FIRST_ROUND);
    cache.syncEnded(inode);
    inodes.release(inode);
    return this.#advance();
  }

  /** Files in ascending order, the block device last; after the first round the super block. */
  #advance(): number {
    const { inodes, superBlock, cache } = this.#fs;
    const now = this.#now;
    now[STORE_INODE] = 0;
    now[BUFFER] = 0;
    if (now[INODE] !== BLOCK_DEVICE) {
      now[INODE] = now[INODE]! + 1 < inodes.slots ? now[INODE]! + 1 : BLOCK_DEVICE;
      return this.#go(NEXT);
    }
    if (now[ROUND] !== FIRST_ROUND) {
      clearLocals(now);
      return RETURNED;
    }
    if (superBlock.takeDirt()) cache.markBufferDirty(superBlock.block);
    now[ROUND] = 1;
    now[INODE] = ROOT_SLOT;
    return this.#go(NEXT);
  }

  #go(point: number, progress: number = AT_ONCE): number {
    this.#now[POINT] = point;
    return progress;
  }
}
