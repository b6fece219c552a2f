/** How a search goes from state to state: what it goes back to, and one event from there. */
import type { Instant } from '../../sim/time.js';
import type { Snapshot } from '../../sim/snapshot.js';
import type { World } from '../../machine/world.js';
import { metIn, Watch, type Met } from './search.js';

export interface Steps {
  /** `again`: it is what was gone back to last, which costs less. */
  goBack(to: Snapshot, again: boolean): void;
  /** One event; false: nothing happens any more. */
  goOn(): boolean;
  /** By whose fault the mirror is exposed, and by whose it came to be so during the event. */
  readonly exposed: number;
  readonly opened: number;
  /** The 64 bits of the state, for less than {@link save}. */
  hash(into: Snapshot): void;
  save(into: Snapshot): void;
  readonly met: Met;
  /** Whether another way would be quicker. */
  readonly isSlow: boolean;
}

/** Each event happens in the world. */
export class PlainSteps implements Steps {
  readonly #world: World;
  readonly #until: Instant;
  readonly #watch: Watch;
  readonly isSlow = false;

  constructor(world: World, until: Instant) {
    this.#world = world;
    this.#until = until;
    this.#watch = new Watch({ world, countsAll: true });
  }

  goBack(to: Snapshot, again: boolean): void {
    this.#world.restore(to, again);
  }

  goOn(): boolean {
    this.#watch.before();
    const happened = this.#world.advance(this.#until);
    this.#world.takeIn();
    return happened;
  }

  get exposed(): number {
    return this.#watch.exposed;
  }

  get opened(): number {
    return this.#watch.opened;
  }

  get met(): Met {
    return metIn(this.#world);
  }

  hash(into: Snapshot): void {
    this.#world.arena.hash(into);
  }

  save(into: Snapshot): void {
    this.#world.save(into, true);
  }
}
