/**
 * unlink(): the name goes, and with the last user the inode, its blocks and their bits.
 *
 * Follows: ext2 of 2.6.25, namei.c `ext2_unlink`; inode.c `ext2_delete_inode`, `ext2_truncate`;
 * balloc.c `ext2_free_blocks` (bits, bitmap dirty, counts, descriptor dirty), `ext2_free_inode`.
 * Models: truncation waits for pages under write, the thread that unlinks for other users.
 * Leaves out: the last closer's deletion; freeing an indirect block under write (we wait).
 */
import { DIRTY_INODE } from '../memory/dirty-inodes.js';
import type { Ext2, Thread } from './ext2.js';
import { ROOT_SLOT } from './inodes.js';
import { AT_ONCE, PREEMPTIBLE, RETURNED, WAITING, type Operation } from '../operation.js';
import { MOST_DIRECTORY_BLOCKS, logicalOf, rootBlocks } from './root-directory.js';
import { freeBlock } from '../../ext2/allocate.js';
import { adjustFreeBlocks, adjustFreeInodes } from '../../ext2/descriptors.js';
import { AT_BLOCK, AT_OFFSET, findEntry, removeEntry } from '../../ext2/directory.js';
import { INODE_DTIME, INODE_LINKS, freeInode } from '../../ext2/inodes.js';
import { MAIL_TIME } from '../../ext2/mkfs.js';
import { blocksOnTruncation } from '../../ext2/walk.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';

const LOCK = 0;
const NAME_DIRTY = 1;
const WAIT = 2;
const INODE_STORED = 3;
const FREE = 4;
const BITS_DIRTY = 5;
const COUNT_DIRTY = 6;
const FREE_INODE = 7;
const INODE_COUNT = 8;
const INODE_COUNT_DIRTY = 9;
const COUNT = 10;
const NAME = 11;

const POINT = 0;
const FILE = 1;
const BLOCK = 2;
const GROUP = 3;
const FREED = 4;

export class FileUnlink implements Operation {
  readonly #fs: Ext2;
  readonly #thread: Thread;
  readonly #names: readonly Uint8Array[];
  readonly #now: Int32Array;
  readonly #blocks = new Int32Array(MOST_DIRECTORY_BLOCKS);
  readonly #at = new Int32Array(2);

  constructor(fs: Ext2, thread: Thread, names: readonly Uint8Array[], state: Bank) {
    this.#fs = fs;
    this.#thread = thread;
    this.#names = names;
    this.#now = state.i32(5);
  }

  start(file: number): void {
    this.#now[FILE] = file;
    this.#now[POINT] = LOCK;
  }

  step(): number {
    switch (this.#now[POINT]) {
      case LOCK:
        return this.#begin();
      case NAME: // ext2_delete_entry
        return this.#removeName();
      case NAME_DIRTY: // ext2_commit_chunk
        return this.#nameDirty();
      case WAIT: // truncate_inode_pages, inode_sync_wait
        return this.#waitForOthers();
      case INODE_STORED: // ext2_update_inode: mark_buffer_dirty(bh)
        this.#fs.cache.markBufferDirty(this.#now[BLOCK]!);
        return this.#go(FREE, AT_ONCE);
      case FREE: // ext2_free_blocks: ext2_clear_bit_atomic
        return this.#freeRun();
      case BITS_DIRTY: // mark_buffer_dirty(bitmap_bh)
        this.#fs.cache.markBufferDirty(this.#fs.layout.blockBitmapOf(this.#now[GROUP]!));
        return this.#count();
      case COUNT: // group_adjust_blocks: bg_free_blocks_count
        return this.#count();
      case COUNT_DIRTY: // group_adjust_blocks: mark_buffer_dirty(bh)
        this.#descriptorDirty();
        return this.#go(FREE, AT_ONCE);
      case FREE_INODE: // ext2_free_inode: ext2_clear_bit_atomic
        return this.#freeInode();
      case INODE_COUNT: // ext2_release_inode
        return this.#inodeCount();
      case INODE_COUNT_DIRTY:
        return this.#end();
      default:
        throw new Error(`unlink stands nowhere: ${this.#now[POINT]}`);
    }
  }

  #begin(): number {
    const { inodes } = this.#fs;
    const file = this.#now[FILE]!;
    if (!inodes.lock(ROOT_SLOT, this.#thread.slot)) return WAITING;
    this.#now[POINT] = NAME;
    if (inodes.exists(file) && inodes.fields(file)[INODE_LINKS] !== 0) {
      inodes.use(file);
      return this.#removeName();
    }
    inodes.unlock(ROOT_SLOT, this.#thread.slot);
    return this.#return();
  }

  /** With the mutex of the directory, however long its block is busy. */
  #removeName(): number {
    const { inodes, memory, layout, promises } = this.#fs;
    const file = this.#now[FILE]!;
    const count = rootBlocks(inodes, layout, this.#blocks);
    findEntry(memory, layout, this.#blocks, count, this.#names[file]!, this.#at);
    if (!this.#admits(this.#at[AT_BLOCK]!)) return WAITING;
    promises.withdraw(file);
    memory.storing(this.#thread.name, 'ext2_delete_entry: inode', inodes.number(file));
    removeEntry(memory, layout, this.#at[AT_BLOCK]!, this.#at[AT_OFFSET]!);
    this.#now[BLOCK] = this.#at[AT_BLOCK]!;
    return this.#go(NAME_DIRTY);
  }

  #nameDirty(): number {
    const { inodes, cache, dirty, layout } = this.#fs;
    const file = this.#now[FILE]!;
    const block = this.#now[BLOCK]!;
    const count = rootBlocks(inodes, layout, this.#blocks);
    cache.markFileDirty(ROOT_SLOT, logicalOf(this.#blocks, count, block), block);
    dirty.mark(ROOT_SLOT, DIRTY_INODE);
    inodes.fields(file)[INODE_LINKS] = 0;
    dirty.mark(file, DIRTY_INODE);
    inodes.unlock(ROOT_SLOT, this.#thread.slot);
    return this.#go(WAIT);
  }

  #waitForOthers(): number {
    const { inodes, cache, dirty, memory, layout } = this.#fs;
    const file = this.#now[FILE]!;
    const { slot } = this.#thread;
    if (!inodes.isLastUser(file, slot)) return WAITING;
    if (dirty.isSyncing(file)) {
      cache.waitForSync(slot, file);
      return WAITING;
    }
    if (cache.isUnderWrite(file)) {
      cache.waitForPages(slot, file);
      return WAITING;
    }
    if (!this.#admits(inodes.tableBlock(file))) return WAITING;
    cache.dropPages(file);
    dirty.forget(file);
    inodes.dissociateAll(file);
    const blocks = blocksOnTruncation(memory, layout, inodes.fields(file));
    for (const block of blocks.toReversed()) inodes.associate(file, block);
    inodes.fields(file)[INODE_DTIME] = MAIL_TIME;
    this.#now[BLOCK] = inodes.update(file, this.#thread.name);
    return this.#go(INODE_STORED);
  }

  /**
   * Clears the bits of blocks that stand side by side in one group. The file's list of blocks says
   * which are left.
   */
  #freeRun(): number {
    const { memory, layout, cache, inodes } = this.#fs;
    const now = this.#now;
    const file = now[FILE]!;
    const first = inodes.firstAssociated(file);
    if (first === -1) return this.#go(FREE_INODE, AT_ONCE);
    if (cache.isLocked(first)) {
      cache.waitForBlock(this.#thread.slot, first);
      return WAITING;
    }
    const group = layout.groupOfBlock(first);
    if (!this.#admits(layout.blockBitmapOf(group))) return WAITING;
    memory.storing(this.#thread.name, 'ext2_free_blocks: from block', first);
    let block = first;
    while (
      inodes.firstAssociated(file) === block &&
      layout.groupOfBlock(block) === group &&
      !cache.isLocked(block)
    ) {
      cache.forget(block);
      freeBlock(memory, layout, block);
      inodes.dissociateFirst(file);
      block++;
    }
    now[GROUP] = group;
    now[FREED] = block - first;
    return this.#go(BITS_DIRTY);
  }

  #count(): number {
    const { memory, layout } = this.#fs;
    const group = this.#now[GROUP]!;
    this.#now[POINT] = COUNT;
    if (!this.#admits(layout.descriptorBlock(group))) return WAITING;
    memory.storing(this.#thread.name, 'group_adjust_blocks: group', group);
    adjustFreeBlocks(memory, layout, group, this.#now[FREED]!);
    return this.#go(COUNT_DIRTY);
  }

  #descriptorDirty(): void {
    const { superBlock, cache, layout } = this.#fs;
    superBlock.dirty();
    cache.markBufferDirty(layout.descriptorBlock(this.#now[GROUP]!));
  }

  #freeInode(): number {
    const { memory, layout, inodes } = this.#fs;
    const ino = inodes.number(this.#now[FILE]!);
    if (!this.#admits(layout.inodeBitmapOf(layout.groupOfInode(ino)))) return WAITING;
    memory.storing(this.#thread.name, 'ext2_free_inode: inode', ino);
    freeInode(memory, layout, ino);
    this.#now[GROUP] = layout.groupOfInode(ino);
    return this.#go(INODE_COUNT);
  }

  #inodeCount(): number {
    const { memory, layout } = this.#fs;
    if (!this.#admits(layout.descriptorBlock(this.#now[GROUP]!))) return WAITING;
    memory.storing(this.#thread.name, 'ext2_release_inode: group', this.#now[GROUP]!);
    adjustFreeInodes(memory, layout, this.#now[GROUP]!, 1, 0);
    return this.#go(INODE_COUNT_DIRTY);
  }

  #end(): number {
    const { cache, layout, inodes, windows } = this.#fs;
    const file = this.#now[FILE]!;
    this.#descriptorDirty();
    cache.markBufferDirty(layout.inodeBitmapOf(this.#now[GROUP]!));
    windows.close(file);
    inodes.close(file);
    return this.#return();
  }

  #return(): number {
    clearLocals(this.#now);
    return RETURNED;
  }

  #admits(block: number): boolean {
    return this.#fs.gate.admits(this.#thread.slot, block);
  }

  #go(point: number, progress: number = PREEMPTIBLE): number {
    this.#now[POINT] = point;
    return progress;
  }
}
