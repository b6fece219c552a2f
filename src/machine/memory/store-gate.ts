/**
 * Whether a thread may store into what is under write, or has to wait until the write has ended.
 *
 * Follows: for the strategy that waits, the mail's first idea ("lock the buffers and unmap the
 * pages while they are being written"): every store by the kernel takes the buffer's lock, and a
 * store into a mapping faults and waits. For Linux 3.0, `grab_cache_page_write_begin`, which waits
 * for PG_writeback: write() alone. Everywhere else nothing waits.
 * Models: a buffer is under write from the clearing of its dirty bit on. An application's own
 * buffer, which O_DIRECT writes, is nobody's to lock.
 */
import { NO_BUFFER, type PageCache } from './page-cache.js';
import type { Agenda, Slot } from '../../sim/agenda.js';
import type { Arena } from '../../sim/arena.js';

export interface Waits {
  /** write() into a page of a file. */
  readonly write: boolean;
  /** The fault of a store into a mapping. */
  readonly mapped: boolean;
  /** The file system's own stores: bitmaps, descriptors, inodes, directories, indirect blocks. */
  readonly metadata: boolean;
}

const WAITS = 0;
const BEGUN = 1;

const TOTAL = 0;
const LONGEST = 1;

export class StoreGate {
  readonly #waits: Waits;
  readonly #cache: PageCache;
  readonly #agenda: Agenda;
  /** By thread: when it began to wait plus 1. */
  readonly #since: Float64Array;
  readonly #count: Int32Array;
  readonly #times: Float64Array;

  constructor(waits: Waits, cache: PageCache, agenda: Agenda, slots: number, { meters }: Arena) {
    this.#waits = waits;
    this.#cache = cache;
    this.#agenda = agenda;
    this.#since = meters.f64(slots);
    this.#count = meters.i32(2);
    this.#times = meters.f64(2);
  }

  /** Stores that had to wait. */
  get waits(): number {
    return this.#count[WAITS]!;
  }

  /** Those that still do included. */
  get waitsBegun(): number {
    return this.#count[BEGUN]!;
  }

  get waitedNs(): number {
    return this.#times[TOTAL]!;
  }

  get longestNs(): number {
    return this.#times[LONGEST]!;
  }

  /**
   * A store into a metadata buffer or a directory's block. False: the thread waits, and asks again.
   */
  admits(slot: Slot, block: number): boolean {
    if (!this.#waits.metadata) return true;
    return this.#pass(slot, this.#cache.isLocked(block) ? block : NO_BUFFER);
  }

  /** write() into a page of a file. */
  admitsWrite(slot: Slot, inode: number, page: number): boolean {
    if (!this.#waits.write) return true;
    return this.#pass(slot, this.#cache.underWriteback(inode, page));
  }

  /** The fault of a store into a mapped page. */
  admitsFault(slot: Slot, inode: number, page: number): boolean {
    if (!this.#waits.mapped) return true;
    return this.#pass(slot, this.#cache.underWriteback(inode, page));
  }

  /** What the thread may have waited for another one has stored: it waits no more. */
  leave(slot: Slot): void {
    this.#pass(slot, NO_BUFFER);
  }

  #pass(slot: Slot, busy: number): boolean {
    if (busy !== NO_BUFFER) {
      if (this.#since[slot] === 0) {
        this.#since[slot] = this.#agenda.now + 1;
        this.#count[BEGUN]!++;
      }
      this.#cache.waitForBlock(slot, busy);
      return false;
    }
    const since = this.#since[slot]!;
    if (since === 0) return true;
    const waited = this.#agenda.now - (since - 1);
    this.#since[slot] = 0;
    this.#count[WAITS]!++;
    this.#times[TOTAL]! += waited;
    if (waited > this.#times[LONGEST]!) this.#times[LONGEST] = waited;
    return true;
  }
}
