/**
 * What a strategy cost in one run, counted and never weighed: whoever reads it compares what
 * matters there. Every name has its unit.
 */
import type { Laboratory } from './laboratory.js';
import { regionTime } from '../aftermath/recover.js';

export interface Costs {
  /** Writes of the durable record: region log, superblock with bitmap, activity log. */
  readonly recordWrites: number;
  /** How often the durable record came to cover a region, and ceased to. */
  readonly marks: number;
  readonly clears: number;
  /**
   * What recovery would copy, and how long, in the mean over all instants of the run.
   * Leaves out: the one write that sets md's flag clean in the end (`md_update_sb`), of which the
   * recovery that a run tells has the time. In the mean it would be a write of the record times the
   * share of time in which the flag is set: some milliseconds, where md without a bitmap copies the
   * device for seconds. The other way, a last region that is shorter counts as a whole one.
   */
  readonly expectedResyncBytes: number;
  readonly expectedResyncNs: number;
  /** Stores that waited for a write to end, for the strategy's sake or the kernel's. */
  readonly storeWaits: number;
  readonly storeWaitNs: number;
  readonly longestStoreWaitNs: number;
  /** Writes that waited for room in the record: all hot extents were busy. */
  readonly writesHeld: number;
  readonly copiedBytes: number;
  /** Checksums of blocks. */
  readonly sums: number;
  /**
   * Writes of pages and buffers, in bytes to each leg, and those that the strategy's own sync()
   * made.
   */
  readonly pageWriteBytes: number;
  readonly syncWriteBytes: number;
  /** sync() on all file systems that the strategy asked for. */
  readonly syncs: number;
  /** From submission to completion on all legs; the upper bound of a bucket of at most 1/16. */
  readonly writeLatencyP50Ns: number;
  readonly writeLatencyP99Ns: number;
}

/** What the run cost that has just ended. */
export function costsOf({ world, scenario, pace }: Laboratory): Costs {
  const { mirror, log, coverage, latency, gate, cache, helper, copies, sums } = world.prices;
  const { duration } = scenario;
  const { regionSectors, sectors } = world.geometry;
  const regions = coverage.regionNs / duration;
  return {
    recordWrites: log.writes,
    marks: coverage.marks,
    clears: coverage.clears,
    expectedResyncBytes: coverage.byteNs / duration,
    expectedResyncNs: regions * regionTime(Math.min(regionSectors, sectors), log.format, pace),
    storeWaits: gate.waits,
    storeWaitNs: gate.waitedNs,
    longestStoreWaitNs: gate.longestNs,
    writesHeld: mirror.writesHeld,
    copiedBytes: copies?.copiedBytes ?? 0,
    sums: sums?.sums ?? 0,
    pageWriteBytes: cache.volume.bytes,
    syncWriteBytes: cache.volume.helpersBytes,
    syncs: helper.syncs,
    writeLatencyP50Ns: latency.percentile(50),
    writeLatencyP99Ns: latency.percentile(99),
  };
}
