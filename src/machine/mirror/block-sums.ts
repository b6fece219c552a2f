/**
 * A checksum of each block when its write is submitted, and again when it completes on all legs:
 * unequal ones say that the block changed in flight.
 *
 * Follows: DRBD's `data-integrity-alg`, which digests before and after it sends ("buffer modified
 * by upper layers during write").
 * Models: sums that never collide. A block that changed and changed back has equal sums, and legs
 * that may differ all the same. A changed block stays so until a write of all of it completes
 * unchanged.
 */
import { regionOf, type Geometry } from '../../media/geometry.js';
import type { Requests } from '../../media/requests.js';
import type { Arena } from '../../sim/arena.js';

export interface BlockSumsParts {
  readonly geometry: Geometry;
  readonly requests: Requests;
  /** Values of memory, by sector: equal numbers are equal bytes. */
  readonly memory: Int32Array;
  readonly sectorsPerBlock: number;
}

export class BlockSums {
  readonly #parts: BlockSumsParts;
  /** By sector of a write in flight: what it was when it was submitted. */
  readonly #submitted: Int32Array;
  /** By block. */
  readonly #changed: Uint8Array;
  /** Blocks of the region that have changed. */
  readonly #changedOf: Int32Array;
  readonly #count: Int32Array;

  constructor(parts: BlockSumsParts, { state, meters }: Arena) {
    this.#parts = parts;
    this.#submitted = state.i32(parts.memory.length);
    this.#changed = state.u8(Math.ceil(parts.memory.length / parts.sectorsPerBlock));
    this.#changedOf = state.i32(parts.geometry.regions);
    this.#count = meters.i32(1);
  }

  /** How many blocks were summed. */
  get sums(): number {
    return this.#count[0]!;
  }

  /** Whether some block of the region changed under its last write. */
  hasChanged(region: number): boolean {
    return this.#changedOf[region]! > 0;
  }

  submitted(request: number): void {
    const { requests, memory } = this.#parts;
    const end = requests.sector[request]! + requests.sectors[request]!;
    for (let sector = requests.sector[request]!; sector < end; sector++) {
      this.#submitted[sector] = memory[sector]!;
    }
    this.#count[0]! += this.#blocksOf(request);
  }

  completed(request: number): void {
    const { requests, sectorsPerBlock, geometry } = this.#parts;
    const first = requests.sector[request]!;
    const end = first + requests.sectors[request]!;
    const region = regionOf(geometry, first);
    for (let block = Math.floor(first / sectorsPerBlock); block * sectorsPerBlock < end; block++) {
      const from = Math.max(first, block * sectorsPerBlock);
      const upTo = Math.min(end, (block + 1) * sectorsPerBlock);
      const changed = this.#takeChanged(from, upTo);
      if (changed === this.#changed[block]) continue;
      // A part of the block that is as it was says nothing of the rest.
      if (changed === 0 && upTo - from < sectorsPerBlock) continue;
      this.#changed[block] = changed;
      this.#changedOf[region]! += changed === 1 ? 1 : -1;
    }
    this.#count[0]! += this.#blocksOf(request);
  }

  #takeChanged(from: number, end: number): number {
    const { memory } = this.#parts;
    let changed = 0;
    for (let sector = from; sector < end; sector++) {
      if (this.#submitted[sector] !== memory[sector]) changed = 1;
      this.#submitted[sector] = 0;
    }
    return changed;
  }

  #blocksOf(request: number): number {
    const { requests, sectorsPerBlock } = this.#parts;
    const first = requests.sector[request]!;
    const end = first + requests.sectors[request]!;
    return Math.ceil(end / sectorsPerBlock) - Math.floor(first / sectorsPerBlock);
  }
}
