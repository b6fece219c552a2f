/**
 * The record: the durable thing that says what recovery has to copy. A pure function of bytes that
 * survived.
 *
 * `covers(record, region)` is the primitive: will recovery copy that region? `toResync` is its
 * list.
 */
import { isBelieved, isClean, storedRegions } from './dm-log.js';

export type DurableRecord = {
  readonly kind: 'dm-log';
  readonly regions: number;
  /** The log device from sector 0: header and bitset. */
  readonly bytes: Uint8Array;
};

export type RecordKind =
  'dm-log' | 'core' | 'md' | 'md-safemode' | 'md-llbitmap' | 'activity-log';

/** `disk_resume`: a header that is not believed means that nothing is known, so all is copied. */
export function covers(record: DurableRecord, region: number): boolean {
  if (!isBelieved(record.bytes)) return true;
  return region >= storedRegions(record.bytes) || !isClean(record.bytes, region);
}

/** The regions that recovery copies, ascending. */
export function toResync(record: DurableRecord): number[] {
  const regions: number[] = [];
  for (let region = 0; region < record.regions; region++) {
    if (covers(record, region)) regions.push(region);
  }
  return regions;
}
