/**
 * How much recovery would have to copy, in the mean over all instants of the run, and how often
 * the record came to cover a region and ceased to: meters.
 */
import { SECTOR_BYTES, type Geometry } from '../../media/geometry.js';
import type { Bank } from '../../sim/arena.js';

const SINCE = 0;
const COVERED_BYTES = 1;
const BYTE_NS = 2;
const COVERED_REGIONS = 3;
const REGION_NS = 4;

const MARKS = 0;
const CLEARS = 1;

export class Coverage {
  readonly #geometry: Geometry;
  readonly #sums: Float64Array;
  readonly #counts: Int32Array;

  constructor(geometry: Geometry, meters: Bank) {
    this.#geometry = geometry;
    this.#sums = meters.f64(5);
    this.#counts = meters.i32(2);
  }

  reset(coversAll: boolean): void {
    if (!coversAll) return;
    this.#sums[COVERED_BYTES] = this.#geometry.sectors * SECTOR_BYTES;
    this.#sums[COVERED_REGIONS] = this.#geometry.regions;
  }

  recorded(region: number, covered: boolean, at: number): void {
    this.#pass(at);
    const sign = covered ? 1 : -1;
    this.#sums[COVERED_BYTES]! += sign * this.#bytesOf(region);
    this.#sums[COVERED_REGIONS]! += sign;
    this.#counts[covered ? MARKS : CLEARS]!++;
  }

  finish(at: number): void {
    this.#pass(at);
  }

  get marks(): number {
    return this.#counts[MARKS]!;
  }

  get clears(): number {
    return this.#counts[CLEARS]!;
  }

  /** Covered bytes, and regions, times nanoseconds. */
  get byteNs(): number {
    return this.#sums[BYTE_NS]!;
  }

  get regionNs(): number {
    return this.#sums[REGION_NS]!;
  }

  #pass(at: number): void {
    const passed = at - this.#sums[SINCE]!;
    this.#sums[BYTE_NS]! += passed * this.#sums[COVERED_BYTES]!;
    this.#sums[REGION_NS]! += passed * this.#sums[COVERED_REGIONS]!;
    this.#sums[SINCE] = at;
  }

  #bytesOf(region: number): number {
    const { sectors, regionSectors } = this.#geometry;
    return Math.min(regionSectors, sectors - region * regionSectors) * SECTOR_BYTES;
  }
}
