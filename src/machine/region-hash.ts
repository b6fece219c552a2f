/**
 * The region hash: the state of each region, the writes in flight to it, and the log's bits in
 * memory.
 *
 * Follows: dm-raid1.c of 2.6.25, `rh_inc`, `rh_dec`, `rh_update_states`, `__rh_recovery_prepare`,
 * and dm-log.c `core_mark_region`, `core_clear_region`, `core_get_resync_work`, `disk_flush`.
 * Leaves out: regions in error (no leg fails while the machine runs).
 */
import type { FixStrategy } from './strategy.js';
import { bufferIn, type RecordBuffer } from '../media/record-buffer.js';
import type { RecordFormat } from '../media/record-format.js';
import type { Arena } from '../sim/arena.js';

export const CLEAN = 0;
export const DIRTY = 1;
export const NOSYNC = 2;
export const RECOVERING = 3;

const CLEAN_LISTED = 0;
const SYNC_SEARCH = 1;
const RECOVERED = 2;

export class RegionHash {
  readonly regions: number;
  readonly #strategy: FixStrategy;
  readonly #state: Uint8Array;
  readonly #pending: Int32Array;
  readonly #cleanList: Int32Array;
  readonly #listed: Uint8Array;
  readonly #now: Int32Array;
  /** The record as it stands in memory (`disk_header` and `clean_bits`): what a flush writes. */
  readonly buffer: RecordBuffer;

  constructor(regions: number, format: RecordFormat, strategy: FixStrategy, arena: Arena) {
    this.regions = regions;
    this.#strategy = strategy;
    this.#state = arena.state.u8(regions);
    this.#pending = arena.state.i32(regions);
    this.#cleanList = arena.state.i32(regions);
    this.#listed = arena.state.u8(regions);
    this.#now = arena.state.i32(3);
    this.buffer = bufferIn(arena.state, format);
  }

  reset(inSync: boolean): void {
    this.buffer.reset(inSync);
    if (!inSync) this.#state.fill(NOSYNC);
  }

  state(region: number): number {
    return this.#state[region]!;
  }

  pending(region: number): number {
    return this.#pending[region]!;
  }

  /**
   * `rh_inc`: one more write in flight; the first one to a clean region marks it. True when it
   * marked.
   */
  begin(region: number): boolean {
    this.#pending[region]!++;
    if (this.#state[region] !== CLEAN) return false;
    this.#state[region] = DIRTY;
    this.buffer.mark(region);
    return true;
  }

  /** `rh_dec`: a write has completed on all legs. True when it was the last one in flight. */
  end(region: number): boolean {
    if (this.#pending[region] === 0) throw new Error(`region ${region} has no write in flight`);
    if (--this.#pending[region]! > 0) return false;
    if (this.#state[region] === DIRTY && this.#strategy.region('drained', region) === 'clear') {
      this.#state[region] = CLEAN;
      if (this.#listed[region] === 0) {
        this.#listed[region] = 1;
        this.#cleanList[this.#now[CLEAN_LISTED]!++] = region;
      }
    }
    return true;
  }

  /**
   * `rh_update_states`, clean regions: clears those that are still idle. `cleared` is told each of
   * them.
   */
  clearIdle(cleared: (region: number) => void): void {
    const count = this.#now[CLEAN_LISTED]!;
    for (let i = 0; i < count; i++) {
      const region = this.#cleanList[i]!;
      this.#cleanList[i] = 0;
      this.#listed[region] = 0;
      if (this.#state[region] !== CLEAN) continue;
      this.buffer.clear(region);
      cleared(region);
    }
    this.#now[CLEAN_LISTED] = 0;
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

  /** `rh_update_states`, recovered regions: clears it; -1: there is none. */
  takeRecovered(): number {
    const region = this.#now[RECOVERED]! - 1;
    if (region === -1) return -1;
    this.#now[RECOVERED] = 0;
    this.#state[region] = CLEAN;
    this.buffer.clear(region);
    return region;
  }

  /** Whether the next flush has to write; asking takes the answer. */
  takeTouched(): boolean {
    return this.buffer.takeTouched();
  }
}
