/**
 * A process that takes memory and fills it, or gives it back.
 *
 * Follows: mm/memory.c of 2.6.25 `do_anonymous_page` (a page at each first touch), `unmap_region`.
 * Models: pages that nobody else wants: without swap they stay until they are given back, the last
 * ones first.
 * Leaves out: swap; what the pages hold.
 */
import type { Lru } from './lru.js';
import { NotModelled, PREEMPTIBLE, RETURNED, type Operation } from '../operation.js';
import type { Zone } from './zone.js';
import { NO_PAGE } from './page-lists.js';
import { PAGE_BYTES } from '../../media/geometry.js';
import type { Bank } from '../../sim/arena.js';

/** Pages touched in one step, unless memory runs short before. */
const PAGES_A_STEP = 32;

const WANTED = 0;
const HELD = 1;
const LAST = 2;

export class UseMemory implements Operation {
  readonly #name: string;
  readonly #zone: Zone;
  readonly #lru: Lru;
  readonly #isAlone: boolean;
  readonly #now: Int32Array;

  /** `isAlone`: whether no other process takes or gives back memory, and this one only takes. */
  constructor(name: string, zone: Zone, lru: Lru, isAlone: boolean, state: Bank) {
    this.#name = name;
    this.#isAlone = isAlone;
    this.#zone = zone;
    this.#lru = lru;
    this.#now = state.i32(3);
  }

  use(bytes: number): void {
    this.#now[WANTED] = Math.ceil(bytes / PAGE_BYTES);
  }

  release(bytes: number): void {
    const pages = Math.ceil(bytes / PAGE_BYTES);
    if (pages > this.#now[HELD]!) {
      const held = this.#now[HELD]! * PAGE_BYTES;
      throw new NotModelled(`${this.#name}: release of ${bytes} bytes, of which it has ${held}`);
    }
    for (let n = 0; n < pages; n++) this.#give();
  }

  /**
   * Pages come in while so many are free that nobody will be short, whatever files take: the others
   * meet neither these pages nor their number.
   */
  get isUnseen(): boolean {
    return this.#isAlone && this.#zone.hasRoomFor(PAGES_A_STEP);
  }

  step(): number {
    const now = this.#now;
    for (let n = 0; n < PAGES_A_STEP && now[WANTED]! > 0; n++) {
      this.#take();
      if (this.#zone.isBelowMin) break;
    }
    return now[WANTED] === 0 ? RETURNED : PREEMPTIBLE;
  }

  #take(): void {
    const now = this.#now;
    if (!this.#zone.isAmple) now[LAST] = this.#lru.enterAnonymous(now[LAST]!);
    now[WANTED]!--;
    now[HELD]!++;
    this.#zone.anonymous++;
  }

  #give(): void {
    const now = this.#now;
    if (now[LAST] !== NO_PAGE) now[LAST] = this.#lru.leaveAnonymous(now[LAST]!);
    now[HELD]!--;
    this.#zone.anonymous--;
  }
}
