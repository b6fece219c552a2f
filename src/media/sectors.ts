/**
 * A run of sectors as numbers: each number stands for 512 immutable bytes in a pool.
 *
 * Memory, samples, legs and base images all have this shape. To sample a sector is to copy a
 * number; two sectors of one pool have equal bytes exactly when their numbers are equal.
 */
import type { SectorPool } from './sector-pool.js';

export interface Sectors {
  readonly pool: SectorPool;
  /** How many sectors there are. */
  readonly count: number;
  /** The value of a sector in [0, count). */
  get(sector: number): number;
}

export interface MutableSectors extends Sectors {
  set(sector: number, value: number): void;
}

/**
 * Sectors over a shared, unchanged base: what was written here stands in a map. For quiet work
 * after a crash.
 */
export class OverlaidSectors implements MutableSectors {
  readonly pool: SectorPool;
  readonly count: number;
  readonly #base: Sectors;
  readonly #changed = new Map<number, number>();

  constructor(base: Sectors) {
    this.#base = base;
    this.pool = base.pool;
    this.count = base.count;
  }

  get(sector: number): number {
    return this.#changed.get(sector) ?? this.#base.get(sector);
  }

  set(sector: number, value: number): void {
    if (sector < 0 || sector >= this.count) throw new RangeError(`no sector ${sector}`);
    this.#changed.set(sector, value);
  }

  /** The sectors that were set, in the order of their first change. */
  changed(): IterableIterator<number> {
    return this.#changed.keys();
  }
}

/** What the sectors hold now, in an array of their own. */
export function denseCopyOf(sectors: Sectors): DenseSectors {
  const copy = new DenseSectors(sectors.pool, sectors.count);
  if (sectors instanceof DenseSectors) copy.values.set(sectors.values);
  else for (let sector = 0; sector < copy.count; sector++) copy.set(sector, sectors.get(sector));
  return copy;
}

/** Sectors in one array, one number each; all zeroes at first. */
export class DenseSectors implements MutableSectors {
  readonly pool: SectorPool;
  readonly values: Int32Array;

  /** `values`: room for so many, all zeroes. */
  constructor(pool: SectorPool, count: number, values: Int32Array = new Int32Array(count)) {
    this.pool = pool;
    this.values = values;
  }

  get count(): number {
    return this.values.length;
  }

  get(sector: number): number {
    const value = this.values[sector];
    if (value === undefined) throw new RangeError(`no sector ${sector}`);
    return value;
  }

  set(sector: number, value: number): void {
    if (sector < 0 || sector >= this.count) throw new RangeError(`no sector ${sector}`);
    this.values[sector] = value;
  }
}
