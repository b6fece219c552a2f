/**
 * What memory demands of a thread between two steps of whatever it does: to free pages that it has
 * taken out of the reserve, to write pages when too many are dirty.
 *
 * Follows: mm/page_alloc.c of 2.6.25 `__alloc_pages` and mm/page-writeback.c `balance_dirty_pages`,
 * which run inside of the call that took or dirtied a page, under the locks that it holds.
 */
import type { DirectReclaim } from './direct-reclaim.js';
import type { DirtyBalance } from './dirty-balance.js';
import { RETURNED, type Operation } from '../operation.js';
import type { Throttle } from './throttle.js';
import type { Zone } from './zone.js';
import type { Slot } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';

export class Duties implements Operation {
  readonly #zone: Zone;
  readonly #balance: DirtyBalance;
  readonly #reclaim: DirectReclaim;
  readonly #throttle: Throttle;
  readonly #slot: Slot;
  readonly #reclaims: Uint8Array;

  constructor(
    zone: Zone,
    balance: DirtyBalance,
    reclaim: DirectReclaim,
    throttle: Throttle,
    slot: Slot,
    state: Bank,
  ) {
    this.#zone = zone;
    this.#balance = balance;
    this.#reclaim = reclaim;
    this.#throttle = throttle;
    this.#slot = slot;
    this.#reclaims = state.u8(1);
  }

  /** What daemons took is not the thread's debt. */
  stepBegins(): void {
    if (!this.#zone.isAmple) this.#zone.takeDebt();
  }

  /** The thread has made a step: if it took pages out of the reserve, that is its debt. */
  stepEnded(): void {
    if (!this.#zone.isAmple && this.#zone.takeDebt()) this.#reclaims[0] = 1;
  }

  /** Whether there is something to do before the thread's next step. */
  get areOwed(): boolean {
    return this.#reclaims[0] === 1 || this.#balance.owes(this.#slot);
  }

  step(): number {
    if (this.#reclaims[0] === 1) {
      const progress = this.#reclaim.step();
      if (progress !== RETURNED) return progress;
      this.#reclaims[0] = 0;
    }
    return this.#balance.owes(this.#slot) ? this.#throttle.step() : RETURNED;
  }
}
