/**
 * What survives a crash: the legs and the record, as durable at one instant. Memory is not here,
 * and nobody finds it.
 */
import type { Geometry } from './geometry.js';
import type { DurableRecord } from './record.js';
import type { Sectors } from './sectors.js';
import type { Instant } from '../sim/time.js';

export interface CrashImage {
  readonly at: Instant;
  readonly geometry: Geometry;
  readonly legs: readonly Sectors[];
  /** The leg that recovery copies from: the default mirror of dm-raid1. */
  readonly defaultLeg: number;
  readonly record: DurableRecord;
}
