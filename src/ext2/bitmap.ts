/**
 * Bits of a bitmap block: bit n is bit (n & 7) of byte (n >> 3), as `ext2_set_bit` has it.
 *
 * `first` is the bitmap's first sector on the disk, a bit is counted from its start.
 */
import type { MutableSectors, Sectors } from '../media/sectors.js';

/** Bits in one sector, as a shift. */
const SECTOR_SHIFT = 12;
const SECTOR_MASK = (1 << SECTOR_SHIFT) - 1;

export function testBit(disk: Sectors, first: number, bit: number): boolean {
  const value = disk.get(first + (bit >> SECTOR_SHIFT));
  return ((disk.pool.u32(value, wordAt(bit)) >>> (bit & 31)) & 1) === 1;
}

/** The first `count` bits, one an entry: for whoever looks at all of them. */
export function readBits(disk: Sectors, first: number, count: number): Uint8Array {
  const bits = new Uint8Array(count);
  for (let from = 0; from < count; from += 32) {
    const value = disk.get(first + (from >> SECTOR_SHIFT));
    let word = disk.pool.u32(value, wordAt(from));
    for (let bit = from; word !== 0 && bit < count; bit++) {
      bits[bit] = word & 1;
      word >>>= 1;
    }
  }
  return bits;
}

/** Sets the bit and says whether it was 0 before, like test_and_set. */
export function takeBit(disk: MutableSectors, first: number, bit: number): boolean {
  const sector = first + (bit >> SECTOR_SHIFT);
  const value = disk.get(sector);
  const at = wordAt(bit);
  const word = disk.pool.u32(value, at);
  const mask = 1 << (bit & 31);
  if ((word & mask) !== 0) return false;
  disk.set(sector, disk.pool.withU32(value, at, word | mask));
  return true;
}

/** Clears the bit and says whether it was 1 before. */
export function dropBit(disk: MutableSectors, first: number, bit: number): boolean {
  const sector = first + (bit >> SECTOR_SHIFT);
  const value = disk.get(sector);
  const at = wordAt(bit);
  const word = disk.pool.u32(value, at);
  const mask = 1 << (bit & 31);
  if ((word & mask) === 0) return false;
  disk.set(sector, disk.pool.withU32(value, at, word & ~mask));
  return true;
}

/** The first bit in [from, end) that is 0, or `end`. */
export function nextZeroBit(disk: Sectors, first: number, from: number, end: number): number {
  const { pool } = disk;
  let bit = from;
  while (bit < end) {
    const value = disk.get(first + (bit >> SECTOR_SHIFT));
    const behindSector = Math.min((bit | SECTOR_MASK) + 1, end);
    while (bit < behindSector) {
      const zeroes = ~pool.u32(value, wordAt(bit)) & (-1 << (bit & 31));
      if (zeroes !== 0) return Math.min((bit & ~31) + 31 - Math.clz32(zeroes & -zeroes), end);
      bit = (bit & ~31) + 32;
    }
  }
  return end;
}

/** The first byte in [from, end) that is 0, or `end`. Counted in bytes. */
export function nextZeroByte(disk: Sectors, first: number, from: number, end: number): number {
  for (let byte = from; byte < end; byte++) {
    if (disk.pool.u8(disk.get(first + (byte >> 9)), byte & 511) === 0) return byte;
  }
  return end;
}

function wordAt(bit: number): number {
  return ((bit & SECTOR_MASK) >> 5) << 2;
}
