/**
 * In a search: what a sector of a file holds is named by who else holds the same.
 *
 * Each store of a file writes what no store has written before, and all that is ever asked of it is
 * whether two hold the same. So which store it came from is not part of a state: memory holds the
 * name of boot, and every other content gets the next name in the order of those who hold it: the
 * legs, what they have sampled aside. Stores go on from a version above all names.
 *
 * What a leg holds where it is about to write is dead: a region stays marked while a write to it is
 * in flight, so a crash has recovery make the legs equal, and what a file then says is no part of a
 * state. So it is forgotten when the write is handed to the leg. What stands for it is another
 * thing on each leg: if the region were not marked after all, this would show.
 * Leaves out: private copies and sums, which hold contents too; worlds with these do not rename.
 */
import type { Devices } from './mirror/devices.js';
import type { Inodes } from './files/inodes.js';
import type { Memory } from './memory/memory.js';
import type { Promises } from './files/promises.js';
import type { Leg } from '../media/leg.js';
import type { Requests } from '../media/requests.js';
import type { SectorPool } from '../media/sector-pool.js';

/** Sectors [from, end) of a file that is there at boot. */
export interface FileSectors {
  readonly file: number;
  readonly from: number;
  readonly end: number;
}

export interface RenamingParts {
  readonly memory: Memory;
  readonly requests: Requests;
  readonly devices: Pick<Devices, 'renamed'>;
  readonly legs: readonly Leg[];
  readonly inodes: Inodes;
  readonly promises: Promises;
  /** All that is ever stored to, each sector once. */
  readonly stored: readonly FileSectors[];
}

export class Renaming {
  readonly #parts: RenamingParts;
  /** Contents that a sector can have at once: of memory, each leg, each sample. */
  readonly #dead: number;
  /** And behind them, by leg, what stands for those that are dead. */
  readonly #most: number;
  readonly #sectors: number[] = [];
  /** By sector stored to, then by name: the content. */
  readonly #contents: number[] = [];
  /** Of the sector at hand, by name. */
  readonly #held: number[] = [];

  constructor(parts: RenamingParts) {
    this.#parts = parts;
    this.#dead = 1 + 2 * parts.legs.length;
    this.#most = this.#dead + parts.legs.length;
  }

  /** The world is as new: files stand where they stand at boot, and stay there. */
  reset(): void {
    const { stored, inodes, memory } = this.#parts;
    this.#sectors.length = 0;
    this.#contents.length = 0;
    for (const { file, from, end } of stored) {
      for (let n = from; n < end; n++) this.#sectors.push(inodes.deviceSector(file, n));
    }
    for (const sector of this.#sectors) {
      const contents = namesFor(memory.pool, memory.get(sector), this.#most);
      this.#contents.push(...contents);
    }
    this.#parts.promises.goOnFrom(this.#most);
  }

  /** Sectors that are ever stored to. */
  get count(): number {
    return this.#sectors.length;
  }

  /** Every content gets its name. */
  rename(): void {
    for (let n = 0; n < this.#sectors.length; n++) this.renameIn(n);
    this.goOn();
  }

  /** The leg is given a write: what it held there is dead until that has landed. */
  writes(leg: Leg, request: number): void {
    const { requests, devices } = this.#parts;
    const from = requests.sector[request]!;
    const end = from + requests.sectors[request]!;
    for (let n = 0; n < this.#sectors.length; n++) {
      const sector = this.#sectors[n]!;
      if (sector < from || sector >= end) continue;
      devices.renamed(leg, sector, this.#contents[n * this.#most + this.#dead + leg.index]!);
    }
  }

  /** Stores to come have versions above all names. */
  goOn(): void {
    this.#parts.promises.goOnFrom(this.#most);
  }

  /** Every content of the n-th sector gets its name. */
  renameIn(n: number): void {
    const { memory, legs } = this.#parts;
    const sector = this.#sectors[n]!;
    const names = n * this.#most;
    this.#held.length = 0;
    memory.rename(sector, this.#nameOf(memory.values[sector]!, names));
    for (const leg of legs) leg.rename(sector, this.#nameOf(leg.durable.values[sector]!, names));
    for (const leg of legs) {
      const aside = leg.asideOf(sector);
      if (aside !== 0) leg.renameAside(sector, this.#nameOf(aside - 1, names));
    }
  }

  #nameOf(content: number, names: number): number {
    const held = this.#held;
    let name = held.indexOf(content);
    if (name === -1) name = held.push(content) - 1;
    return this.#contents[names + name]!;
  }
}

/** Contents that are told apart by their version; that of boot, which is 0, comes first. */
function namesFor(pool: SectorPool, boot: number, most: number): number[] {
  return Array.from({ length: most }, (_, name) => {
    return name === 0 ? boot : pool.withU32(boot, 0, name);
  });
}
