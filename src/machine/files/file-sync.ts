/**
 * fsync(): the file's pages, its indirect blocks, its inode. On ext2 it writes no bitmap, no
 * descriptor, no directory.
 *
 * Follows: fs/sync.c of 2.6.25 `do_fsync` (`filemap_fdatawrite`, then under i_mutex
 * `ext2_sync_file`, then `filemap_fdatawait`); fs/buffer.c `sync_mapping_buffers`,
 * `sync_dirty_buffer`; fs/ext2/inode.c `ext2_sync_inode`.
 */
import { BLOCK_DEVICE, DIRTY_INODE, DIRTY_PAGES } from '../memory/dirty-inodes.js';
import type { Ext2, Thread } from './ext2.js';
import { AT_ONCE, PREEMPTIBLE, RETURNED, WAITING, type Operation } from '../operation.js';
import { DONE, WAITS, type PageWriter } from '../memory/page-writer.js';
import { INODE_LINKS } from '../../ext2/inodes.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';

const WRITE_PAGES = 0;
const LOCK = 1;
const WRITE_INDIRECT = 2;
const WAIT_INDIRECT = 3;
const SYNC_INODE = 4;
const INODE_STORED = 5;
const WRITE_BUFFER = 6;
const WAIT_BUFFER = 7;
const WAIT_PAGES = 8;

const POINT = 0;
const FILE = 1;
const CURSOR = 2;
const BUFFER = 3;
const PROMISES = 4;

export class FileSync implements Operation {
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

  start(file: number): void {
    this.#fs.inodes.use(file);
    this.#now[FILE] = file;
    this.#now[PROMISES] = this.#fs.promises.fsyncBegins(file) ? 1 : 0;
    this.#now[POINT] = WRITE_PAGES;
    this.#writer.startForIntegrity(file);
  }

  step(): number {
    const { inodes, cache } = this.#fs;
    const now = this.#now;
    const file = now[FILE]!;
    switch (now[POINT]) {
      case WRITE_PAGES: // filemap_fdatawrite
        return this.#writePages();
      case LOCK:
        if (!inodes.lock(file, this.#thread.slot)) return WAITING;
        now[CURSOR] = inodes.firstAssociated(file);
        return this.#go(WRITE_INDIRECT);
      case WRITE_INDIRECT: // sync_mapping_buffers
        return this.#writeIndirect();
      case WAIT_INDIRECT:
        return this.#waitIndirect();
      case SYNC_INODE: // ext2_sync_inode
        return this.#syncInode();
      case INODE_STORED: // ext2_update_inode: mark_buffer_dirty(bh)
        cache.markBufferDirty(now[BUFFER]!);
        return this.#go(WRITE_BUFFER);
      case WRITE_BUFFER: // sync_dirty_buffer
        return this.#writeBuffer();
      case WAIT_BUFFER:
        if (cache.isLocked(now[BUFFER]!)) return this.#waitFor(now[BUFFER]!);
        return this.#endSync();
      case WAIT_PAGES: // filemap_fdatawait
        return this.#waitPages();
      default:
        throw new Error(`fsync stands nowhere: ${now[POINT]}`);
    }
  }

  #writePages(): number {
    const progress = this.#writer.step();
    if (progress === WAITS) return WAITING;
    return progress === DONE ? this.#go(LOCK) : AT_ONCE;
  }

  #writeIndirect(): number {
    const { cache, inodes } = this.#fs;
    const now = this.#now;
    const block = now[CURSOR]!;
    if (block === -1) {
      now[CURSOR] = inodes.firstAssociated(now[FILE]!);
      return this.#go(WAIT_INDIRECT);
    }
    if (cache.isDirty(block)) {
      if (cache.isLocked(block)) return this.#waitFor(block);
      cache.lockForWrite(block, false);
      cache.submit(this.#thread.name, BLOCK_DEVICE, block, 1);
    }
    now[CURSOR] = inodes.afterAssociated(block);
    return AT_ONCE;
  }

  #waitIndirect(): number {
    const { cache, inodes } = this.#fs;
    const now = this.#now;
    while (now[CURSOR] !== -1) {
      const block = now[CURSOR]!;
      if (cache.isLocked(block)) return this.#waitFor(block);
      now[CURSOR] = inodes.afterAssociated(block);
    }
    this.#dropCleanAssociated();
    return this.#go(SYNC_INODE);
  }

  /** Blocks that were dirtied again meanwhile stay on the list. */
  #dropCleanAssociated(): void {
    const { cache, inodes } = this.#fs;
    const file = this.#now[FILE]!;
    const kept: number[] = [];
    for (let b = inodes.firstAssociated(file); b !== -1; b = inodes.afterAssociated(b)) {
      if (cache.isDirty(b)) kept.push(b);
    }
    inodes.dissociateAll(file);
    for (const block of kept) inodes.associate(file, block);
  }

  #syncInode(): number {
    const { dirty, inodes, cache, gate } = this.#fs;
    const file = this.#now[FILE]!;
    if (dirty.isSyncing(file)) {
      cache.waitForSync(this.#thread.slot, file);
      return WAITING;
    }
    const store = dirty.isDirty(file, DIRTY_INODE);
    if (!store) gate.leave(this.#thread.slot);
    if (!dirty.isDirty(file, DIRTY_INODE | DIRTY_PAGES)) return this.#unlock();
    if (store && !gate.admits(this.#thread.slot, inodes.tableBlock(file))) return WAITING;
    dirty.beginSync(file);
    if (!store) return this.#endSync();
    this.#now[BUFFER] = inodes.update(file, this.#thread.name);
    return this.#go(INODE_STORED, PREEMPTIBLE);
  }

  #writeBuffer(): number {
    const { cache } = this.#fs;
    const block = this.#now[BUFFER]!;
    if (cache.isLocked(block)) return this.#waitFor(block);
    if (!cache.isDirty(block)) return this.#endSync();
    cache.lockForWrite(block, false);
    cache.submit(this.#thread.name, BLOCK_DEVICE, block, 1);
    return this.#go(WAIT_BUFFER);
  }

  #endSync(): number {
    const { dirty, cache } = this.#fs;
    const file = this.#now[FILE]!;
    dirty.endSync(file, cache.dirtyPagesOf(file) > 0);
    cache.syncEnded(file);
    return this.#unlock();
  }

  #unlock(): number {
    this.#fs.inodes.unlock(this.#now[FILE]!, this.#thread.slot);
    return this.#go(WAIT_PAGES);
  }

  #waitPages(): number {
    const { cache, inodes, promises } = this.#fs;
    const file = this.#now[FILE]!;
    if (cache.isUnderWrite(file)) {
      cache.waitForPages(this.#thread.slot, file);
      return WAITING;
    }
    if (this.#now[PROMISES] === 1) promises.fsyncReturned(file);
    if (inodes.fields(file)[INODE_LINKS] === 0) promises.withdraw(file);
    inodes.release(file);
    clearLocals(this.#now);
    return RETURNED;
  }

  #waitFor(block: number): number {
    this.#fs.cache.waitForBlock(this.#thread.slot, block);
    return WAITING;
  }

  #go(point: number, progress: number = AT_ONCE): number {
    this.#now[POINT] = point;
    return progress;
  }
}
