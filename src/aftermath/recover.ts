/**
 * After boot: the regions that the record calls marked are copied from the default leg to all
 * others.
 *
 * Follows: dm-log.c of 2.6.25 `disk_resume`, then dm-raid1.c `do_recovery`: one region at a time,
 * ascending, in sub-jobs of 64 KiB; a region is cleared on the record when all of it is copied, and
 * a record with a flag of its own (md) is set clean when all regions are. What a record cannot hold
 * (a core log, a chunk of md without a bitmap) stays covered: a second crash copies it again.
 * Regions that are clean are trusted and never compared. A recovery is a list of durable steps. A
 * second crash may cut it anywhere: what then survives is an image again.
 */
import type { CrashImage } from '../media/crash-image.js';
import { SECTOR_BYTES } from '../media/geometry.js';
import { reopened } from '../media/record-buffer.js';
import type { RecordFormat } from '../media/record-format.js';
import { readingOf, type DurableRecord } from '../media/record.js';
import { denseCopyOf } from '../media/sectors.js';
import { SUB_JOBS, SUB_JOB_SECTORS } from '../media/sub-jobs.js';
import { durationOf, type Duration } from '../sim/time.js';

export type RecoveryStep =
  | {
      readonly kind: 'copy';
      readonly region: number;
      readonly sector: number;
      readonly sectors: number;
    }
  | { readonly kind: 'clear'; readonly region: number }
  | { readonly kind: 'all-clean' };

/** What the copying costs on the drives at hand. */
export interface Pace {
  /** One sub-job: read from the source, written to the others. */
  readonly subJob: (sectors: number) => Duration;
  readonly logWrite: Duration;
}

export interface Recovered {
  /** What the disks hold now: complete, or as far as the recovery got. */
  readonly image: CrashImage;
  readonly resyncedRegions: number;
  readonly resyncBytes: number;
}

/** The steps of a recovery, in order. A pure function of what survived. */
export function stepsOf(
  { geometry, record }: CrashImage,
  { regions, isActive } = readingOf(record),
): RecoveryStep[] {
  const steps: RecoveryStep[] = [];
  for (const region of regions) {
    const end = Math.min((region + 1) * geometry.regionSectors, geometry.sectors);
    for (let sector = region * geometry.regionSectors; sector < end; sector += SUB_JOB_SECTORS) {
      const sectors = Math.min(SUB_JOB_SECTORS, end - sector);
      steps.push({ kind: 'copy', region, sector, sectors });
    }
    steps.push({ kind: 'clear', region });
  }
  if (isActive) steps.push({ kind: 'all-clean' });
  return steps;
}

/** Recovers; with `cut`, only the first so many steps become durable before the next crash. */
export function recover(image: CrashImage, cut = Infinity): Recovered {
  const reading = readingOf(image.record);
  return play(image, stepsOf(image, reading).slice(0, cut));
}

function play(image: CrashImage, steps: readonly RecoveryStep[]): Recovered {
  if (steps.length === 0) return { image, resyncedRegions: 0, resyncBytes: 0 };
  const source = image.legs[image.defaultLeg]!;
  const copies = image.legs.map((leg) => (leg === source ? undefined : denseCopyOf(leg)));
  const bytes = image.record.bytes.slice();
  const buffer = reopened(image.record.format, bytes);
  let resyncedRegions = 0;
  let resyncBytes = 0;
  for (const step of steps) {
    if (step.kind === 'all-clean') {
      buffer.setActive(false);
      buffer.complete();
      continue;
    }
    if (step.kind === 'clear') {
      buffer.clear(step.region);
      buffer.complete();
      resyncedRegions++;
      continue;
    }
    for (let sector = step.sector; sector < step.sector + step.sectors; sector++) {
      const value = source.get(sector);
      for (const copy of copies) {
        if (copy !== undefined && copy.get(sector) !== value) copy.set(sector, value);
      }
    }
    resyncBytes += step.sectors * SECTOR_BYTES;
  }
  const record: DurableRecord = { ...image.record, bytes };
  const legs = copies.map((copy) => copy ?? source);
  return { image: { ...image, legs, record }, resyncedRegions, resyncBytes };
}

/**
 * A recovery that the power ends before it is done, once for each of `shares`: so many hundredths
 * of its steps are durable then, and the next one begins with what survived. The last one is
 * completed. What was copied is added up. `first`: how the record reads at the crash.
 */
export function recoverInterrupted(
  image: CrashImage,
  shares: readonly number[],
  first = readingOf(image.record),
): Recovered {
  let left = image;
  let reading = first;
  let resyncedRegions = 0;
  let resyncBytes = 0;
  for (const share of [...shares, 100]) {
    if (left !== image) reading = readingOf(left.record);
    const steps = stepsOf(left, reading);
    const durable = steps.slice(0, Math.floor((steps.length * share) / 100));
    const recovered = play(left, durable);
    left = recovered.image;
    resyncedRegions += recovered.resyncedRegions;
    resyncBytes += recovered.resyncBytes;
  }
  return { image: left, resyncedRegions, resyncBytes };
}

/**
 * How long the recovery takes at that pace: regions one after another, up to eight sub-jobs of one
 * at a time, and a write of the record for each change of it.
 */
export function recoveryTime(
  { geometry, record }: CrashImage,
  pace: Pace,
  { regions, isActive } = readingOf(record),
): Duration {
  let total: number = isActive ? pace.logWrite : 0;
  for (const region of regions) {
    const from = region * geometry.regionSectors;
    const sectors = Math.min(geometry.regionSectors, geometry.sectors - from);
    total += regionTime(sectors, record.format, pace);
  }
  return durationOf(Math.round(total));
}

/**
 * How long a region of so many sectors takes, in ns; with its clear, which a record that knows of
 * all or nothing has not.
 */
export function regionTime(
  sectors: number,
  { mostMarked }: Pick<RecordFormat, 'mostMarked'>,
  pace: Pace,
): number {
  const batch = SUB_JOB_SECTORS * SUB_JOBS;
  let total: number = mostMarked === 0 ? 0 : pace.logWrite;
  for (let from = 0; from < sectors; from += batch) {
    total += pace.subJob(Math.min(batch, sectors - from));
  }
  return total;
}
