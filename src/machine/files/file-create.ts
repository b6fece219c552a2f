/**
 * open(O_CREAT): a new inode and its name in the root directory. An existing file is merely opened.
 *
 * Follows: fs/ext2/ialloc.c of 2.6.25 `ext2_new_inode` (bit, bitmap buffer dirty, counts,
 * descriptor buffer dirty); fs/ext2/dir.c `ext2_add_link` (the directory's page is changed under
 * its page lock, which no write of it holds).
 */
import type { BlockAllocation } from './block-allocation.js';
import { DIRTY_INODE } from '../memory/dirty-inodes.js';
import type { Ext2, Thread } from './ext2.js';
import { ROOT_SLOT } from './inodes.js';
import { NotModelled, PREEMPTIBLE, RETURNED, WAITING, type Operation } from '../operation.js';
import { MOST_DIRECTORY_BLOCKS, logicalOf, rootBlocks } from './root-directory.js';
import { adjustFreeInodes } from '../../ext2/descriptors.js';
import { TYPE_REGULAR, addEntry, startBlock } from '../../ext2/directory.js';
import {
  INODE_ATIME,
  INODE_CTIME,
  INODE_LINKS,
  INODE_MODE,
  INODE_MTIME,
  INODE_SIZE,
  MODE_REGULAR,
  takeInode,
} from '../../ext2/inodes.js';
import { ROOT_INO } from '../../ext2/layout.js';
import { IS_BUSY } from '../../ext2/admission.js';
import { MAIL_TIME } from '../../ext2/mkfs.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';

const LOCK = 0;
const BITMAP_DIRTY = 1;
const COUNT = 2;
const DESCRIPTOR_DIRTY = 3;
const ADD_LINK = 4;
const GROW = 5;
const LINK_DIRTY = 6;
const TAKE_INODE = 7;

const POINT = 0;
const FILE = 1;
const INO = 2;
const BLOCK = 3;

export class FileCreate implements Operation {
  readonly #fs: Ext2;
  readonly #thread: Thread;
  readonly #allocation: BlockAllocation;
  readonly #names: readonly Uint8Array[];
  readonly #now: Int32Array;
  readonly #blocks = new Int32Array(MOST_DIRECTORY_BLOCKS);
  readonly #admits: (block: number) => boolean;

  /** `names` by inode slot, as they stand in the directory. */
  constructor(
    fs: Ext2,
    thread: Thread,
    allocation: BlockAllocation,
    names: readonly Uint8Array[],
    state: Bank,
  ) {
    this.#fs = fs;
    this.#thread = thread;
    this.#allocation = allocation;
    this.#names = names;
    this.#now = state.i32(4);
    this.#admits = (block) => fs.gate.admits(thread.slot, block);
  }

  start(file: number): void {
    this.#now[FILE] = file;
    this.#now[POINT] = LOCK;
  }

  step(): number {
    const { cache, layout, inodes, superBlock, memory } = this.#fs;
    const now = this.#now;
    const group = layout.groupOfInode(Math.max(now[INO]!, 1));
    switch (now[POINT]) {
      case LOCK:
        return this.#begin();
      case TAKE_INODE: // ext2_new_inode: ext2_set_bit_atomic
        return this.#takeInode();
      case BITMAP_DIRTY: // mark_buffer_dirty(bitmap_bh)
        cache.markBufferDirty(layout.inodeBitmapOf(group));
        return this.#go(COUNT);
      case COUNT: // bg_free_inodes_count
        if (!this.#admits(layout.descriptorBlock(group))) return WAITING;
        memory.storing(this.#thread.name, 'ext2_new_inode: descriptor of group', group);
        adjustFreeInodes(memory, layout, group, -1, 0);
        return this.#go(DESCRIPTOR_DIRTY);
      case DESCRIPTOR_DIRTY: // mark_buffer_dirty(bh2)
        superBlock.dirty();
        cache.markBufferDirty(layout.descriptorBlock(group));
        this.#fillInode();
        return this.#go(ADD_LINK);
      case ADD_LINK:
        return this.#addLink();
      case GROW:
        return this.#grow();
      case LINK_DIRTY: // ext2_commit_chunk
        this.#commit();
        inodes.unlock(ROOT_SLOT, this.#thread.slot);
        clearLocals(now);
        return RETURNED;
      default:
        throw new Error(`open stands nowhere: ${now[POINT]}`);
    }
  }

  #begin(): number {
    const { inodes } = this.#fs;
    const file = this.#now[FILE]!;
    if (!inodes.lock(ROOT_SLOT, this.#thread.slot)) return WAITING;
    if (inodes.exists(file)) {
      inodes.unlock(ROOT_SLOT, this.#thread.slot);
      if (inodes.fields(file)[INODE_LINKS] === 0) {
        inodes.waitForClose(file, this.#thread.slot);
        return WAITING;
      }
      clearLocals(this.#now);
      return RETURNED;
    }
    this.#now[POINT] = TAKE_INODE;
    return this.#takeInode();
  }

  /** With the mutex of the directory, however long the bitmap is busy. */
  #takeInode(): number {
    const { memory, layout } = this.#fs;
    memory.storing(this.#thread.name, 'ext2_new_inode: an inode for slot', this.#now[FILE]!);
    const ino = takeInode(memory, layout, ROOT_INO, this.#admits);
    if (ino === IS_BUSY) {
      memory.notStored();
      return WAITING;
    }
    if (ino === 0) throw new NotModelled('no inode is free (ENOSPC)');
    this.#now[INO] = ino;
    return this.#go(BITMAP_DIRTY);
  }

  #fillInode(): void {
    const { inodes, dirty } = this.#fs;
    const file = this.#now[FILE]!;
    const fields = inodes.open(file, this.#now[INO]!);
    fields[INODE_MODE] = MODE_REGULAR | 0o644;
    fields[INODE_LINKS] = 1;
    fields[INODE_ATIME] = MAIL_TIME;
    fields[INODE_CTIME] = MAIL_TIME;
    fields[INODE_MTIME] = MAIL_TIME;
    dirty.mark(file, DIRTY_INODE);
  }

  #addLink(): number {
    const { memory, layout, inodes } = this.#fs;
    const now = this.#now;
    const name = this.#names[now[FILE]!]!;
    const count = rootBlocks(inodes, layout, this.#blocks);
    memory.storing(this.#thread.name, 'ext2_add_link: inode', now[INO]!);
    const block = addEntry(
      memory,
      layout,
      this.#blocks,
      count,
      name,
      now[INO]!,
      TYPE_REGULAR,
      this.#admits,
    );
    if (block === IS_BUSY) {
      memory.notStored();
      return WAITING;
    }
    now[BLOCK] = block;
    if (now[BLOCK] !== 0) return this.#go(LINK_DIRTY);
    if (count === MOST_DIRECTORY_BLOCKS) throw new NotModelled('the directory is full');
    this.#allocation.start(ROOT_SLOT, count);
    return this.#go(GROW);
  }

  /** The directory has got another block; the entry is its first. */
  #grow(): number {
    const { memory, layout, inodes } = this.#fs;
    const progress = this.#allocation.step();
    if (progress !== RETURNED) return progress;
    const now = this.#now;
    const logical = inodes.size(ROOT_SLOT) / layout.blockBytes;
    const block = inodes.blockOf(ROOT_SLOT, logical);
    memory.storing(this.#thread.name, 'ext2_add_link: inode', now[INO]!);
    startBlock(memory, layout, block, this.#names[now[FILE]!]!, now[INO]!, TYPE_REGULAR);
    inodes.fields(ROOT_SLOT)[INODE_SIZE] = (logical + 1) * layout.blockBytes;
    now[BLOCK] = block;
    return this.#go(LINK_DIRTY);
  }

  #commit(): void {
    const { cache, dirty, inodes, layout } = this.#fs;
    const count = rootBlocks(inodes, layout, this.#blocks);
    const block = this.#now[BLOCK]!;
    cache.markFileDirty(ROOT_SLOT, logicalOf(this.#blocks, count, block), block);
    dirty.mark(ROOT_SLOT, DIRTY_INODE);
  }

  #go(point: number): number {
    this.#now[POINT] = point;
    return PREEMPTIBLE;
  }
}
