/**
 * A flush of the record: what kmirrord waits for before it goes on.
 *
 * Follows: dm-log.c `disk_flush`. In 2.6.25 that is one write of the buffer (`rw_header`) when a
 * bit was touched. From 2.6.33 on it is up to three steps, one after another: when something was
 * made clean (`touched_cleaned`), the caches of all legs are flushed at once, as slow as the
 * slowest (dm-raid1.c `mirror_flush`); then the write; then, when something was marked
 * (`touched_dirtied`), the cache of the log (`flush_header`). Drives here have no volatile cache,
 * so a cache flush costs time and saves nothing.
 * Leaves out: flushes that fail (`flush_failed`); the bits of the sync and recovering bitsets,
 * which touch the log as well, so that an unchanged buffer is written and flushed now and then.
 */
import type { Happening } from '../happening.js';
import { CACHE_FLUSH } from '../purpose.js';
import type { Leg } from '../../media/leg.js';
import type { LogDevice } from '../../media/log-device.js';
import type { RecordBuffer } from '../../media/record-buffer.js';
import type { RecordKind } from '../../media/record-format.js';
import type { Requests } from '../../media/requests.js';
import type { Agenda } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import type { Trace } from '../../sim/trace.js';

/** What a driver does about volatile caches around a write of its record. */
export type CacheRule =
  /** `disk_flush`: the legs before anything is made clean, the log after anything is marked. */
  | 'legs-and-log'
  /** Every write of the record asks for it (REQ_PREFLUSH). */
  | 'each-write'
  | 'none';

/** The rule of kernels that flush caches at all. */
export function cacheRuleOf(kind: RecordKind): CacheRule {
  switch (kind) {
    case 'dm-log':
      return 'legs-and-log';
    case 'core':
      return 'none';
    // md.c `md_super_write`: WRITE_FLUSH_FUA, for the superblock as for pages of the bitmap;
    // drbd_actlog.c `_drbd_md_sync_page_io`: REQ_FUA | REQ_PREFLUSH.
    case 'md':
    case 'md-safemode':
    case 'md-llbitmap':
    case 'activity-log':
      return 'each-write';
  }
}

export interface RecordFlushParts {
  readonly record: RecordBuffer;
  readonly caches: CacheRule;
  readonly requests: Requests;
  readonly agenda: Agenda;
  readonly trace: Trace<Happening>;
}

const LOG_CACHE_TOO = 0;

export class RecordFlush {
  readonly #parts: RecordFlushParts;
  readonly #now: Int32Array;
  readonly #told = { marked: [] as number[], cleared: [] as number[] };
  #legs: readonly Leg[] = [];
  #log: LogDevice | undefined;

  constructor(parts: RecordFlushParts, state: Bank) {
    this.#parts = parts;
    this.#now = state.i32(1);
  }

  attach(legs: readonly Leg[], log: LogDevice): void {
    this.#legs = legs;
    this.#log = log;
  }

  reset(): void {
    const { marked, cleared } = this.#told;
    if (marked.length > 0) marked.length = 0;
    if (cleared.length > 0) cleared.length = 0;
  }

  /** For the trace: the next write makes the region marked. */
  marks(region: number): void {
    if (this.#parts.trace.listening) this.#told.marked.push(region);
  }

  /** For the trace: the next write makes the region clean. */
  readonly clears = (region: number): void => {
    if (this.#parts.trace.listening) this.#told.cleared.push(region);
  };

  /** Begins when a bit was touched. False: there is nothing to wait for. */
  start(): boolean {
    const { record, caches } = this.#parts;
    const flushesCaches = caches === 'legs-and-log';
    const legsToo = flushesCaches && record.hasCleared;
    const logToo = flushesCaches && record.hasMarked;
    if (!record.takeTouched()) return false;
    this.#now[LOG_CACHE_TOO] = logToo ? 1 : 0;
    if (!legsToo) return this.#write();
    this.#flushLegs();
    return true;
  }

  /** The caches of all legs are flushed. True: that was all. */
  legsFlushed(request: number): boolean {
    this.#parts.requests.release(request);
    return !this.#write();
  }

  /** The write is durable. True: that was all. */
  written(): boolean {
    this.#tell();
    if (this.#now[LOG_CACHE_TOO] === 0) return true;
    this.#now[LOG_CACHE_TOO] = 0;
    this.#device().flushCache();
    return false;
  }

  #flushLegs(): void {
    const { requests } = this.#parts;
    const flush = requests.take(0, 0, CACHE_FLUSH);
    requests.pendingLegs[flush] = this.#legs.length;
    for (const leg of this.#legs) leg.enqueue(flush);
  }

  #write(): boolean {
    return this.#device().flush();
  }

  #device(): LogDevice {
    if (this.#log === undefined) throw new Error('no log device was attached');
    return this.#log;
  }

  #tell(): void {
    const { trace, agenda } = this.#parts;
    if (!trace.listening) return;
    const marked = this.#told.marked.splice(0);
    const cleared = this.#told.cleared.splice(0);
    trace.tell({ kind: 'log-landed', at: agenda.now, actor: 'log', marked, cleared });
  }
}
