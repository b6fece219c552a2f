/**
 * Disks as files: `leg0.img`, `leg1.img` and, where the record has bytes, `log.img`, byte for byte
 * as a kernel would find them.
 */
import { SECTOR_BYTES } from '../media/geometry.js';
import type { DurableRecord } from '../media/record.js';
import { ZERO_SECTOR } from '../media/sector-pool.js';
import type { Sectors } from '../media/sectors.js';

export interface DiskImage {
  /** `leg0.img` */
  readonly name: string;
  readonly bytes: number;
  /** What is not zero, in ascending order. */
  chunks(): Iterable<{ readonly offset: number; readonly bytes: Uint8Array }>;
}

/** `numbers`: the legs' numbers in the mirror, where some are gone. */
export function imagesOf(
  legs: readonly Sectors[],
  record: DurableRecord,
  numbers: readonly number[] = legs.map((_, n) => n),
): DiskImage[] {
  return [
    ...legs.map((leg, n) => ({
      name: `leg${numbers[n] ?? n}.img`,
      bytes: leg.count * SECTOR_BYTES,
      chunks: () => sectorsInUse(leg),
    })),
    ...(record.bytes.length === 0 ? [] : [logImage(record)]),
  ];
}

function logImage({ bytes }: DurableRecord): DiskImage {
  return { name: 'log.img', bytes: bytes.length, chunks: () => [{ offset: 0, bytes }] };
}

/** Neighbouring sectors go together, up to 64 KiB. */
function* sectorsInUse(leg: Sectors): Generator<{ offset: number; bytes: Uint8Array }> {
  const most = 128;
  for (let sector = 0; sector < leg.count; sector++) {
    if (leg.get(sector) === ZERO_SECTOR) continue;
    let end = sector + 1;
    while (end < leg.count && end - sector < most && leg.get(end) !== ZERO_SECTOR) end++;
    const bytes = new Uint8Array((end - sector) * SECTOR_BYTES);
    for (let s = sector; s < end; s++) {
      bytes.set(leg.pool.view(leg.get(s)), (s - sector) * SECTOR_BYTES);
    }
    yield { offset: sector * SECTOR_BYTES, bytes };
    sector = end - 1;
  }
}
