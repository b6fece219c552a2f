/**
 * DRBD's bitmap: a bit for each 4 KiB that is out of sync, 1 = to be copied.
 *
 * Follows: drivers/block/drbd/drbd_bitmap.c; an extent of 4 MiB has 128 bytes of it. Here a region
 * is copied when any of its bits is set.
 */
import { OUT_OF_SYNC_AT, SECTORS_PER_BIT } from './drbd-metadata.js';
import { hasBit, setBit, unsetBit } from './bitset.js';
import { SECTOR_BYTES, type Geometry } from './geometry.js';

const BITS_PER_SECTOR = SECTOR_BYTES * 8;
const FIRST_SECTOR = OUT_OF_SYNC_AT / SECTOR_BYTES;

export class OutOfSync {
  readonly #bits: number;
  readonly #perRegion: number;
  readonly #regions: number;

  constructor({ sectors, regionSectors, regions }: Geometry) {
    this.#bits = Math.ceil(sectors / SECTORS_PER_BIT);
    this.#perRegion = regionSectors / SECTORS_PER_BIT;
    this.#regions = regions;
  }

  setAll(bytes: Uint8Array): void {
    for (let bit = 0; bit < this.#bits; bit++) setBit(bytes, OUT_OF_SYNC_AT, bit);
  }

  has(bytes: Uint8Array, region: number): boolean {
    const end = this.#end(region);
    for (let bit = region * this.#perRegion; bit < end; bit++) {
      // Whole bytes at once where none of their bits is set.
      if ((bit & 7) === 0 && bytes[OUT_OF_SYNC_AT + (bit >> 3)] === 0) bit += 7;
      else if (hasBit(bytes, OUT_OF_SYNC_AT, bit)) return true;
    }
    return false;
  }

  clear(bytes: Uint8Array, region: number): void {
    const end = this.#end(region);
    for (let bit = region * this.#perRegion; bit < end; bit++) unsetBit(bytes, OUT_OF_SYNC_AT, bit);
  }

  /** The sectors of a region's bits are [first, end). */
  firstSector(region: number): number {
    return sectorOf(region * this.#perRegion);
  }

  endSector(region: number): number {
    return sectorOf(this.#end(region) - 1) + 1;
  }

  /** The regions that have bits in a sector are [from, end). */
  regionsFrom(sector: number): number {
    return Math.floor(((sector - FIRST_SECTOR) * BITS_PER_SECTOR) / this.#perRegion);
  }

  regionsEnd(sector: number): number {
    const end = Math.ceil(((sector - FIRST_SECTOR + 1) * BITS_PER_SECTOR) / this.#perRegion);
    return Math.min(end, this.#regions);
  }

  #end(region: number): number {
    return Math.min((region + 1) * this.#perRegion, this.#bits);
  }
}

function sectorOf(bit: number): number {
  return FIRST_SECTOR + Math.floor(bit / BITS_PER_SECTOR);
}
