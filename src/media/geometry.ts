/** Sizes and divisions of a mirror: sectors, pages, regions. */

/** The unit of sampling and of atomicity at a crash, in bytes. */
export const SECTOR_BYTES = 512;
/** A page of memory of the machine that is modelled (x86), in bytes. */
export const PAGE_BYTES = 4096;
export const SECTORS_PER_PAGE = PAGE_BYTES / SECTOR_BYTES;

export interface Geometry {
  /** Sectors of one leg. */
  readonly sectors: number;
  /** Sectors of a region, a power of two and at least one page (dm-raid1.c `mirror_ctr`). */
  readonly regionSectors: number;
  readonly regions: number;
  readonly legs: number;
}

/** dm-raid1.c allows 2 to 9 legs (`DM_KCOPYD_MAX_REGIONS` 8, plus the source). */
export const MOST_LEGS = 9;

/** Checks what `mirror_ctr` checks; throws RangeError with the first rule that is broken. */
export function geometryOf(sectors: number, regionSectors: number, legs: number): Geometry {
  const rule = (holds: boolean, text: string): void => {
    if (!holds) throw new RangeError(text);
  };
  rule(Number.isInteger(sectors) && sectors > 0, `a leg needs sectors, not ${sectors}`);
  rule(
    Number.isInteger(legs) && legs >= 2 && legs <= MOST_LEGS,
    `a mirror has 2 to ${MOST_LEGS} legs, not ${legs}`,
  );
  rule(
    regionSectors >= SECTORS_PER_PAGE && isPowerOfTwo(regionSectors),
    `a region is a power of two and at least ${PAGE_BYTES} bytes, not ${regionSectors * SECTOR_BYTES}`,
  );
  rule(
    regionSectors < 2 * sectors,
    `a region of ${regionSectors} sectors is larger than all ${sectors}`,
  );
  return { sectors, regionSectors, regions: Math.ceil(sectors / regionSectors), legs };
}

export function regionOf(geometry: Geometry, sector: number): number {
  return Math.floor(sector / geometry.regionSectors);
}

export function isPowerOfTwo(n: number): boolean {
  let rest = n;
  while (rest > 1) rest /= 2;
  return rest === 1;
}
