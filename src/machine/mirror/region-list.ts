/**
 * Regions in an order: a list in both directions, linked by number, so that taking one out costs
 * nothing. In order of use it is DRBD's least-recently-used list (lib/lru_cache.c), in order of
 * due times a queue.
 */
import type { Bank } from '../../sim/arena.js';

/** In place of a region. */
export const NO_REGION = -1;

const FIRST = 0;
const LAST = 1;
const COUNT = 2;

export class RegionList {
  /** Plus 1; 0: none. */
  readonly #next: Int32Array;
  readonly #before: Int32Array;
  readonly #ends: Int32Array;

  constructor(regions: number, state: Bank) {
    this.#next = state.i32(regions);
    this.#before = state.i32(regions);
    this.#ends = state.i32(3);
  }

  get count(): number {
    return this.#ends[COUNT]!;
  }

  get first(): number {
    return this.#ends[FIRST]! - 1;
  }

  get last(): number {
    return this.#ends[LAST]! - 1;
  }

  after(region: number): number {
    return this.#next[region]! - 1;
  }

  before(region: number): number {
    return this.#before[region]! - 1;
  }

  append(region: number): void {
    this.insertAfter(region, this.last);
  }

  /** Behind `before`; behind NO_REGION: as the first one. */
  insertAfter(region: number, before: number): void {
    const next = before === NO_REGION ? this.first : this.after(before);
    this.#join(before, region);
    this.#join(region, next);
    this.#ends[COUNT]!++;
  }

  remove(region: number): void {
    this.#join(this.before(region), this.after(region));
    this.#next[region] = 0;
    this.#before[region] = 0;
    this.#ends[COUNT]!--;
  }

  moveToEnd(region: number): void {
    if (this.last === region) return;
    this.remove(region);
    this.append(region);
  }

  #join(before: number, next: number): void {
    if (before === NO_REGION) this.#ends[FIRST] = next + 1;
    else this.#next[before] = next + 1;
    if (next === NO_REGION) this.#ends[LAST] = before + 1;
    else this.#before[next] = before + 1;
  }
}
