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
import { ownersOf } from '../ext2/owners.js';
import type { FsyncPromise } from '../ext2/promise.js';
import { readLayout } from '../ext2/superblock.js';
import type { CrashImage } from '../media/crash-image.js';
import { SECTOR_BYTES } from '../media/geometry.js';
import type { Sectors } from '../media/sectors.js';

/** A sector in which the recovered legs differ. */
export interface Divergence {
  readonly sector: number;
  readonly block: number;
  /** `block bitmap of group 0`, `inode 12`, `data of /b, block 3`, `free block`. */
  readonly belongsTo: string;
  /** The bytes of each leg around the first one that differs, in hexadecimal. */
  readonly excerpt: string;
}

export interface Judgement {
  readonly divergence: readonly Divergence[];
  readonly aftermath: readonly AftermathRecord[];
  readonly harm: readonly Harm[];
}

export function judge(
  recovered: CrashImage,
  promises: readonly FsyncPromise[],
  steps: readonly AftermathStep[],
): Judgement {
  const divergence = divergenceOf(recovered);
  const after = afterwards(recovered, steps);
  const harm =
    divergence.length === 0
      ? []
      : harmOfDivergence(recovered, promises, steps, harmOn(after, promises, steps));
  return { divergence, aftermath: after.records, harm };
}

/** Sectors in which some leg differs from the default one, ascending. */
export function mismatchesOf(image: CrashImage): number[] {
  const source = image.legs[image.defaultLeg]!;
  const sectors: number[] = [];
  for (let sector = 0; sector < image.geometry.sectors; sector++) {
    const value = source.get(sector);
    if (image.legs.some((leg) => leg.get(sector) !== value)) sectors.push(sector);
  }
  return sectors;
}

function divergenceOf(image: CrashImage): Divergence[] {
  const sectors = mismatchesOf(image);
  if (sectors.length === 0) return [];
  const source = image.legs[image.defaultLeg]!;
  const reading = readLayout(source);
  const owners = reading.ok ? ownersOf(source, reading.layout) : undefined;
  const sectorsPerBlock = reading.ok ? reading.layout.sectorsPerBlock : 1;
  return sectors.map((sector) => {
    const byte = firstDifference(image.legs, sector);
    return {
      sector,
      block: Math.floor(sector / sectorsPerBlock),
      belongsTo: owners?.ofByte(sector, byte) ?? 'no file system',
      excerpt: image.legs.map((leg, n) => `leg ${n} ${excerpt(leg, sector, byte)}`).join(', '),
    };
  });
}

/** What would not have happened on equal legs. */
function harmOfDivergence(
  recovered: CrashImage,
  promises: readonly FsyncPromise[],
  steps: readonly AftermathStep[],
  harm: readonly Harm[],
): Harm[] {
  const source = recovered.legs[recovered.defaultLeg]!;
  const equal = { ...recovered, legs: recovered.legs.map(() => source) };
  const anyway = new Set(harmOn(afterwards(equal, steps), promises, steps).map(keyOf));
  return harm.filter((one) => !anyway.has(keyOf(one)));
}

function keyOf({ kind, block, files }: Harm): string {
  return `${kind} ${block ?? ''} ${files.join(' ')}`;
}

function firstDifference(legs: readonly Sectors[], sector: number): number {
  const views = legs.map((leg) => leg.pool.view(leg.get(sector)));
  for (let byte = 0; byte < SECTOR_BYTES; byte++) {
    if (views.some((view) => view[byte] !== views[0]![byte])) return byte;
  }
  throw new Error(`sector ${sector} does not differ`);
}

function excerpt(leg: Sectors, sector: number, byte: number): string {
  const from = byte & ~3;
  const bytes = leg.pool.view(leg.get(sector)).subarray(from, from + 4);
  return `${from.toString(16).padStart(3, '0')}: ${Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join(' ')}`;
}
