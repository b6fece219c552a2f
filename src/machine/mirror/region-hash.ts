/**
 * The region hash: the state of each region, the writes in flight to it, and the record's bits in
 * memory.
 *
 * Follows: dm-raid1.c of 2.6.25, `rh_inc`, `rh_dec`, `rh_update_states`, `__rh_recovery_prepare`,
 * and dm-log.c `core_mark_region`, `core_clear_region`, `core_get_resync_work`, `disk_flush`. Where
 * a strategy bounds what may be marked: drbd_actlog.c, whose least recently used extent gives way.
 * Leaves out: regions in error (no leg fails while the machine runs).
 */
import { NO_REGION, RegionList } from './region-list.js';
import type { RecordBuffer } from '../../media/record-buffer.js';
import type { Arena } from '../../sim/arena.js';

export const CLEAN = 0;
/** Marked: a write is in flight to it, or its mark is held. */
export const DIRTY = 1;
export const NOSYNC = 2;
export const RECOVERING = 3;

/** What {@link RegionHash.begin} did. */
const MARKED_ALREADY = 0;
export const NOW_MARKED = 1;
/** Nothing: as many regions are marked as may be, and all of them are busy. */
export const NO_ROOM = 2;

const CLEAN_LISTED = 0;
const SYNC_SEARCH = 1;
const RECOVERED = 2;
const EVICTED = 3;

export class RegionHash {
  readonly regions: number;
  readonly record: RecordBuffer;
  readonly #state: Uint8Array;
  readonly #pending: Int32Array;
  readonly #cleanList: Int32Array;
  readonly #listed: Uint8Array;
  readonly #now: Int32Array;
  /** The least recently written one first. */
  readonly #marked: RegionList;
  readonly #mostMarked: number;

  constructor(record: RecordBuffer, regions: number, mostMarked: number, arena: Arena) {
    this.regions = regions;
    this.record = record;
    this.#mostMarked = mostMarked;
    this.#state = arena.state.u8(regions);
    this.#pending = arena.state.i32(regions);
    this.#cleanList = arena.state.i32(regions);
    this.#listed = arena.state.u8(regions);
    this.#now = arena.state.i32(4);
    this.#marked = new RegionList(regions, arena.state);
  }

  reset(inSync: boolean): void {
    this.record.reset(inSync);
    if (!inSync) this.#state.fill(NOSYNC);
  }

  state(region: number): number {
    return this.#state[region]!;
  }

  pending(region: number): number {
    return this.#pending[region]!;
  }

  /** How many regions of an array in sync are marked. */
  get marked(): number {
    return this.#marked.count;
  }

  /**
   * The marked region that was written least recently, or NO_REGION; {@link nextMarked} goes on.
   */
  get firstMarked(): number {
    return this.#marked.first;
  }

  nextMarked(region: number): number {
    return this.#marked.after(region);
  }

  /** `rh_inc`: one more write in flight; the first one to a clean region marks it. */
  begin(region: number): number {
    if (this.#state[region] === DIRTY) this.#marked.moveToEnd(region);
    else if (this.#state[region] === CLEAN) {
      if (this.#marked.count >= this.#mostMarked && !this.#evictOne()) return NO_ROOM;
      this.#pending[region]!++;
      this.#state[region] = DIRTY;
      this.#marked.append(region);
      this.record.mark(region);
      return NOW_MARKED;
    }
    this.#pending[region]!++;
    return MARKED_ALREADY;
  }

  /** `rh_dec`: a write has completed on all legs. True when it was the last one in flight. */
  end(region: number): boolean {
    if (this.#pending[region] === 0) throw new Error(`region ${region} has no write in flight`);
    return --this.#pending[region]! === 0;
  }

  /** The next pass of kmirrord clears the region, unless a write comes before it. */
  clearSoon(region: number): void {
    if (this.#state[region] !== DIRTY || this.#pending[region] !== 0) {
      throw new Error(`region ${region} cannot be cleared now`);
    }
    this.#marked.remove(region);
    this.#state[region] = CLEAN;
    if (this.#listed[region] === 1) return;
    this.#listed[region] = 1;
    this.#cleanList[this.#now[CLEAN_LISTED]!++] = region;
  }

  /**
   * `rh_update_states`, clean regions: clears those that are still idle. `cleared` is told each of
   * them. Returns how many there were.
   */
  clearIdle(cleared: (region: number) => void): number {
    const count = this.#now[CLEAN_LISTED]!;
    let done = 0;
    for (let i = 0; i < count; i++) {
      const region = this.#cleanList[i]!;
      this.#cleanList[i] = 0;
      this.#listed[region] = 0;
      if (this.#state[region] !== CLEAN) continue;
      this.record.clear(region);
      cleared(region);
      done++;
    }
    this.#now[CLEAN_LISTED] = 0;
    return done;
  }

  /** Whether the next pass of kmirrord has a region to clear. */
  get hasIdle(): boolean {
    return this.#now[CLEAN_LISTED] !== 0 || this.hasRecovered;
  }

  /**
   * The region that gave way to the last one that was marked, or NO_REGION; asking takes the
   * answer.
   */
  takeEvicted(): number {
    const region = this.#now[EVICTED]! - 1;
    this.#now[EVICTED] = 0;
    return region;
  }

  /**
   * `__rh_recovery_prepare`: the next region that is out of sync starts to recover; -1: there is
   * none.
   */
  nextToRecover(): number {
    let region = this.#now[SYNC_SEARCH]!;
    while (region < this.regions && this.#state[region] !== NOSYNC) region++;
    this.#now[SYNC_SEARCH] = Math.min(region + 1, this.regions);
    if (region >= this.regions) return -1;
    this.#state[region] = RECOVERING;
    return region;
  }

  /** `rh_recovery_end`: the region's legs are equal; the next pass of kmirrord clears it. */
  recovered(region: number): void {
    if (this.#now[RECOVERED] !== 0) throw new Error('one region recovers at a time');
    this.#now[RECOVERED] = region + 1;
  }

  /** Whether a region has recovered that no pass of kmirrord has cleared yet. */
  get hasRecovered(): boolean {
    return this.#now[RECOVERED] !== 0;
  }

  /** `rh_update_states`, recovered regions: clears it; -1: there is none. */
  takeRecovered(): number {
    const region = this.#now[RECOVERED]! - 1;
    if (region === -1) return -1;
    this.#now[RECOVERED] = 0;
    this.#state[region] = CLEAN;
    this.record.clear(region);
    return region;
  }

  /** The least recently written region without a write in flight gives way; false: all are busy. */
  #evictOne(): boolean {
    let region = this.#marked.first;
    while (region !== NO_REGION && this.#pending[region]! > 0) region = this.#marked.after(region);
    if (region === NO_REGION) return false;
    this.#marked.remove(region);
    this.#state[region] = CLEAN;
    this.record.clear(region);
    this.#now[EVICTED] = region + 1;
    return true;
  }
}
