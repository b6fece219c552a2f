import { describe, expect, it } from 'vitest';
import { nextZeroBit, takeBit, testBit } from '../../src/ext2/bitmap.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { DenseSectors } from '../../src/media/sectors.js';

const SECTOR_BITS = 4096;
const FIRST = 2;
const BITS = 3 * SECTOR_BITS;

/** A bitmap of three sectors, all of whose bits are set but these. */
function fullBut(...zeroes: readonly number[]): DenseSectors {
  const disk = new DenseSectors(new SectorPool(), FIRST + 3);
  const full = disk.pool.intern(new Uint8Array(512).fill(0xff));
  for (let sector = FIRST; sector < FIRST + 3; sector++) disk.set(sector, full);
  for (const bit of zeroes) {
    const bytes = disk.pool.view(disk.get(FIRST + Math.floor(bit / SECTOR_BITS))).slice();
    bytes[(bit % SECTOR_BITS) >> 3]! &= ~(1 << (bit & 7));
    disk.set(FIRST + Math.floor(bit / SECTOR_BITS), disk.pool.intern(bytes));
  }
  return disk;
}

describe('the next bit that is 0', () => {
  it.each([0, 31, 32, 4095, 4096, 8191, 8192, BITS - 1])(
    'is found wherever it stands: %i',
    (zero) => {
      const disk = fullBut(zero);
      for (const from of [0, zero - 33, zero - 1, zero].filter((bit) => bit >= 0)) {
        expect(nextZeroBit(disk, FIRST, from, BITS)).toBe(zero);
      }
      expect(nextZeroBit(disk, FIRST, zero + 1, BITS)).toBe(BITS);
      expect(nextZeroBit(disk, FIRST, 0, zero)).toBe(zero);
    },
  );

  it('is not looked for behind the end, and is gone once it is taken', () => {
    const disk = fullBut(4095, 4100);
    expect(nextZeroBit(disk, FIRST, 4095, BITS)).toBe(4095);
    expect(takeBit(disk, FIRST, 4095)).toBe(true);
    expect(testBit(disk, FIRST, 4095)).toBe(true);
    expect(nextZeroBit(disk, FIRST, 4095, BITS)).toBe(4100);
    expect(nextZeroBit(disk, FIRST, 4095, 4099)).toBe(4099);
  });
});
