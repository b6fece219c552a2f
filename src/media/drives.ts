/**
 * Drives as data: when a request's first sector is sampled, how fast the rest follows, when a
 * sector is durable.
 *
 * Leaves out: a volatile write cache (completed means durable: `hdparm -W0`, a drive with
 * power-loss protection), reordering inside the drive, the address of a request (a seek is as long
 * to the next track as across the platter).
 */
import type { Spread } from './latency.js';
import { durationOf, microseconds, type Duration } from '../sim/time.js';

export interface Drive {
  /** From the start of service until the first sector of the request is sampled. */
  readonly firstSample: Spread;
  /** From the sample of one sector to the sample of the next. */
  readonly sectorTime: Duration;
  /** From a sector's sample until that sector is durable; drawn once a request. */
  readonly durable: Spread;
}

export const DRIVE_NAMES = ['hdd-7200', 'ssd-sata', 'nvme'] as const;
export type DriveName = (typeof DRIVE_NAMES)[number];

export const DRIVES: Readonly<Record<DriveName, Drive>> = {
  /*
   * A turn takes 8.33 ms, so the sector is 4.16 ms away on average; a write seeks 8.2 ms on average
   * and 0.32 ms to the next track (Western Digital, Ultrastar DC HC310 OEM Specification, 4.5.1).
   * 78 MB/s sustained = 6.6 us a sector is a drive of the mail's time (Seagate, Barracuda 7200.10
   * data sheet, 2006). With its write cache off a drive takes the data into its buffer soon after
   * the command, then seeks and waits for the sector. The shape between the figures is ours:
   * metadata and the data of one file lie close, so the median is below the sum of the averages.
   */
  'hdd-7200': {
    firstSample: percentiles([0, 60], [50, 150], [90, 600], [99, 2_000], [100, 8_300]),
    sectorTime: durationOf(6_564),
    durable: percentiles(
      [0, 1_000],
      [10, 3_000],
      [50, 10_000],
      [90, 16_500],
      [99, 19_500],
      [100, 24_000],
    ),
  },
  /*
   * 85 us write latency and 70 MB/s sustained writing = 7.3 us a sector (Intel, X25-M data sheet,
   * 2008). The tail, garbage collection, is ours.
   */
  'ssd-sata': {
    firstSample: percentiles([0, 15], [50, 30], [99, 60], [100, 400]),
    sectorTime: durationOf(7_314),
    durable: percentiles([0, 50], [50, 60], [90, 90], [99, 400], [99.9, 2_000], [100, 10_000]),
  },
  /*
   * 20 us write latency, 1,900 MB/s sequential writes = 0.27 us a sector (800 GB), power-loss
   * protection: durable as soon as the buffer has it (Intel, SSD DC P3700 Product Specification,
   * 330566). The tail is ours.
   */
  nvme: {
    firstSample: percentiles([0, 8], [50, 10], [99, 20], [100, 80]),
    sectorTime: durationOf(269),
    durable: percentiles([0, 6], [50, 10], [90, 14], [99, 30], [99.9, 80], [100, 3_000]),
  },
};

function percentiles(...points: readonly (readonly [number, number])[]): Spread {
  return {
    kind: 'percentiles',
    points: points.map(([percent, us]) => ({ percent, latency: microseconds(us) })),
  };
}
