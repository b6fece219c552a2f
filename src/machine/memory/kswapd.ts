/**
 * kswapd: frees pages when few are free, and writes those that are dirty, whatever their age.
 *
 * Follows: mm/vmscan.c of 2.6.25 `kswapd`, `balance_pgdat`: woken below pages_low, it goes over the
 * lists with rising force until pages_high are free, or until it has been six times round without a
 * page (`all_unreclaimable`). Before it looks harder for the third time it naps a tenth of a
 * second.
 * Leaves out: congestion, which would end a nap early; more than one zone and node.
 */
import { DEF_PRIORITY, PASS_ENDED, SWAP_CLUSTER_MAX, type ShrinkZone } from './shrink-zone.js';
import type { Zone } from './zone.js';
import type { Agenda, Slot, Task } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';
import { milliseconds } from '../../sim/time.js';

/** `congestion_wait(WRITE, HZ/10)`. */
export const NAP = milliseconds(100);

const SLEEPS = 0;
const LOOKS = 1;
const SCANS = 2;

const POINT = 0;
const PRIORITY = 1;

export class Kswapd implements Task {
  readonly #agenda: Agenda;
  readonly #slot: Slot;
  readonly #zone: Zone;
  readonly #shrink: ShrinkZone;
  readonly #now: Int32Array;

  constructor(agenda: Agenda, slot: Slot, zone: Zone, shrink: ShrinkZone, state: Bank) {
    this.#agenda = agenda;
    this.#slot = slot;
    this.#zone = zone;
    this.#shrink = shrink;
    this.#now = state.i32(2);
  }

  /** It sleeps until it is woken. */
  reset(): void {
    this.#agenda.idle(this.#slot);
  }

  step(): void {
    switch (this.#now[POINT]) {
      case SLEEPS:
        this.#startOver();
        this.#look();
        return;
      case LOOKS: // balance_pgdat: the next priority
        this.#look();
        return;
      case SCANS: // shrink_zone
        this.#scan();
        return;
      default:
        throw new Error(`kswapd stands nowhere: ${this.#now[POINT]}`);
    }
  }

  #startOver(): void {
    this.#now[PRIORITY] = DEF_PRIORITY;
    this.#shrink.forgetCounts();
  }

  #look(): void {
    const isBalanced = this.#zone.free >= this.#zone.watermarks.high;
    const givesUp = this.#zone.isHopeless && this.#now[PRIORITY] !== DEF_PRIORITY;
    if (isBalanced || givesUp) {
      clearLocals(this.#now);
      this.#shrink.forgetCounts();
      this.#agenda.idle(this.#slot);
      return;
    }
    this.#shrink.start(this.#now[PRIORITY]!);
    this.#now[POINT] = SCANS;
    this.#scan();
  }

  #scan(): void {
    if (this.#shrink.step() !== PASS_ENDED) {
      this.#agenda.arm(this.#slot, 0);
      return;
    }
    const now = this.#now;
    const naps = this.#shrink.scanned > 0 && now[PRIORITY]! < DEF_PRIORITY - 2;
    const isLast = now[PRIORITY] === 0 || this.#shrink.reclaimed >= SWAP_CLUSTER_MAX;
    if (isLast) this.#startOver();
    else now[PRIORITY]!--;
    now[POINT] = LOOKS;
    this.#agenda.arm(this.#slot, naps ? NAP : 0);
  }
}
