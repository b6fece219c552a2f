/**
 * How long regions have gone without a write: an age is an event, never a comparison of clocks.
 *
 * The slot stands for the region that is due first; equal delays come in the order in which they
 * were asked for.
 */
import { NO_REGION, RegionList } from './region-list.js';
import type { Agenda, Slot, Task } from '../../sim/agenda.js';
import type { Arena } from '../../sim/arena.js';
import { durationOf, type Duration } from '../../sim/time.js';

export class RegionAges implements Task {
  readonly #agenda: Agenda;
  readonly #slot: Slot;
  readonly #ageing: RegionList;
  readonly #isAgeing: Uint8Array;
  readonly #due: Float64Array;
  #aged: ((region: number) => void) | undefined;

  constructor(regions: number, agenda: Agenda, slot: Slot, arena: Arena) {
    this.#agenda = agenda;
    this.#slot = slot;
    this.#ageing = new RegionList(regions, arena.state);
    this.#isAgeing = arena.state.u8(regions);
    this.#due = arena.clock.f64(regions);
  }

  /** `aged` is told each region whose time has come. */
  attach(aged: (region: number) => void): void {
    this.#aged = aged;
  }

  /** The region is told after that long, unless a write comes before. */
  wait(region: number, duration: Duration): void {
    this.forget(region);
    const due = this.#agenda.now + duration;
    let before = this.#ageing.last;
    while (before !== NO_REGION && this.#due[before]! > due) before = this.#ageing.before(before);
    this.#ageing.insertAfter(region, before);
    this.#isAgeing[region] = 1;
    this.#due[region] = due;
    this.#watchFirst();
  }

  /** A write to the region: it is as young as can be. */
  forget(region: number): void {
    if (this.#isAgeing[region] === 0) return;
    this.#remove(region);
    this.#watchFirst();
  }

  step(): void {
    const region = this.#ageing.first;
    this.#remove(region);
    this.#watchFirst();
    this.#aged?.(region);
  }

  #remove(region: number): void {
    this.#ageing.remove(region);
    this.#isAgeing[region] = 0;
    this.#due[region] = 0;
  }

  #watchFirst(): void {
    const first = this.#ageing.first;
    if (first === NO_REGION) this.#agenda.disarm(this.#slot);
    else this.#agenda.arm(this.#slot, durationOf(this.#due[first]! - this.#agenda.now));
  }
}
