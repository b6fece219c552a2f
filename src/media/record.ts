/**
 * The record: the durable thing that says what recovery has to copy. A pure function of bytes that
 * survived.
 *
 * `covers(record, region)` is the primitive: will recovery copy that region? `toResync` is its
 * list.
 */
import { activityLog } from './activity-log.js';
import { coreLog } from './core-log.js';
import { dmLog } from './dm-log.js';
import type { Geometry } from './geometry.js';
import { mdLockless } from './md-llbitmap.js';
import { mdBitmap, mdSafemode } from './md-record.js';
import type { RecordFormat, RecordKind } from './record-format.js';

export interface DurableRecord {
  /** How its driver reads it. */
  readonly format: RecordFormat;
  /** The record's device from sector 0; empty where nothing is durable. */
  readonly bytes: Uint8Array;
}

export function recordFormat(kind: RecordKind, geometry: Geometry): RecordFormat {
  switch (kind) {
    case 'dm-log':
      return dmLog(geometry);
    case 'core':
      return coreLog(geometry);
    case 'md':
      return mdBitmap(geometry);
    case 'md-safemode':
      return mdSafemode(geometry);
    case 'md-llbitmap':
      return mdLockless(geometry);
    case 'activity-log':
      return activityLog(geometry);
  }
}

export function covers(record: DurableRecord, region: number): boolean {
  return coverageOf(record)[region] === 1;
}

/** The regions that recovery copies, ascending. */
export function toResync(record: DurableRecord): readonly number[] {
  return regionsIn(coverageOf(record));
}

/** What a recovery goes by. */
export interface RecordReading {
  /** The regions to copy, ascending. */
  readonly regions: readonly number[];
  /** Whether the record as a whole says that writes may be in flight. */
  readonly isActive: boolean;
}

/** Reads a record as its driver does at boot, once. */
export function readingOf({ format, bytes }: DurableRecord): RecordReading {
  return {
    regions: regionsIn(format.coverage(bytes)),
    isActive: format.isActive({
      view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    }),
  };
}

function regionsIn(coverage: Uint8Array): number[] {
  const regions: number[] = [];
  for (let region = 0; region < coverage.length; region++) {
    if (coverage[region] === 1) regions.push(region);
  }
  return regions;
}

function coverageOf({ format, bytes }: DurableRecord): Uint8Array {
  return format.coverage(bytes);
}
