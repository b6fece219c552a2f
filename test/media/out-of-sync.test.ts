import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geometryOf } from '../../src/media/geometry.js';
import { OutOfSync } from '../../src/media/out-of-sync.js';

/** Where the bitmap stands on the device. */
const AT = 36 * 1024;
const BITS_OF_A_SECTOR = 4096;

function bitsSet(bytes: Uint8Array): number[] {
  const bits: number[] = [];
  for (let bit = 0; bit < (bytes.length - AT) * 8; bit++) {
    if (((bytes[AT + (bit >> 3)]! >> (bit & 7)) & 1) === 1) bits.push(bit);
  }
  return bits;
}

interface Shape {
  readonly perRegion: number;
  readonly regions: number;
  /** Sectors that the last region lacks. */
  readonly missing: number;
}

/** A region is not twice as large as all there is. */
const shapes: fc.Arbitrary<Shape> = fc
  .record({
    perRegion: fc.constantFrom(1, 2, 8, 32, 512, 4096, 8192),
    regions: fc.integer({ min: 1, max: 12 }),
    missing: fc.nat(7),
  })
  .filter(({ perRegion, regions, missing }) => perRegion * regions > 1 || missing < 4);

function shaped({ perRegion, regions, missing }: Shape) {
  const regionSectors = perRegion * 8;
  const geometry = geometryOf(regions * regionSectors - missing, regionSectors, 2);
  const bits = Math.ceil(geometry.sectors / 8);
  return { geometry, bits, perRegion, bytes: new Uint8Array(AT + Math.ceil(bits / 8)) };
}

describe('the bitmap of what is out of sync', () => {
  it('has a region exactly when one of its bits is set', () => {
    fc.assert(
      fc.property(shapes, fc.array(fc.nat(60_000), { maxLength: 4 }), (shape, some) => {
        const { geometry, bits, perRegion, bytes } = shaped(shape);
        const bitmap = new OutOfSync(geometry);
        const set = new Set(some.map((bit) => bit % bits));
        for (const bit of set) bytes[AT + (bit >> 3)]! |= 1 << (bit & 7);
        const found = Array.from({ length: geometry.regions }, (_, n) => bitmap.has(bytes, n));
        const expected = found.map((_, n) =>
          [...set].some((bit) => Math.floor(bit / perRegion) === n),
        );
        expect(found).toEqual(expected);
      }),
    );
  });

  it('sets all of its bits and no other, and clears those of a region', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, n) => {
        const { geometry, bits, perRegion, bytes } = shaped(shape);
        const bitmap = new OutOfSync(geometry);
        bitmap.setAll(bytes);
        expect(bitsSet(bytes)).toHaveLength(bits);
        const region = n % geometry.regions;
        bitmap.clear(bytes, region);
        const left = bitsSet(bytes);
        expect(left.every((bit) => Math.floor(bit / perRegion) !== region)).toBe(true);
        const own = Math.min((region + 1) * perRegion, bits) - region * perRegion;
        expect(left).toHaveLength(bits - own);
      }),
      { numRuns: 40 },
    );
  });

  it('knows which sectors a region has bits in, and which regions a sector', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { geometry, bits, perRegion } = shaped(shape);
        const bitmap = new OutOfSync(geometry);
        const sectorOf = (bit: number): number => AT / 512 + Math.floor(bit / BITS_OF_A_SECTOR);
        for (let region = 0; region < geometry.regions; region++) {
          const last = Math.min((region + 1) * perRegion, bits) - 1;
          expect(bitmap.firstSector(region)).toBe(sectorOf(region * perRegion));
          expect(bitmap.endSector(region)).toBe(sectorOf(last) + 1);
        }
        for (let sector = AT / 512; sector <= sectorOf(bits - 1); sector++) {
          const first = (sector - AT / 512) * BITS_OF_A_SECTOR;
          const last = Math.min(first + BITS_OF_A_SECTOR, bits) - 1;
          expect(bitmap.regionsFrom(sector)).toBe(Math.floor(first / perRegion));
          expect(bitmap.regionsEnd(sector)).toBe(Math.floor(last / perRegion) + 1);
        }
      }),
    );
  });
});
