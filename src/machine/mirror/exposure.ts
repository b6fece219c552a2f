/**
 * When a crash would have ended in silent divergence: kept up to date while the run goes on.
 *
 * The mirror is exposed exactly while some sector of an in-sync leg differs from the default leg
 * and the record, as durable now, does not cover its region. Windows are [from, to), at the
 * instants at which sectors land. It never changes what happens. Whether the mirror is exposed now
 * follows from what is durable and stands with the state; what was stands with the meters.
 */
import { regionOf, type Geometry } from '../../media/geometry.js';
import type { Arena } from '../../sim/arena.js';

/** Windows beyond this number are counted and timed, but not kept. */
export const MOST_WINDOWS = 1000;
const MOST_REGIONS_KEPT = 4 * MOST_WINDOWS;

/** The record gave up a region in which the legs differ, or they came to differ after that. */
export type ExposedBy = 'clear' | 'landing';

export interface ExposureWatcher {
  opened(region: number, at: number, by: ExposedBy): void;
  closed(at: number): void;
}

export class Exposure {
  readonly #geometry: Geometry;
  /** Sectors of the region in which the legs differ. */
  readonly #mismatches: Int32Array;
  readonly #baseMismatches: Int32Array;
  readonly #covered: Uint8Array;
  readonly #exposedRegions: Int32Array;
  readonly #counts: Int32Array;
  readonly #times: Float64Array;
  // The windows are not in the arena: the counts say how many of them are of this run.
  readonly #from = new Float64Array(MOST_WINDOWS);
  readonly #to = new Float64Array(MOST_WINDOWS);
  /** Regions of window w stand at [regionsFrom[w], regionsFrom[w + 1]). */
  readonly #regionsFrom = new Int32Array(MOST_WINDOWS + 1);
  readonly #regions = new Int32Array(MOST_REGIONS_KEPT);
  watcher: ExposureWatcher | undefined;

  /** `baseMismatches`: sectors by region in which the legs differ at boot. */
  constructor(geometry: Geometry, baseMismatches: Int32Array, arena: Arena) {
    this.#geometry = geometry;
    this.#baseMismatches = baseMismatches;
    this.#mismatches = arena.state.i32(geometry.regions);
    this.#covered = arena.state.u8(geometry.regions);
    this.#exposedRegions = arena.state.i32(1);
    this.#counts = arena.meters.i32(2);
    this.#times = arena.meters.f64(2);
  }

  reset(initiallyMarked: boolean): void {
    this.#mismatches.set(this.#baseMismatches);
    if (initiallyMarked) this.#covered.fill(1);
  }

  /**
   * A sector landed; `before` and `after`: whether some in-sync leg differed from the default leg
   * there.
   */
  landed(sector: number, before: boolean, after: boolean, at: number): void {
    if (before === after) return;
    const region = regionOf(this.#geometry, sector);
    const mismatches = (this.#mismatches[region]! += after ? 1 : -1);
    if (this.#covered[region] === 1) return;
    if (after && mismatches === 1) this.#open(region, at, 'landing');
    else if (!after && mismatches === 0) this.#close(at);
  }

  /** The durable bit of a region changed. */
  recorded(region: number, covered: boolean, at: number): void {
    this.#covered[region] = covered ? 1 : 0;
    if (this.#mismatches[region] === 0) return;
    if (covered) this.#close(at);
    else this.#open(region, at, 'clear');
  }

  /** Whether recovery will copy the region. */
  isCovered(region: number): boolean {
    return this.#covered[region] === 1;
  }

  /** Ends the last window with the run. */
  finish(at: number): void {
    if (this.exposedNow) this.#endWindow(at);
  }

  get exposedNow(): boolean {
    return this.#exposedRegions[0]! > 0;
  }

  /** Nanoseconds of exposure, of windows that have ended. */
  get totalNs(): number {
    return this.#times[TOTAL]!;
  }

  get windowCount(): number {
    return this.#counts[WINDOWS]!;
  }

  /** The n-th window that was kept; the last one may still be open. */
  window(n: number): { fromNs: number; toNs: number; regions: number[] } {
    if (n >= Math.min(this.windowCount, MOST_WINDOWS)) throw new RangeError(`no window ${n}`);
    const regions = this.#regions.subarray(this.#regionsFrom[n], this.#regionsFrom[n + 1]);
    return {
      fromNs: this.#from[n]!,
      toNs: this.#to[n]!,
      regions: [...new Set(regions)].sort((a, b) => a - b),
    };
  }

  #open(region: number, at: number, by: ExposedBy): void {
    if (this.#exposedRegions[0]!++ === 0) {
      this.#times[SINCE] = at;
      const n = this.#counts[WINDOWS]!++;
      if (n < MOST_WINDOWS) {
        this.#from[n] = at;
        this.#to[n] = 0;
        this.#regionsFrom[n] = this.#counts[REGIONS_KEPT]!;
        this.#regionsFrom[n + 1] = this.#counts[REGIONS_KEPT]!;
      }
    }
    this.#keep(region);
    this.watcher?.opened(region, at, by);
  }

  #keep(region: number): void {
    const n = this.#counts[WINDOWS]! - 1;
    const kept = this.#counts[REGIONS_KEPT]!;
    if (n >= MOST_WINDOWS || kept >= MOST_REGIONS_KEPT) return;
    this.#regions[kept] = region;
    this.#counts[REGIONS_KEPT] = kept + 1;
    this.#regionsFrom[n + 1] = kept + 1;
  }

  #close(at: number): void {
    if (--this.#exposedRegions[0]! > 0) return;
    this.#endWindow(at);
    this.watcher?.closed(at);
  }

  #endWindow(at: number): void {
    this.#times[TOTAL]! += at - this.#times[SINCE]!;
    const n = this.#counts[WINDOWS]! - 1;
    if (n < MOST_WINDOWS) this.#to[n] = at;
  }
}

const WINDOWS = 0;
const REGIONS_KEPT = 1;

const TOTAL = 0;
const SINCE = 1;
