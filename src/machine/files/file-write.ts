/**
 * write(): bytes into the pages of a file, a page at a time.
 *
 * Follows: mm/filemap.c of 2.6.25 `generic_perform_write`; fs/buffer.c `__block_prepare_write`,
 * `block_write_end`: missing blocks are allocated, then the bytes are copied into the page, then
 * its buffers are marked dirty. A page under write is waited for where the gate says so.
 */
import { type BlockAllocation } from './block-allocation.js';
import { DIRTY_INODE } from '../memory/dirty-inodes.js';
import type { Ext2, Thread } from './ext2.js';
import { NotModelled, PREEMPTIBLE, RETURNED, WAITING, type Operation } from '../operation.js';
import { INODE_SIZE } from '../../ext2/inodes.js';
import { PAGE_BYTES } from '../../media/geometry.js';
import { ZERO_SECTOR } from '../../media/sector-pool.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';

const LOCK = 0;
const PREPARE = 1;
const ALLOCATE = 2;
const COMMIT = 3;

export const AT_END = -1;

/** Offsets stand in 32 bits. */
const LARGEST_FILE = 2 ** 31 - 1;

const POINT = 0;
const FILE = 1;
/** Until the file is locked, as it was asked: AT_END, and how many bytes. */
const FROM = 2;
const END = 3;
/** Bit n: block n of the page is new. */
const NEW_BLOCKS = 4;
const VERSION = 5;
const LOGICAL = 6;
/** The blocks of the page that is written, as far as they are. */
const BLOCKS = 7;
const MOST_BLOCKS_A_PAGE = 4;
const LOCALS = BLOCKS + MOST_BLOCKS_A_PAGE;

export class FileWrite implements Operation {
  readonly #fs: Ext2;
  readonly #thread: Thread;
  readonly #allocation: BlockAllocation;
  readonly #now: Int32Array;
  readonly #blockShift: number;

  constructor(fs: Ext2, thread: Thread, allocation: BlockAllocation, state: Bank) {
    this.#fs = fs;
    this.#thread = thread;
    this.#allocation = allocation;
    this.#blockShift = 31 - Math.clz32(fs.layout.blockBytes);
    this.#now = state.i32(LOCALS);
  }

  /** `offset` in bytes, or AT_END: the file is open with O_APPEND. */
  start(file: number, offset: number, bytes: number): void {
    this.#fs.inodes.use(file);
    this.#now[FILE] = file;
    this.#now[FROM] = offset;
    this.#now[END] = bytes;
    this.#now[POINT] = LOCK;
  }

  get isUnseen(): boolean {
    return this.#now[POINT] === LOCK && this.#fs.inodes.isLocked(this.#now[FILE]!);
  }

  step(): number {
    const now = this.#now;
    if (now[POINT] === LOCK && !this.#lock()) return WAITING;
    if (now[POINT] === ALLOCATE) {
      const progress = this.#allocation.step();
      if (progress !== RETURNED) return progress;
      this.#found(now[LOGICAL]!, this.#fs.inodes.blockOf(now[FILE]!, now[LOGICAL]!));
      now[POINT] = PREPARE;
    }
    if (now[POINT] === PREPARE) {
      if (this.#findHole()) return this.#allocation.step();
      const page = Math.floor(now[FROM]! / PAGE_BYTES);
      if (!this.#fs.gate.admitsWrite(this.#thread.slot, now[FILE]!, page)) return WAITING;
      this.#copy();
      now[POINT] = COMMIT;
      return PREEMPTIBLE;
    }
    return this.#commit();
  }

  /**
   * i_mutex: writers of one file come one after another, and only then is it known where the end
   * is.
   */
  #lock(): boolean {
    const { inodes, promises } = this.#fs;
    const now = this.#now;
    const file = now[FILE]!;
    if (!inodes.lock(file, this.#thread.slot)) return false;
    const size = inodes.size(file);
    const from = now[FROM] === AT_END ? size : now[FROM]!;
    if (from > size) throw new NotModelled(`a write at ${from} behind the end leaves a hole`);
    if (from + now[END]! > LARGEST_FILE) throw new NotModelled('a file of more than 2 GiB');
    now[FROM] = from;
    now[END] = from + now[END]!;
    now[VERSION] = promises.nextVersion(file);
    now[LOGICAL] = this.#blockAt(from);
    now[POINT] = PREPARE;
    return true;
  }

  /**
   * `block_write_begin`: starts the allocation of the next block that the page lacks; false: it
   * lacks none.
   */
  #findHole(): boolean {
    const now = this.#now;
    const last = this.#blockAt(this.#pageEnd() - 1);
    while (now[LOGICAL]! <= last) {
      const logical = now[LOGICAL]!;
      const block = this.#fs.inodes.blockOf(now[FILE]!, logical);
      if (block === 0) {
        now[NEW_BLOCKS] = now[NEW_BLOCKS]! | (1 << (logical - this.#firstOfPage()));
        this.#allocation.start(now[FILE]!, logical);
        now[POINT] = ALLOCATE;
        return true;
      }
      this.#found(logical, block);
    }
    return false;
  }

  #found(logical: number, block: number): void {
    this.#now[BLOCKS + logical - this.#firstOfPage()] = block;
    this.#now[LOGICAL] = logical + 1;
  }

  /** The device block of a logical one of the page that is written. */
  #blockOf(logical: number): number {
    return this.#now[BLOCKS + logical - this.#firstOfPage()]!;
  }

  /** `copy_from_user` into the page; the rest of new blocks becomes zeroes. */
  #copy(): void {
    const { memory, layout, inodes, promises } = this.#fs;
    const now = this.#now;
    const file = now[FILE]!;
    const version = now[VERSION]!;
    const from = now[FROM]!;
    const end = this.#pageEnd();
    memory.storing(this.#thread.name, 'generic_perform_write: inode', inodes.number(file));
    // Promised anew by an fsync that began after the commit: i_mutex is held until then.
    promises.changed(file, from, end);
    const last = this.#blockAt(end - 1);
    for (let logical = this.#blockAt(from); logical <= last; logical++) {
      const isNew = (now[NEW_BLOCKS]! & (1 << (logical - this.#firstOfPage()))) !== 0;
      const first = layout.sectorOfBlock(this.#blockOf(logical));
      const firstOfFile = logical * layout.sectorsPerBlock;
      for (let i = 0; i < layout.sectorsPerBlock; i++) {
        const old = isNew ? ZERO_SECTOR : memory.get(first + i);
        const sector = firstOfFile + i;
        memory.set(first + i, promises.contentOver(old, file, version, sector, from, end));
      }
    }
  }

  /** `block_write_end`: the buffers of what was copied are dirty; the size follows. */
  #commit(): number {
    const { cache, inodes, dirty, promises, updateTimes, balance } = this.#fs;
    const now = this.#now;
    const file = now[FILE]!;
    const end = this.#pageEnd();
    const last = this.#blockAt(end - 1);
    for (let logical = this.#blockAt(now[FROM]!); logical <= last; logical++) {
      cache.markFileDirty(file, logical, this.#blockOf(logical));
    }
    promises.changed(file, now[FROM]!, end);
    if (end > inodes.size(file)) {
      inodes.fields(file)[INODE_SIZE] = end;
      dirty.mark(file, DIRTY_INODE);
    }
    updateTimes(file);
    balance.dirtied(this.#thread.slot);
    now[FROM] = end;
    now[NEW_BLOCKS] = 0;
    if (end < now[END]!) {
      now[POINT] = PREPARE;
      now[LOGICAL] = this.#blockAt(end);
      return PREEMPTIBLE;
    }
    inodes.unlock(file, this.#thread.slot);
    inodes.release(file);
    clearLocals(now);
    return RETURNED;
  }

  #pageEnd(): number {
    const next = (this.#now[FROM]! & -PAGE_BYTES) + PAGE_BYTES;
    return Math.min(next, this.#now[END]!);
  }

  #firstOfPage(): number {
    return this.#blockAt(this.#now[FROM]! & -PAGE_BYTES);
  }

  #blockAt(offset: number): number {
    return offset >> this.#blockShift;
  }
}
