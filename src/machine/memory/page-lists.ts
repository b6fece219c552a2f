/**
 * Pages by number in two lists, each from the newest to the oldest; numbers are given out from 1 on
 * and given back.
 *
 * What never came in costs nothing: an array is as long as memory, and only what was linked was
 * written.
 */
import type { Bank } from '../../sim/arena.js';

/** In place of a page: there is none. */
export const NO_PAGE = 0;

export class PageLists {
  readonly #newer: Int32Array;
  readonly #older: Int32Array;
  readonly #newest: Int32Array;
  readonly #oldest: Int32Array;
  readonly #length: Int32Array;
  /** The first number that was given back, and how many were ever given out. */
  readonly #spare: Int32Array;

  constructor(pages: number, state: Bank) {
    this.#newer = state.i32(pages + 1);
    this.#older = state.i32(pages + 1);
    this.#newest = state.i32(2);
    this.#oldest = state.i32(2);
    this.#length = state.i32(2);
    this.#spare = state.i32(2);
  }

  length(list: number): number {
    return this.#length[list]!;
  }

  oldest(list: number): number {
    return this.#oldest[list]!;
  }

  /** A number that no page has; it is on no list. */
  takeNumber(): number {
    const page = this.#spare[0]!;
    if (page === NO_PAGE) return ++this.#spare[1]!;
    this.#spare[0] = this.#older[page]!;
    this.#older[page] = NO_PAGE;
    return page;
  }

  giveNumber(page: number): void {
    this.#older[page] = this.#spare[0]!;
    this.#spare[0] = page;
  }

  addNewest(list: number, page: number): void {
    const second = this.#newest[list]!;
    this.#older[page] = second;
    if (second === NO_PAGE) this.#oldest[list] = page;
    else this.#newer[second] = page;
    this.#newest[list] = page;
    this.#length[list]!++;
  }

  addOldest(list: number, page: number): void {
    const last = this.#oldest[list]!;
    this.#newer[page] = last;
    if (last === NO_PAGE) this.#newest[list] = page;
    else this.#older[last] = page;
    this.#oldest[list] = page;
    this.#length[list]!++;
  }

  remove(list: number, page: number): void {
    const newer = this.#newer[page]!;
    const older = this.#older[page]!;
    if (newer === NO_PAGE) this.#newest[list] = older;
    else this.#older[newer] = older;
    if (older === NO_PAGE) this.#oldest[list] = newer;
    else this.#newer[older] = newer;
    this.#newer[page] = NO_PAGE;
    this.#older[page] = NO_PAGE;
    this.#length[list]!--;
  }
}
