/**
 * What is due, and when: one slot a task, at most one due time a slot.
 *
 * Follows nothing in the kernel: this is virtual time itself. The clock moves to the next due time
 * and never past it. Slots that are due at one instant have no order in nature: which goes first is
 * a choice, in slot order.
 *
 * A task that is *idle* can be woken: it is due now. A wake-up of a busy task is latched and taken
 * when it idles.
 *
 * The earliest due time of each group of eight slots is kept beside the due times. It is an index,
 * rebuilt from them at any time; with it the next of 64 slots costs two scans of eight. In free
 * timing nobody needs it.
 *
 * In *free timing* the clock stands still and delays count for nothing: whatever is armed is due
 * now, so that any of it may be next. What holds then holds for every timing.
 */
import type { Bank } from './arena.js';
import type { Door } from './door.js';
import { START, type Duration, type Instant } from './time.js';

export type Slot = number;

/** A small state machine; one step is one event. */
export interface Task {
  step(): void;
  /**
   * Whether its next step is one that nobody sees: what may go before it may as well come after,
   * and a crash before it leaves what a crash after it leaves. In free timing it goes at once.
   */
  readonly isUnseen?: boolean;
}

/** What {@link Agenda.next} answers when nothing is due in time. */
export const NOTHING_DUE = -1;

/** Whether due times count. */
export type Timing = 'scenario' | 'free';

const GROUP = 8;
const BUSY = 0;
const IDLE = 1;

export class Agenda {
  readonly #now: Float64Array;
  readonly #door: Door;
  /** What a delay is worth: 1, or 0 in free timing. */
  readonly #pace: number;
  /** Infinity: not armed. */
  readonly #due: Float64Array;
  readonly #earliest: Float64Array;
  readonly #idle: Uint8Array;
  readonly #latched: Uint8Array;

  constructor(slots: number, state: Bank, clock: Bank, door: Door, timing: Timing = 'scenario') {
    const groups = Math.ceil(slots / GROUP);
    this.#door = door;
    this.#pace = timing === 'free' ? 0 : 1;
    this.#now = clock.f64(1);
    this.#due = clock.f64(groups * GROUP);
    this.#earliest = new Float64Array(groups);
    this.#idle = state.u8(slots);
    this.#latched = state.u8(slots);
    this.reset();
  }

  get now(): Instant {
    return this.#now[0] as Instant;
  }

  get timing(): Timing {
    return this.#pace === 0 ? 'free' : 'scenario';
  }

  /** Nothing is armed, nobody is idle, the clock stands at the start. */
  reset(): void {
    this.#now[0] = START;
    this.#due.fill(Infinity);
    this.#earliest.fill(Infinity);
    this.#idle.fill(BUSY);
    this.#latched.fill(0);
  }

  /** The due times are others than before: the index is made anew. */
  restored(): void {
    if (this.#pace === 0) return;
    for (let group = 0; group < this.#earliest.length; group++) this.#findEarliest(group);
  }

  /** Makes a slot due after a delay; a slot that is armed already moves. */
  arm(slot: Slot, delay: Duration | 0): void {
    const at = this.#now[0]! + delay * this.#pace;
    const before = this.#due[slot]!;
    const group = slot >> 3;
    this.#due[slot] = at;
    if (this.#pace === 0) return;
    if (at <= this.#earliest[group]!) this.#earliest[group] = at;
    else if (before === this.#earliest[group]) this.#findEarliest(group);
  }

  disarm(slot: Slot): void {
    const before = this.#due[slot]!;
    this.#due[slot] = Infinity;
    if (this.#pace === 0) return;
    if (before === this.#earliest[slot >> 3]) this.#findEarliest(slot >> 3);
  }

  isArmed(slot: Slot): boolean {
    return this.#due[slot] !== Infinity;
  }

  /** When an armed slot is due; Infinity when it is not armed. */
  dueAt(slot: Slot): number {
    return this.#due[slot]!;
  }

  /** Wakes an idle task now; a busy one when it idles. */
  wake(slot: Slot): void {
    if (this.#idle[slot] === BUSY) {
      this.#latched[slot] = 1;
      return;
    }
    this.#idle[slot] = BUSY;
    this.arm(slot, 0);
  }

  /** Whatever a busy task was woken for is gone. */
  forgetWake(slot: Slot): void {
    this.#latched[slot] = 0;
  }

  /** The task has nothing to do: it sleeps until it is woken, or goes again at once when it was. */
  idle(slot: Slot): void {
    if (this.#latched[slot] === 0) {
      this.#idle[slot] = IDLE;
      return;
    }
    this.#latched[slot] = 0;
    this.arm(slot, 0);
  }

  /**
   * Moves the clock to the earliest due time, disarms one slot that is due then and returns it.
   * When nothing is due until `until`, the clock stands there and the answer is NOTHING_DUE.
   */
  next(until: Instant): Slot {
    if (this.#pace === 0) return this.#nextOfArmed(until);
    const earliest = this.#earliest;
    let at = earliest[0]!;
    let group = 0;
    let groups = 1;
    for (let n = 1; n < earliest.length; n++) {
      if (earliest[n]! > at) continue;
      groups = earliest[n] === at ? groups + 1 : 1;
      if (groups === 1) group = n;
      at = earliest[n]!;
    }
    if (at > until) {
      this.#now[0] = until;
      return NOTHING_DUE;
    }
    this.#now[0] = at;
    return groups === 1 ? this.#takeFrom(group, at) : this.#takeAnyOf(at);
  }

  /**
   * Whether `at` has passed. An instant that is exactly now has and has not: which, is a choice; 0
   * says not yet.
   */
  passed(at: Instant, door: Door, what: string): boolean {
    const now = this.#now[0]!;
    if (at === now) return door.choose(2, what) === 1;
    return at < now;
  }

  /** In free timing: all that is armed is due now. */
  #nextOfArmed(until: Instant): Slot {
    if (this.#due.includes(this.#now[0]!)) return this.#takeAnyOf(this.#now[0]!);
    this.#now[0] = until;
    return NOTHING_DUE;
  }

  /**
   * Takes what is due at `at` from the only group that has any: one scan, as long as it is one
   * slot.
   */
  #takeFrom(group: number, at: number): Slot {
    const due = this.#due;
    const end = (group + 1) * GROUP;
    let first = NOTHING_DUE;
    let rest = Infinity;
    for (let slot = group * GROUP; slot < end; slot++) {
      const other = due[slot]!;
      if (other === at) {
        if (first !== NOTHING_DUE) return this.#takeAnyOf(at);
        first = slot;
      } else if (other < rest) rest = other;
    }
    due[first] = Infinity;
    this.#earliest[group] = rest;
    return first;
  }

  /** Several are due at `at`: which goes first is a choice. */
  #takeAnyOf(at: number): Slot {
    const due = this.#due;
    let several = 0;
    for (let slot = 0; slot < due.length; slot++) {
      if (due[slot] === at) several++;
    }
    let skip = this.#door.choose(several, 'next');
    let slot = due.indexOf(at);
    while (skip > 0) {
      slot = due.indexOf(at, slot + 1);
      skip--;
    }
    due[slot] = Infinity;
    if (this.#pace !== 0) this.#findEarliest(slot >> 3);
    return slot;
  }

  #findEarliest(group: number): void {
    const due = this.#due;
    const end = (group + 1) * GROUP;
    let at = due[group * GROUP]!;
    for (let slot = group * GROUP + 1; slot < end; slot++) {
      if (due[slot]! < at) at = due[slot]!;
    }
    this.#earliest[group] = at;
  }
}
