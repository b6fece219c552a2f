/**
 * Whether too many pages are dirty, and whose business that is.
 *
 * Follows: mm/page-writeback.c of 2.6.25 `balance_dirty_pages_ratelimited_nr`: above the background
 * limit pdflush is woken; above the dirty limit the thread that dirties pages has to write some
 * itself, and is asked every `ratelimit_pages` pages, every 8 while the limit is exceeded.
 * Models: one processor, so one counter. pdflush is woken at each page above its limit, not at
 * every `ratelimit_pages` of them.
 */
import type { PageCache } from './page-cache.js';
import {
  LEAST_PERCENT,
  backgroundPercent,
  rateLimitOf,
  throttlePercent,
  type DirtyRatios,
} from './watermarks.js';
import type { Zone } from './zone.js';
import type { Slot } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';

/** How many pages are dirtied between two looks while too many are dirty. */
const RATE_WHEN_EXCEEDED = 8;

const DIRTIED = 0;
const EXCEEDED = 1;
/** The limits, and for how many pages of processes plus 1 they hold. */
const BACKGROUND = 2;
const LIMIT = 3;
const HOLDS_FOR = 4;

export class DirtyBalance {
  readonly #cache: PageCache;
  readonly #zone: Zone;
  readonly #ratios: DirtyRatios;
  readonly #rateLimit: number;
  /**
   * Every page that can be dirty is below the least background limit, and all of them dirty and
   * under write at once below the least limit: then nobody need count, and a state remembers
   * neither how often it was stored to nor how much memory processes had at the time.
   */
  readonly #isNeverReached: boolean;
  readonly #wakePdflush: () => void;
  readonly #counts: Int32Array;
  /** By thread. */
  readonly #owes: Uint8Array;

  /** `tasks`: how many slots the agenda has. */
  constructor(
    cache: PageCache,
    zone: Zone,
    ratios: DirtyRatios,
    tasks: number,
    wakePdflush: () => void,
    state: Bank,
  ) {
    this.#cache = cache;
    this.#zone = zone;
    this.#ratios = ratios;
    this.#rateLimit = rateLimitOf(zone.pages);
    const shareOf = (percent: number): number => Math.floor((percent * zone.pages) / 100);
    const least = backgroundPercent(LEAST_PERCENT, ratios);
    const { files } = zone.most;
    this.#isNeverReached = files <= shareOf(least) && files * 2 <= shareOf(LEAST_PERCENT);
    this.#wakePdflush = wakePdflush;
    this.#counts = state.i32(5);
    this.#owes = state.u8(tasks);
  }

  /** `sync_writeback_pages`: how many pages a thread writes at least. */
  get chunk(): number {
    return this.#rateLimit + (this.#rateLimit >> 1);
  }

  get isAboveBackground(): boolean {
    this.#takeLimits();
    return this.#cache.dirtyPages > this.#counts[BACKGROUND]!;
  }

  /** `dirty_exceeded` as of now: dirty pages and those under write are too many. */
  isExceeded(): boolean {
    const { dirtyPages, pagesUnderWriteback } = this.#cache;
    this.#takeLimits();
    const exceeded = dirtyPages + pagesUnderWriteback > this.#counts[LIMIT]!;
    this.#counts[EXCEEDED] = exceeded ? 1 : 0;
    return exceeded;
  }

  /** A thread has dirtied a page. */
  dirtied(thread: Slot): void {
    if (this.#isNeverReached) return;
    if (this.isAboveBackground) this.#wakePdflush();
    const counts = this.#counts;
    const rate = counts[EXCEEDED] === 1 ? RATE_WHEN_EXCEEDED : this.#rateLimit;
    if (++counts[DIRTIED]! < rate) return;
    counts[DIRTIED] = 0;
    if (this.isExceeded()) this.#owes[thread] = 1;
  }

  /** Whether the thread has to write pages before it goes on. */
  owes(thread: Slot): boolean {
    return this.#owes[thread] === 1;
  }

  paid(thread: Slot): void {
    this.#owes[thread] = 0;
  }

  /** `get_dirty_limits`; they change when processes take memory or give it back. */
  #takeLimits(): void {
    const counts = this.#counts;
    const { pages, anonymous } = this.#zone;
    if (counts[HOLDS_FOR] === anonymous + 1) return;
    counts[HOLDS_FOR] = anonymous + 1;
    const percent = throttlePercent(pages, anonymous, this.#ratios);
    counts[LIMIT] = Math.floor((percent * pages) / 100);
    counts[BACKGROUND] = Math.floor((backgroundPercent(percent, this.#ratios) * pages) / 100);
  }
}
