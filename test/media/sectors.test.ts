import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SectorPool } from '../../src/media/sector-pool.js';
import { DenseSectors, OverlaidSectors } from '../../src/media/sectors.js';

const COUNT = 10;

function numbered(): DenseSectors {
  const disk = new DenseSectors(new SectorPool(), COUNT);
  for (let sector = 0; sector < COUNT; sector++) disk.set(sector, 100 + sector);
  return disk;
}

function all(disk: { get(sector: number): number }): number[] {
  return Array.from({ length: COUNT }, (_, sector) => disk.get(sector));
}

describe('sectors in one array', () => {
  it('are all zeroes at first', () => {
    const disk = new DenseSectors(new SectorPool(), COUNT);
    expect(all(disk)).toEqual(Array(COUNT).fill(0));
    expect(disk.count).toBe(COUNT);
  });

  it('end where they end', () => {
    const disk = numbered();
    for (const sector of [-1, COUNT]) {
      expect(() => disk.get(sector)).toThrow(`no sector ${sector}`);
      expect(() => disk.set(sector, 1)).toThrow(`no sector ${sector}`);
    }
  });
});

describe('sectors over a base', () => {
  it('show the base where nothing was written, and never change it', () => {
    const base = numbered();
    const overlaid = new OverlaidSectors(base);
    overlaid.set(3, 0);
    overlaid.set(9, 7);
    expect(all(overlaid)).toEqual([100, 101, 102, 0, 104, 105, 106, 107, 108, 7]);
    expect(all(base)).toEqual(all(numbered()));
    expect(overlaid.pool).toBe(base.pool);
    expect(overlaid.count).toBe(COUNT);
  });

  it('behave as a copy does, layer over layer', () => {
    const write = fc.tuple(fc.nat(COUNT - 1), fc.nat(5));
    fc.assert(
      fc.property(fc.array(write), fc.array(write), (first, second) => {
        const copy = numbered();
        const lower = new OverlaidSectors(numbered());
        const upper = new OverlaidSectors(lower);
        for (const [sector, value] of first) lower.set(sector, value);
        for (const [sector, value] of second) upper.set(sector, value);
        for (const [sector, value] of [...first, ...second]) copy.set(sector, value);
        expect(all(upper)).toEqual(all(copy));
      }),
    );
  });

  it('tell what was changed, in the order of the first change', () => {
    const overlaid = new OverlaidSectors(numbered());
    for (const sector of [7, 2, 7, 5]) overlaid.set(sector, 1);
    expect([...overlaid.changed()]).toEqual([7, 2, 5]);
  });

  it('end where their base ends', () => {
    const overlaid = new OverlaidSectors(numbered());
    for (const sector of [-1, COUNT]) {
      expect(() => overlaid.get(sector)).toThrow(`no sector ${sector}`);
      expect(() => overlaid.set(sector, 1)).toThrow(`no sector ${sector}`);
    }
  });
});
