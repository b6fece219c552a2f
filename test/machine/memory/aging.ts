/** Dirty inodes whose time passes, and nothing else. */
import { DirtyInodes } from '../../../src/machine/memory/dirty-inodes.js';
import { Agenda, NOTHING_DUE } from '../../../src/sim/agenda.js';
import { Door } from '../../../src/sim/door.js';
import { Fingerprint } from '../../../src/sim/fingerprint.js';
import { instantOf, milliseconds, seconds } from '../../../src/sim/time.js';
import { watchedArena } from '../../sim/watched-arena.js';

const FILES = 0;
const DEVICE = 1;

export class Aging {
  readonly dirty: DirtyInodes;
  /** In seconds. */
  readonly expiries: number[] = [];
  readonly #arena = watchedArena();
  readonly #agenda: Agenda;

  constructor(pagesTellAll = false) {
    const { state, clock } = this.#arena;
    const door = new Door('agenda', new Fingerprint());
    door.open({ choose: () => 0 });
    this.#agenda = new Agenda(2, state, clock, door);
    this.dirty = new DirtyInodes(
      4,
      this.#agenda,
      { files: FILES, device: DEVICE },
      seconds(30),
      milliseconds(4),
      () => this.expiries.push(this.second),
      this.#arena,
      { oneIsDirty: false, pagesTellAll },
    );
  }

  get second(): number {
    return this.#agenda.now / 1e9;
  }

  /** Lets time pass; expiries that are due happen. */
  passTo(second: number): void {
    for (;;) {
      const slot = this.#agenda.next(instantOf(second * 1e9));
      if (slot === NOTHING_DUE) return;
      (slot === FILES ? this.dirty.files : this.dirty.device).step();
    }
  }

  /** All that stands in the banks, but for the hand of the clock. */
  held(): number[][] {
    return this.#arena.held();
  }
}
