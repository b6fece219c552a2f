/** How much the page cache had written, and how much of it for the strategy's helper: a meter. */
import { REGION_HELPER } from '../mirror/region-helper.js';
import type { Bank } from '../../sim/arena.js';

const BY_ALL = 0;
const BY_HELPER = 1;

export class WriteVolume {
  readonly #bytes: Float64Array;

  constructor(meters: Bank) {
    this.#bytes = meters.f64(2);
  }

  add(actor: string, bytes: number): void {
    this.#bytes[BY_ALL]! += bytes;
    if (actor === REGION_HELPER) this.#bytes[BY_HELPER]! += bytes;
  }

  get bytes(): number {
    return this.#bytes[BY_ALL]!;
  }

  get helpersBytes(): number {
    return this.#bytes[BY_HELPER]!;
  }
}
