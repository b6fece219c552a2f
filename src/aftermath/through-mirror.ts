/**
 * The mirror as a reader and a writer see it: reads come from the default leg, writes go to every
 * leg that is left.
 *
 * Follows: dm-raid1.c `choose_mirror`: there is no read balancing, so the other legs are never read
 * until the default one is gone.
 */
import type { MutableSectors } from '../media/sectors.js';
import type { SectorPool } from '../media/sector-pool.js';

export class ThroughMirror implements MutableSectors {
  readonly pool: SectorPool;
  readonly count: number;
  readonly #legs: readonly MutableSectors[];
  readonly #source: MutableSectors;

  /** The first leg of the list is the default one. */
  constructor(legs: readonly MutableSectors[]) {
    const [source] = legs;
    if (source === undefined) throw new RangeError('a mirror without legs');
    this.#legs = legs;
    this.#source = source;
    this.pool = source.pool;
    this.count = source.count;
  }

  get(sector: number): number {
    return this.#source.get(sector);
  }

  set(sector: number, value: number): void {
    for (const leg of this.#legs) leg.set(sector, value);
  }
}

/**
 * A mounted view: what was in memory when it was mounted stays there, whatever becomes of the legs
 * below.
 */
export class MountedSectors implements MutableSectors {
  readonly pool: SectorPool;
  readonly count: number;
  readonly #memory: MutableSectors;
  #below: MutableSectors;

  constructor(memory: MutableSectors, below: MutableSectors) {
    this.pool = memory.pool;
    this.count = memory.count;
    this.#memory = memory;
    this.#below = below;
  }

  /** A leg was removed: writes go to those that are left, reads still come from memory. */
  moveOnto(below: MutableSectors): void {
    this.#below = below;
  }

  get(sector: number): number {
    return this.#memory.get(sector);
  }

  set(sector: number, value: number): void {
    this.#memory.set(sector, value);
    this.#below.set(sector, value);
  }
}
