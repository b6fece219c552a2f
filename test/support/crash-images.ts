/** Crash images made by hand: disks, a log, and what a test says of them. */
import type { CrashImage } from '../../src/media/crash-image.js';
import { dmLog, formatLog, logBytes, setMarked } from '../../src/media/dm-log.js';
import { geometryOf } from '../../src/media/geometry.js';
import { DenseSectors, type MutableSectors } from '../../src/media/sectors.js';
import { instantOf } from '../../src/sim/time.js';

/** The log says clean but for the regions that are marked. */
export function imageOf(
  legs: readonly MutableSectors[],
  marked: readonly number[],
  regionSectors = 8,
): CrashImage {
  const geometry = geometryOf(legs[0]!.count, regionSectors, legs.length);
  const bytes = new Uint8Array(logBytes(geometry.regions));
  formatLog(bytes, geometry.regions, true);
  for (const region of marked) setMarked(bytes, region);
  const record = { format: dmLog(geometry), bytes };
  return { at: instantOf(0), geometry, legs, defaultLeg: 0, record };
}

export function copyOf(disk: DenseSectors): DenseSectors {
  const copy = new DenseSectors(disk.pool, disk.count);
  copy.values.set(disk.values);
  return copy;
}
