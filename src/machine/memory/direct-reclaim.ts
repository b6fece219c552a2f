/**
 * A thread that wants a page when hardly any is free, and has to free some first.
 *
 * Follows: mm/page_alloc.c of 2.6.25 `__alloc_pages`, mm/vmscan.c `try_to_free_pages`: it tries
 * again until the zone was gone over six times without a page (`all_unreclaimable`).
 * Leaves out: its wake of pdflush for as many pages as it has looked at; the OOM killer.
 */
import { NAP } from './kswapd.js';
import { AT_ONCE, NotModelled, RETURNED, WAITING, type Operation } from '../operation.js';
import { DEF_PRIORITY, PASS_ENDED, SWAP_CLUSTER_MAX, type ShrinkZone } from './shrink-zone.js';
import type { Zone } from './zone.js';
import type { Agenda, Slot } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';
import { milliseconds, type Duration } from '../../sim/time.js';

/** `congestion_wait(WRITE, HZ/50)` before the page is asked for again. */
const SHORT_NAP = milliseconds(20);

const LOOKS = 0;
const SCANS = 1;

const POINT = 0;
const BEGUN = 1;
const PRIORITY = 2;

export class DirectReclaim implements Operation {
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
    this.#now = state.i32(3);
  }

  step(): number {
    if (this.#now[BEGUN] === 0) this.#startOver();
    if (this.#now[POINT] === LOOKS) {
      if (!this.#zone.isBelowMin) return this.#end();
      this.#shrink.start(this.#now[PRIORITY]!);
      this.#now[POINT] = SCANS;
    }
    return this.#shrink.step() === PASS_ENDED ? this.#passEnded() : AT_ONCE;
  }

  #startOver(): void {
    this.#now[BEGUN] = 1;
    this.#now[PRIORITY] = DEF_PRIORITY;
    this.#shrink.forgetCounts();
  }

  #passEnded(): number {
    const now = this.#now;
    const priority = now[PRIORITY]!;
    now[POINT] = LOOKS;
    if (this.#shrink.reclaimed >= SWAP_CLUSTER_MAX || priority === 0) {
      if (!this.#zone.isBelowMin) return this.#end();
      if (this.#shrink.reclaimed === 0 && this.#zone.isHopeless) {
        throw new NotModelled('no page can be reclaimed (the OOM killer is not modelled)');
      }
      this.#startOver();
      return this.#nap(SHORT_NAP);
    }
    now[PRIORITY]!--;
    return this.#shrink.scanned > 0 && priority < DEF_PRIORITY - 2 ? this.#nap(NAP) : AT_ONCE;
  }

  #nap(duration: Duration): number {
    this.#agenda.arm(this.#slot, duration);
    return WAITING;
  }

  #end(): number {
    clearLocals(this.#now);
    this.#shrink.forgetCounts();
    return RETURNED;
  }
}
