/**
 * Gives a file one more block, step by step: the place where the mail's race begins.
 *
 * Follows: fs/ext2/inode.c of 2.6.25 `ext2_get_blocks`, `ext2_alloc_blocks`, `ext2_alloc_branch`,
 * `ext2_splice_branch`; fs/ext2/balloc.c `ext2_new_blocks`: bit set in the live bitmap, descriptor
 * changed, descriptor buffer dirtied, bitmap buffer dirtied. Between any two of them the thread can
 * be preempted; nothing stops a write of the buffer meanwhile.
 */
import { DIRTY_INODE } from '../memory/dirty-inodes.js';
import type { Ext2, Thread } from './ext2.js';
import { NotModelled, PREEMPTIBLE, RETURNED, WAITING, type Operation } from '../operation.js';
import { IS_BUSY } from '../../ext2/admission.js';
import { TAKEN, TAKEN_GROUP, takeBlocks } from '../../ext2/allocate.js';
import { findGoal, findNear } from '../../ext2/goal.js';
import { DEEPEST, blockToPath, clearBlock, pointerAt, setPointer } from '../../ext2/blockmap.js';
import { adjustFreeBlocks } from '../../ext2/descriptors.js';
import { INODE_SECTORS } from '../../ext2/inodes.js';
import type { Bank } from '../../sim/arena.js';
import { ROOT_SLOT } from './inodes.js';
import { clearLocals } from '../../sim/locals.js';

/** Where it stands. */
const BITS = 0;
const COUNT = 1;
const DESCRIPTOR_DIRTY = 2;
const BITMAP_DIRTY = 3;
const NEW_INDIRECT = 4;
const INDIRECT_DIRTY = 5;
const SPLICE = 6;
const PARENT_DIRTY = 7;

/** Its locals. */
const POINT = 0;
const FILE = 1;
const LOGICAL = 2;
const LEVEL = 3;
const DEPTH = 4;
const PARENT = 5;
const GROUP = 6;
const TOOK = 7;
const HAVE = 8;
const NEXT_INDIRECT = 9;
const BLOCKS = 10;
const OFFSETS = BLOCKS + DEEPEST;
const LOCALS = OFFSETS + DEEPEST;

export class BlockAllocation implements Operation {
  readonly #fs: Ext2;
  readonly #thread: Thread;
  readonly #now: Int32Array;
  readonly #offsets: Int32Array;
  readonly #out = new Int32Array(2);
  readonly #admits: (block: number) => boolean;

  constructor(fs: Ext2, thread: Thread, state: Bank) {
    this.#fs = fs;
    this.#thread = thread;
    this.#now = state.i32(LOCALS);
    this.#offsets = this.#now.subarray(OFFSETS, OFFSETS + DEEPEST);
    this.#admits = (block) => fs.gate.admits(thread.slot, block);
  }

  /** `ext2_get_block` with create for a logical block that the file does not have. */
  start(file: number, logical: number): void {
    const { layout, memory, inodes, windows } = this.#fs;
    const now = this.#now;
    now[FILE] = file;
    now[LOGICAL] = logical;
    now[DEPTH] = blockToPath(layout, logical, this.#offsets);
    if (now[DEPTH] === 0) throw new NotModelled(`a file cannot have block ${logical}`);
    if (file !== ROOT_SLOT && !windows.isOpen(file)) windows.open(file);
    let block = inodes.pointers(file)[this.#offsets[0]!]!;
    while (block !== 0) {
      now[PARENT] = block;
      now[LEVEL]!++;
      block = pointerAt(memory, layout, block, this.#offsets[now[LEVEL]!]!);
    }
    now[POINT] = BITS;
  }

  step(): number {
    switch (this.#now[POINT]) {
      case BITS: // ext2_set_bit_atomic: memory changes
        return this.#takeBlocks();
      case COUNT: // group_adjust_blocks: bg_free_blocks_count
        return this.#adjustCount();
      case DESCRIPTOR_DIRTY: // group_adjust_blocks: mark_buffer_dirty(bh)
        this.#fs.superBlock.dirty();
        this.#fs.cache.markBufferDirty(this.#fs.layout.descriptorBlock(this.#now[GROUP]!));
        return this.#go(BITMAP_DIRTY);
      case BITMAP_DIRTY: // ext2_new_blocks: mark_buffer_dirty(bitmap_bh)
        this.#fs.cache.markBufferDirty(this.#fs.layout.blockBitmapOf(this.#now[GROUP]!));
        if (this.#now[HAVE]! < this.#now[DEPTH]! - this.#now[LEVEL]!) return this.#go(BITS);
        this.#now[POINT] = this.#now[HAVE] === 1 ? SPLICE : NEW_INDIRECT;
        return this.#now[POINT] === SPLICE ? this.#splice() : this.#newIndirect();
      case NEW_INDIRECT: // ext2_alloc_branch
        return this.#newIndirect();
      case INDIRECT_DIRTY:
        return this.#indirectDirty();
      case SPLICE: // ext2_splice_branch
        return this.#splice();
      case PARENT_DIRTY: // mark_buffer_dirty_inode(where->bh)
        this.#markIndirect(this.#now[PARENT]!);
        return this.#finish();
      default:
        throw new Error(`an allocation stands nowhere: ${this.#now[POINT]}`);
    }
  }

  #takeBlocks(): number {
    const { memory, layout, windows, inodes } = this.#fs;
    const now = this.#now;
    const file = now[FILE]!;
    const window = file === ROOT_SLOT ? -1 : file;
    const index = this.#offsets[now[LEVEL]!]!;
    const ino = inodes.number(file);
    const pointers = inodes.pointers(file);
    const { pid, name } = this.#thread;
    const goal =
      findGoal(windows, window, now[LOGICAL]!) ||
      findNear(memory, layout, pointers, now[PARENT]!, index, ino, pid);
    const want = now[DEPTH]! - now[LEVEL]! - now[HAVE]!;
    memory.storing(name, 'ext2_set_bit_atomic: a block for inode', ino);
    const first = takeBlocks(memory, layout, windows, window, goal, want, this.#out, this.#admits);
    if (first === IS_BUSY) {
      memory.notStored();
      return WAITING;
    }
    if (first === 0) throw new NotModelled('the file system is full (ENOSPC)');
    const took = this.#out[TAKEN]!;
    for (let i = 0; i < took; i++) now[BLOCKS + now[HAVE]! + i] = first + i;
    now[HAVE]! += took;
    now[TOOK] = took;
    now[GROUP] = this.#out[TAKEN_GROUP]!;
    return this.#go(COUNT);
  }

  #adjustCount(): number {
    const { memory, layout } = this.#fs;
    const group = this.#now[GROUP]!;
    if (!this.#admits(layout.descriptorBlock(group))) return WAITING;
    memory.storing(this.#thread.name, 'group_adjust_blocks: group', group);
    adjustFreeBlocks(memory, layout, group, -this.#now[TOOK]!);
    return this.#go(DESCRIPTOR_DIRTY);
  }

  /** A new indirect block is zeroed and points to the next block of the branch. */
  #newIndirect(): number {
    const { memory, layout } = this.#fs;
    const now = this.#now;
    const n = now[NEXT_INDIRECT]!;
    const block = now[BLOCKS + n]!;
    memory.storing(this.#thread.name, 'ext2_alloc_branch: indirect block', block);
    clearBlock(memory, layout, block);
    setPointer(memory, layout, block, this.#offsets[now[LEVEL]! + n + 1]!, now[BLOCKS + n + 1]!);
    return this.#go(INDIRECT_DIRTY);
  }

  #indirectDirty(): number {
    const now = this.#now;
    this.#markIndirect(now[BLOCKS + now[NEXT_INDIRECT]!]!);
    now[NEXT_INDIRECT]!++;
    return this.#go(now[NEXT_INDIRECT]! < now[HAVE]! - 1 ? NEW_INDIRECT : SPLICE);
  }

  /** The branch becomes part of the file: `*where->p = where->key`. */
  #splice(): number {
    const { memory, layout, inodes, dirty, windows } = this.#fs;
    const now = this.#now;
    if (now[PARENT] !== 0 && !this.#admits(now[PARENT]!)) return WAITING;
    const file = now[FILE]!;
    const first = now[BLOCKS]!;
    const have = now[HAVE]!;
    const index = this.#offsets[now[LEVEL]!]!;
    if (file !== ROOT_SLOT) windows.remember(file, now[LOGICAL]!, now[BLOCKS + have - 1]!);
    inodes.fields(file)[INODE_SECTORS]! += have * layout.sectorsPerBlock;
    dirty.mark(file, DIRTY_INODE);
    if (now[PARENT] === 0) {
      inodes.pointers(file)[index] = first;
      return this.#finish();
    }
    memory.storing(this.#thread.name, 'ext2_splice_branch: indirect block', now[PARENT]!);
    setPointer(memory, layout, now[PARENT]!, index, first);
    return this.#go(PARENT_DIRTY);
  }

  /** `mark_buffer_dirty_inode`: fsync of the file will write this buffer too. */
  #markIndirect(block: number): void {
    this.#fs.cache.markBufferDirty(block);
    this.#fs.inodes.associate(this.#now[FILE]!, block);
  }

  #go(point: number): number {
    this.#now[POINT] = point;
    return PREEMPTIBLE;
  }

  #finish(): number {
    clearLocals(this.#now);
    return RETURNED;
  }
}
