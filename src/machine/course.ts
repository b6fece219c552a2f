/**
 * The pieces of an event: who is next, its step, the steps after it that nobody sees, what has
 * landed taken in, contents renamed.
 *
 * Each asks for little of the machine, and nothing that lasts is kept beside its banks: a search
 * can learn what a piece does and need not do it again (`sim/learned.ts`).
 */
import type { Application } from './application.js';
import { Unseen } from './unseen.js';
import type { WorldParts } from './world-parts.js';
import { NOTHING_DUE, type Slot } from '../sim/agenda.js';
import type { Instant } from '../sim/time.js';

export class Course {
  readonly #parts: WorldParts;
  /** By slot; undefined: a device or a daemon. */
  readonly #applications: readonly (Application | undefined)[];
  readonly #unseen: Unseen | undefined;
  /** By slot. */
  readonly #stepped: Float64Array;
  #acted: Slot = NOTHING_DUE;

  constructor(parts: WorldParts) {
    this.#parts = parts;
    this.#applications = parts.tasks.map((task) => parts.applications.find((one) => one === task));
    if (parts.goesOnUnseen) this.#unseen = new Unseen(parts.agenda, parts.tasks);
    this.#stepped = parts.arena.meters.f64(parts.tasks.length);
  }

  /** Whose event is next; NOTHING_DUE: nothing is due until then. */
  next(until: Instant): Slot {
    return this.#parts.agenda.next(until);
  }

  step(slot: Slot): void {
    const { agenda, fingerprint, tasks } = this.#parts;
    this.#acted = slot;
    this.#stepped[slot]!++;
    fingerprint.mixEvent(agenda.now, slot);
    // Most events are theirs: a call of one kind of object costs half of one of any kind.
    const application = this.#applications[slot];
    if (application === undefined) tasks[slot]!.step();
    else application.step();
  }

  /** What nobody sees goes with the event before it. */
  goOnUnseen(): void {
    const unseen = this.#unseen;
    if (unseen === undefined) return;
    for (let slot = unseen.next(); slot !== NOTHING_DUE; slot = unseen.next()) this.step(slot);
  }

  get slots(): number {
    return this.#parts.tasks.length;
  }

  /** By whom there can be steps that nobody sees; the first of them that has one goes first. */
  get unseenSlots(): readonly Slot[] {
    return this.#unseen?.slots ?? [];
  }

  /** False: there is no such step now. */
  stepUnseen(slot: Slot): boolean {
    if (this.#unseen?.takes(slot) !== true) return false;
    this.step(slot);
    return true;
  }

  settle(): void {
    this.#parts.devices.settle();
  }

  /** Sectors whose contents are renamed. */
  get renamed(): number {
    return this.#parts.renaming?.count ?? 0;
  }

  renameIn(n: number): void {
    this.#parts.renaming?.renameIn(n);
  }

  endRenaming(): void {
    this.#parts.renaming?.goOn();
  }

  /** Whose the last event was. */
  get acted(): Slot {
    return this.#acted;
  }

  /** Steps of applications so far. */
  get applicationSteps(): number {
    return this.#stepped.reduce((sum, steps, slot) => {
      return this.#applications[slot] === undefined ? sum : sum + steps;
    }, 0);
  }
}
