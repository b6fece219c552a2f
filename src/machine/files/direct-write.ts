/**
 * pwrite() to a file that is open with O_DIRECT: the legs read the application's own buffer.
 *
 * Follows: mm/filemap.c of 2.6.25 `generic_file_aio_write` (i_mutex), `generic_file_direct_IO`
 * (`filemap_write_and_wait` of the whole file, `invalidate_inode_pages2_range`), fs/direct-io.c
 * `__blockdev_direct_IO`. Whole sectors; it returns when all is on the legs.
 * Models: the application fills its buffer with a fresh version before the first request. Where a
 * mapping has dirtied a page of the range again the kernel answers EIO; the application tries anew.
 * Leaves out: blocks that the file does not have (the kernel would fall back to its page cache),
 * and stores into a mapping of a page that the write is about.
 */
import type { Ext2, Thread } from './ext2.js';
import {
  AT_ONCE,
  NotModelled,
  PREEMPTIBLE,
  RETURNED,
  WAITING,
  type Operation,
} from '../operation.js';
import { DONE, WAITS, type PageWriter } from '../memory/page-writer.js';
import { PAGE_BYTES, SECTOR_BYTES } from '../../media/geometry.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';

const LOCK = 0;
const WRITE_PAGES = 1;
const WAIT_PAGES = 2;
const FILL = 3;
const SUBMIT = 4;
const WAIT = 5;

const POINT = 0;
const FILE = 1;
/** In sectors of the file. */
const FROM = 2;
const END = 3;
const NEXT = 4;

export class DirectWrite implements Operation {
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

  /** Offset and length in bytes, both of whole sectors. */
  start(file: number, offset: number, bytes: number): void {
    this.#fs.inodes.use(file);
    this.#now[POINT] = LOCK;
    this.#now[FILE] = file;
    this.#now[FROM] = offset / SECTOR_BYTES;
    this.#now[END] = (offset + bytes) / SECTOR_BYTES;
  }

  step(): number {
    switch (this.#now[POINT]) {
      case LOCK: // generic_file_aio_write
        return this.#lock();
      case WRITE_PAGES: // filemap_fdatawrite
        return this.#writePages();
      case WAIT_PAGES: // filemap_fdatawait, invalidate_inode_pages2_range
        return this.#waitPages();
      case FILL: // memory changes: the application's buffer
        return this.#fill();
      case SUBMIT: // dio_bio_submit
        return this.#submit();
      case WAIT: // dio_await_completion
        return this.#wait();
      default:
        throw new Error(`an O_DIRECT write stands nowhere: ${this.#now[POINT]}`);
    }
  }

  #lock(): number {
    const { inodes, updateTimes } = this.#fs;
    const file = this.#now[FILE]!;
    if (!inodes.lock(file, this.#thread.slot)) return WAITING;
    const end = this.#now[END]! * SECTOR_BYTES;
    if (end > inodes.size(file)) {
      const size = inodes.size(file);
      throw new NotModelled(`an O_DIRECT write up to ${end} of a file of ${size} bytes`);
    }
    updateTimes(file);
    this.#writer.startForIntegrity(file);
    return this.#go(WRITE_PAGES);
  }

  #writePages(): number {
    const progress = this.#writer.step();
    if (progress === WAITS) return WAITING;
    return progress === DONE ? this.#go(WAIT_PAGES) : AT_ONCE;
  }

  #waitPages(): number {
    const { cache, direct, lru } = this.#fs;
    const now = this.#now;
    const file = now[FILE]!;
    if (cache.isUnderWrite(file)) {
      cache.waitForPages(this.#thread.slot, file);
      return WAITING;
    }
    const locked = this.#lockedBlock();
    if (locked !== 0) {
      cache.waitForBlock(this.#thread.slot, locked);
      return WAITING;
    }
    const perPage = PAGE_BYTES / SECTOR_BYTES;
    const dirtyPage = cache.nextDirtyPage(file, Math.floor(now[FROM]! / perPage));
    if (dirtyPage !== -1 && dirtyPage * perPage < now[END]!) {
      this.#writer.startForIntegrity(file);
      return this.#go(WRITE_PAGES);
    }
    lru.invalidate(file, Math.floor(now[FROM]! / perPage), Math.ceil(now[END]! / perPage));
    direct.begin(file, now[FROM]!, now[END]!);
    return this.#go(FILL, PREEMPTIBLE);
  }

  /** A block of the range that somebody is about to write; 0: there is none. */
  #lockedBlock(): number {
    const { cache, inodes, layout } = this.#fs;
    const perBlock = layout.sectorsPerBlock;
    const last = Math.ceil(this.#now[END]! / perBlock);
    for (let n = Math.floor(this.#now[FROM]! / perBlock); n < last; n++) {
      const block = inodes.blockOf(this.#now[FILE]!, n);
      if (cache.isLocked(block)) return block;
    }
    return 0;
  }

  #fill(): number {
    const { memory, inodes, promises } = this.#fs;
    const now = this.#now;
    const file = now[FILE]!;
    const version = promises.nextVersion(file);
    memory.storing(this.#thread.name, 'fill the buffer: inode', inodes.number(file));
    this.#changed();
    for (let sector = now[FROM]!; sector < now[END]!; sector++) {
      memory.set(this.#deviceSector(sector), promises.content(file, version, sector));
    }
    now[NEXT] = now[FROM]!;
    return this.#go(SUBMIT, PREEMPTIBLE);
  }

  #submit(): number {
    const now = this.#now;
    const first = this.#deviceSector(now[NEXT]!);
    let sectors = 1;
    while (
      now[NEXT]! + sectors < now[END]! &&
      this.#deviceSector(now[NEXT]! + sectors) === first + sectors
    ) {
      sectors++;
    }
    const { direct } = this.#fs;
    now[NEXT] = now[NEXT]! + direct.submit(this.#thread.name, now[FILE]!, first, sectors);
    return this.#go(now[NEXT] < now[END]! ? SUBMIT : WAIT);
  }

  /**
   * What the legs sampled need not be what the buffer held when an fsync began: nothing of the
   * range is promised before the next one.
   */
  #wait(): number {
    const { direct, inodes } = this.#fs;
    const file = this.#now[FILE]!;
    if (direct.isUnderWay(file)) {
      direct.wait(this.#thread.slot, file);
      return WAITING;
    }
    direct.end(file);
    this.#changed();
    inodes.unlock(file, this.#thread.slot);
    inodes.release(file);
    clearLocals(this.#now);
    return RETURNED;
  }

  #changed(): void {
    const now = this.#now;
    const from = now[FROM]! * SECTOR_BYTES;
    this.#fs.promises.changed(now[FILE]!, from, now[END]! * SECTOR_BYTES);
  }

  #deviceSector(sector: number): number {
    return this.#fs.inodes.deviceSector(this.#now[FILE]!, sector);
  }

  #go(point: number, progress: number = AT_ONCE): number {
    this.#now[POINT] = point;
    return progress;
  }
}
