/**
 * The judge: what is on the disks, compared byte by byte. It never reads the record.
 *
 * Divergence is what recovery left unequal. Harm is what comes of it later, and only that: the
 * steps are played a second time on legs that were made equal, and what goes wrong there as well
 * (ext2 promises little) is not the mirror's doing.
 */
import { afterwards, type AftermathRecord } from './afterwards.js';
import { harmOn, type Harm } from './harm.js';
import type { AftermathStep } from './steps.js';
import type { FsyncPromise } from '../ext2/promise.js';
import type { CrashImage } from '../media/crash-image.js';
import { OverlaidSectors } from '../media/sectors.js';

/** A sector in which the recovered legs differ. */
export interface Difference {
  readonly sector: number;
  /** An application changed the sector in its own buffer while the legs were reading it. */
  readonly byApplication: boolean;
}

export interface Judgement {
  readonly divergence: readonly Difference[];
  readonly aftermath: readonly AftermathRecord[];
  readonly harm: readonly Harm[];
}

/**
 * `applications`: sectors in which it is an application's own fault if legs differ. What would have
 * happened all the same had they been equal there is not. `ifEqual`: whether the steps are played
 * where no leg differs, so that nothing can come of them.
 */
export function judge(
  recovered: CrashImage,
  promises: readonly FsyncPromise[],
  steps: readonly AftermathStep[],
  applications: readonly number[] = [],
  ifEqual = true,
): Judgement {
  const divergence = divergenceOf(recovered, applications);
  if (divergence.length === 0 && !ifEqual) return NOTHING_WRONG;
  const after = afterwards(recovered, steps);
  if (divergence.length === 0) return { divergence, aftermath: after.records, harm: [] };
  const suffered = harmOn(after, promises, steps);
  if (suffered.length === 0) return { divergence, aftermath: after.records, harm: [] };
  const harmAfter = (image: CrashImage): ReadonlySet<string> =>
    new Set(harmOn(afterwards(image, steps), promises, steps).map(keyOf));
  const everywhere = divergence.map(({ sector }) => sector);
  const anyway = harmAfter(equalIn(recovered, everywhere));
  const found = suffered.filter((one) => !anyway.has(keyOf(one)));
  const own = divergence.filter(({ byApplication }) => byApplication);
  if (own.length === 0) return { divergence, aftermath: after.records, harm: found };
  const mirrors = harmAfter(equalIn(recovered, applications));
  const harm = found.map((one) => ({ ...one, byApplication: !mirrors.has(keyOf(one)) }));
  return { divergence, aftermath: after.records, harm };
}

const NOTHING_WRONG: Judgement = { divergence: [], aftermath: [], harm: [] };

/** Sectors in which some leg differs from the default one, ascending. */
export function mismatchesOf(image: CrashImage): number[] {
  const source = image.legs[image.defaultLeg]!;
  const sectors = new Set<number>();
  for (const leg of image.legs) {
    if (leg === source) continue;
    for (let sector = 0; sector < image.geometry.sectors; sector++) {
      if (leg.get(sector) !== source.get(sector)) sectors.add(sector);
    }
  }
  return [...sectors].sort((a, b) => a - b);
}

function divergenceOf(image: CrashImage, applications: readonly number[]): Difference[] {
  const sectors = mismatchesOf(image);
  if (sectors.length === 0) return [];
  const theirs = new Set(applications);
  return sectors.map((sector) => ({ sector, byApplication: theirs.has(sector) }));
}

/** The image as it would be if all legs held there what the default leg holds. */
function equalIn(image: CrashImage, sectors: readonly number[]): CrashImage {
  const source = image.legs[image.defaultLeg]!;
  const legs = image.legs.map((leg) => {
    const equal = new OverlaidSectors(leg);
    for (const sector of sectors) equal.set(sector, source.get(sector));
    return equal;
  });
  return { ...image, legs };
}

function keyOf({ kind, block, files }: Harm): string {
  return `${kind} ${block ?? ''} ${files.join(' ')}`;
}
