/**
 * A store into a file that is mapped shared, a page at a time: no system call, but for the faults.
 *
 * Follows: mm/memory.c of 2.6.25 `do_wp_page`: the first store since the page's writeback began
 * faults, which marks the page and all its buffers dirty (`set_page_dirty`,
 * `__set_page_dirty_buffers`); then the store is tried again, and faults again if the page was
 * write-protected meanwhile. Until the next `page_mkclean` stores are free: memory changes, and
 * nobody is told. A page under write is not waited for: ext2 has no `page_mkwrite` in 2.6.25.
 * Models: i_mutex is not taken. Buffers behind the end of the file are not dirtied: writeback
 * would skip them.
 * Leaves out: other threads that store between the entry's becoming writable and
 * `set_page_dirty`; the wait for the lock of a page that a write() holds.
 */
import type { Ext2, Thread } from './ext2.js';
import { NotModelled, PREEMPTIBLE, RETURNED, WAITING, type Operation } from '../operation.js';
import { PAGE_BYTES, SECTOR_BYTES } from '../../media/geometry.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';

const FILE = 0;
const FROM = 1;
const END = 2;
const VERSION = 3;

export class MappedStore implements Operation {
  readonly #fs: Ext2;
  readonly #thread: Thread;
  readonly #now: Int32Array;

  constructor(fs: Ext2, thread: Thread, state: Bank) {
    this.#fs = fs;
    this.#thread = thread;
    this.#now = state.i32(4);
  }

  start(file: number, offset: number, bytes: number): void {
    const { inodes, promises } = this.#fs;
    const size = inodes.size(file);
    if (offset + bytes > size) {
      const end = offset + bytes;
      throw new NotModelled(`a store up to ${end} through a mapping of a file of ${size} bytes`);
    }
    inodes.use(file);
    const now = this.#now;
    now[FILE] = file;
    now[FROM] = offset;
    now[END] = offset + bytes;
    now[VERSION] = promises.nextVersion(file);
  }

  step(): number {
    const page = Math.floor(this.#now[FROM]! / PAGE_BYTES);
    const perPage = PAGE_BYTES / SECTOR_BYTES;
    if (this.#fs.direct.touches(this.#now[FILE]!, page * perPage, (page + 1) * perPage)) {
      throw new NotModelled('a store into a mapping of a page that an O_DIRECT write is about');
    }
    if (this.#fs.mappings.isWritable(this.#now[FILE]!, page)) return this.#store(page);
    const admitted = this.#fs.gate.admitsFault(this.#thread.slot, this.#now[FILE]!, page);
    return admitted ? this.#fault(page) : WAITING;
  }

  /** `do_wp_page`: the page is dirty before the store is tried again. */
  #fault(page: number): number {
    const { cache, inodes, updateTimes, mappings, memory, layout, balance } = this.#fs;
    const file = this.#now[FILE]!;
    memory.acting(this.#thread.name);
    mappings.makeWritable(file, page);
    updateTimes(file);
    const first = page * cache.blocksPerPage;
    const blocks = Math.ceil(inodes.size(file) / layout.blockBytes);
    const end = Math.min(first + cache.blocksPerPage, blocks);
    for (let logical = first; logical < end; logical++) {
      cache.markFileDirty(file, logical, inodes.blockOf(file, logical));
    }
    balance.dirtied(this.#thread.slot);
    return PREEMPTIBLE;
  }

  /** Memory changes, as far as the page reaches. */
  #store(page: number): number {
    const { memory, inodes, promises, lru } = this.#fs;
    const now = this.#now;
    const file = now[FILE]!;
    const from = now[FROM]!;
    const end = Math.min((page + 1) * PAGE_BYTES, now[END]!);
    lru.storedThroughMapping(file, page);
    memory.storing(this.#thread.name, 'store into a mapping: inode', inodes.number(file));
    promises.changed(file, from, end);
    const last = Math.floor((end - 1) / SECTOR_BYTES);
    for (let sector = Math.floor(from / SECTOR_BYTES); sector <= last; sector++) {
      const at = inodes.deviceSector(file, sector);
      const old = memory.get(at);
      memory.set(at, promises.contentOver(old, file, now[VERSION]!, sector, from, end));
    }
    now[FROM] = end;
    if (end < now[END]!) return PREEMPTIBLE;
    inodes.release(file);
    clearLocals(now);
    return RETURNED;
  }
}
