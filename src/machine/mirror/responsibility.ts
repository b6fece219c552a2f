/**
 * Whose fault it is that legs differ: the sectors in which an application changed the buffer of an
 * O_DIRECT write while that was under way. Nobody owes it that its legs agree there (the mail,
 * case 1). It changes nothing that happens, but how it is judged: so it is part of the state.
 *
 * A sector is the application's until a later write of it has completed, undisturbed by the
 * application: what the legs hold then is the mirror's responsibility again.
 */
import type { Arena } from '../../sim/arena.js';
import type { TouchedMap } from '../../sim/touched-map.js';

const MIRRORS = 0;
/** Since a write that has completed. */
const APPLICATIONS = 1;
/** In the write that is under way. */
const SCRIBBLED = 2;

export class Responsibility {
  readonly #whose: TouchedMap;
  /** How many sectors are not the mirror's. */
  readonly #others: Int32Array;

  constructor(sectors: number, arena: Arena) {
    this.#whose = arena.state.map(new Int32Array(sectors));
    this.#others = arena.state.i32(1);
  }

  /** All sectors are the mirror's. */
  get isUndivided(): boolean {
    return this.#others[0] === 0;
  }

  isApplications(sector: number): boolean {
    return !this.isUndivided && this.#whose.values[sector] !== MIRRORS;
  }

  scribbled(sector: number): void {
    if (this.#whose.values[sector] === MIRRORS) this.#others[0]!++;
    this.#whose.set(sector, SCRIBBLED);
  }

  /** A write of the sector has completed. */
  written(sector: number): void {
    const whose = this.#whose.values[sector]!;
    if (whose === MIRRORS) return;
    if (whose === APPLICATIONS) this.#others[0]!--;
    this.#whose.set(sector, whose === SCRIBBLED ? APPLICATIONS : MIRRORS);
  }

  /** The sectors that are the application's now, ascending. */
  list(): number[] {
    const sectors: number[] = [];
    for (let n = 0; n < this.#whose.touchedCount; n++) {
      const sector = this.#whose.touched(n);
      if (this.isApplications(sector)) sectors.push(sector);
    }
    return sectors.sort((a, b) => a - b);
  }
}
