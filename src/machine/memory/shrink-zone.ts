/**
 * One pass over the lists of pages: what is old and clean is freed, what is old and dirty is
 * written, page by page.
 *
 * Follows: mm/vmscan.c of 2.6.25 `shrink_zone`, `shrink_active_list`, `shrink_inactive_list`,
 * `shrink_page_list`.
 * Models: an oldest share of each list, 1 / 2^priority, in chunks of SWAP_CLUSTER_MAX; a page under
 * write is passed over, one that was referenced stays, one whose buffers are held or locked becomes
 * active. A page that is written is looked at again when its write has ended. After each page that
 * was written others may run.
 * Leaves out: pages are not taken off the list by the chunk; `swap_tendency` (mapped pages leave
 * the active list like others unless they were referenced), slabs, `throttle_vm_writeout`,
 * congested queues (`may_write_to_queue`), the eight buffers that each processor holds (`bh_lrus`).
 */
import { ACTIVE, ANONYMOUS, INACTIVE, type Lru } from './lru.js';
import { NO_BUFFER, type PageCache } from './page-cache.js';
import { NO_PAGE } from './page-lists.js';
import { PAGE_KEPT, PAGE_SUBMITTED, pageOut } from './page-out.js';
import type { Zone } from './zone.js';
import type { Bank } from '../../sim/arena.js';

export const SWAP_CLUSTER_MAX = 32;
export const DEF_PRIORITY = 12;

/** What a step came to. */
const SUBMITTED = 0;
export const PASS_ENDED = 1;

/**
 * How much of each list is to be looked at (`nr_scan_active`, `nr_scan_inactive`): all who reclaim
 * share it.
 */
export class ScanShares {
  readonly #lru: Lru;
  readonly #toScan: Int32Array;

  constructor(lru: Lru, state: Bank) {
    this.#lru = lru;
    this.#toScan = state.i32(2);
  }

  /** Nothing before a chunk has come together. */
  take(list: number, priority: number): number {
    this.#toScan[list]! += (this.#lru.lists.length(list) >> priority) + 1;
    const pages = this.#toScan[list]!;
    if (pages < SWAP_CLUSTER_MAX) return 0;
    this.#toScan[list] = 0;
    return pages;
  }
}

const ACTIVE_LEFT = 0;
const INACTIVE_LEFT = 1;
const CHUNK = 2;
const SCANNED = 3;
const RECLAIMED = 4;

export class ShrinkZone {
  readonly #name: string;
  readonly #cache: PageCache;
  readonly #lru: Lru;
  readonly #zone: Zone;
  readonly #shares: ScanShares;
  readonly #now: Int32Array;

  /** `name`: who writes. */
  constructor(
    name: string,
    cache: PageCache,
    lru: Lru,
    zone: Zone,
    shares: ScanShares,
    state: Bank,
  ) {
    this.#name = name;
    this.#cache = cache;
    this.#lru = lru;
    this.#zone = zone;
    this.#shares = shares;
    this.#now = state.i32(5);
  }

  start(priority: number): void {
    this.#now[ACTIVE_LEFT] = this.#shares.take(ACTIVE, priority);
    this.#now[INACTIVE_LEFT] = this.#shares.take(INACTIVE, priority);
  }

  /** Inactive pages looked at, and pages freed, since these were forgotten. */
  get scanned(): number {
    return this.#now[SCANNED]!;
  }

  get reclaimed(): number {
    return this.#now[RECLAIMED]!;
  }

  forgetCounts(): void {
    this.#now[SCANNED] = 0;
    this.#now[RECLAIMED] = 0;
  }

  step(): number {
    const now = this.#now;
    for (;;) {
      while (now[CHUNK]! > 0) {
        now[CHUNK]!--;
        if (this.#shrinkOldest()) return SUBMITTED;
      }
      if (now[ACTIVE_LEFT] === 0 && now[INACTIVE_LEFT] === 0) return PASS_ENDED;
      this.#shrinkActive(this.#chunkOf(ACTIVE_LEFT));
      now[CHUNK] = Math.min(this.#chunkOf(INACTIVE_LEFT), this.#lru.lists.length(INACTIVE));
      now[SCANNED]! += now[CHUNK];
      this.#zone.looked(now[CHUNK]);
    }
  }

  #chunkOf(left: number): number {
    const pages = Math.min(this.#now[left]!, SWAP_CLUSTER_MAX);
    this.#now[left]! -= pages;
    return pages;
  }

  /** `shrink_active_list`: without swap a process keeps its pages. */
  #shrinkActive(wanted: number): void {
    const lru = this.#lru;
    const pages = Math.min(wanted, lru.lists.length(ACTIVE));
    this.#zone.looked(pages);
    for (let n = 0; n < pages; n++) {
      const page = lru.lists.oldest(ACTIVE);
      const stays =
        lru.inodeOf(page) === ANONYMOUS || (lru.isMapped(page) && lru.takeReferenced(page));
      if (stays) lru.rotate(page);
      else lru.deactivate(page);
    }
  }

  /** `shrink_page_list` for one page; true: it was written. */
  #shrinkOldest(): boolean {
    const lru = this.#lru;
    const page = lru.lists.oldest(INACTIVE);
    if (page === NO_PAGE) return false;
    const inode = lru.inodeOf(page);
    const index = lru.indexOf(page);
    if (this.#cache.underWriteback(inode, index) !== NO_BUFFER) {
      lru.rotate(page);
      return false;
    }
    const referenced = lru.takeReferenced(page);
    if (referenced && lru.isMapped(page)) {
      lru.activate(page);
      return false;
    }
    if (lru.isDirty(page)) {
      lru.rotate(page);
      if (referenced) return false;
      const came = pageOut(this.#name, this.#cache, lru, page);
      if (came === PAGE_SUBMITTED) return true;
      if (came === PAGE_KEPT) return false;
    }
    this.#free(page);
    return false;
  }

  /** `try_to_release_page`: fails while somebody holds or writes one of its buffers. */
  #free(page: number): void {
    const lru = this.#lru;
    if (lru.isHeld(page) || this.#hasLockedBuffer(page)) {
      lru.activate(page);
      return;
    }
    lru.leave(page);
    this.#now[RECLAIMED]!++;
  }

  #hasLockedBuffer(page: number): boolean {
    const cache = this.#cache;
    for (let n = 0; n < cache.blocksPerPage; n++) {
      const block = cache.bufferOf(this.#lru.inodeOf(page), this.#lru.indexOf(page), n);
      if (block !== NO_BUFFER && cache.isLocked(block)) return true;
    }
    return false;
  }
}
