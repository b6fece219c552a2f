import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_LEGS, SECTORS_PER_PAGE, geometryOf, regionOf } from '../../src/media/geometry.js';

describe('a geometry', () => {
  it('has as many regions as it takes, the last one may be short', () => {
    expect(geometryOf(65_536, 1024, 2).regions).toBe(64);
    expect(geometryOf(65_537, 1024, 2).regions).toBe(65);
    expect(geometryOf(1024, 1024, 2).regions).toBe(1);
    expect(SECTORS_PER_PAGE).toBe(8);
  });

  it('puts each sector into one region', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 12 }), fc.integer({ min: 1, max: 5000 }), (log, n) => {
        const geometry = geometryOf(2 ** log + n, 2 ** log, 2);
        for (const sector of [0, n, geometry.sectors - 1]) {
          const region = regionOf(geometry, sector);
          expect(sector).toBeGreaterThanOrEqual(region * geometry.regionSectors);
          expect(sector).toBeLessThan((region + 1) * geometry.regionSectors);
          expect(region).toBeLessThan(geometry.regions);
        }
        expect(regionOf(geometry, geometry.sectors - 1)).toBe(geometry.regions - 1);
      }),
    );
  });

  it('has two to nine legs', () => {
    expect(geometryOf(1024, 8, 2).legs).toBe(2);
    expect(geometryOf(1024, 8, MOST_LEGS).legs).toBe(9);
    for (const legs of [1, 10, 2.5, NaN]) {
      expect(() => geometryOf(1024, 8, legs)).toThrow('a mirror has 2 to 9 legs');
    }
  });

  it.each([4, 7, 12, 1000, 0, -8, 8.5, NaN])('has no regions of %d sectors', (sectors) => {
    expect(() => geometryOf(65_536, sectors, 2)).toThrow('a region is a power of two and at least');
  });

  it('has no region of which half would be enough, and no leg without sectors', () => {
    expect(geometryOf(1023, 1024, 2).regions).toBe(1);
    expect(() => geometryOf(512, 1024, 2)).toThrow(
      'a region of 1024 sectors is larger than all 512',
    );
    for (const sectors of [0, -1, 0.5]) {
      expect(() => geometryOf(sectors, 8, 2)).toThrow('a leg needs sectors');
    }
  });
});
