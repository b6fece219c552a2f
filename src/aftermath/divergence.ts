/**
 * Sectors in which legs differ, told: whose each is, and which bytes stand there.
 *
 * Apart from the judge, who knows no names: of a run that is only added up nobody asks for them,
 * and to look them up took an eighth of a sweep of short runs.
 */
import type { Difference } from './judge.js';
import { ownersNow } from '../ext2/owners.js';
import { readLayout } from '../ext2/superblock.js';
import type { CrashImage } from '../media/crash-image.js';
import { SECTOR_BYTES } from '../media/geometry.js';
import type { Sectors } from '../media/sectors.js';

export interface Divergence extends Difference {
  readonly block: number;
  /** `block bitmap of group 0`, `inode 12`, `data of /b, block 3`, `free block`. */
  readonly belongsTo: string;
  /** The bytes of each leg around the first one that differs, in hexadecimal. */
  readonly excerpt: string;
}

/** Names are those of the default leg. `image`: in which they differ. */
export function divergenceIn(image: CrashImage, differences: readonly Difference[]): Divergence[] {
  if (differences.length === 0) return [];
  const source = image.legs[image.defaultLeg]!;
  const reading = readLayout(source);
  const owners = reading.ok ? ownersNow(source, reading.layout) : undefined;
  const sectorsPerBlock = reading.ok ? reading.layout.sectorsPerBlock : 1;
  return differences.map(({ sector, byApplication }) => {
    const byte = firstDifference(image.legs, sector);
    return {
      sector,
      block: Math.floor(sector / sectorsPerBlock),
      belongsTo: owners?.ofByte(sector, byte) ?? 'no file system',
      excerpt: image.legs.map((leg, n) => `leg ${n} ${excerpt(leg, sector, byte)}`).join(', '),
      byApplication,
    };
  });
}

function firstDifference(legs: readonly Sectors[], sector: number): number {
  const [source, ...others] = legs.map((leg) => leg.pool.view(leg.get(sector)));
  for (let byte = 0; byte < SECTOR_BYTES; byte++) {
    for (const other of others) if (other[byte] !== source![byte]) return byte;
  }
  throw new Error(`sector ${sector} does not differ`);
}

function excerpt(leg: Sectors, sector: number, byte: number): string {
  const from = byte & ~3;
  const value = leg.get(sector);
  let text = `${from.toString(16).padStart(3, '0')}:`;
  for (let at = from; at < from + 4; at++) text += ` ${HEX[leg.pool.u8(value, at)]!}`;
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
