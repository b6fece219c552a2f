/** Kernels as data: the constants in which they differ. */
import type { Plugging } from '../media/leg.js';
import type { Spread } from '../media/latency.js';
import { microseconds, milliseconds, seconds, type Duration } from '../sim/time.js';

export interface Kernel {
  /** dirty_writeback_interval: the tick of pdflush. */
  readonly writebackInterval: Duration;
  /** dirty_expire_interval: the age at which an inode is written. */
  readonly expireAfter: Duration;
  /** The step of `jiffies`, in which ages are counted. */
  readonly jiffy: Duration;
  /**
   * dirty_background_ratio: the share of memory, in percent, above which background writing starts.
   */
  readonly backgroundPercent: number;
  /** Whether write() waits for a page under write (`grab_cache_page_write_begin` of 3.0). */
  readonly writeWaits: boolean;
  /** vm_dirty_ratio: the share above which whoever dirties pages writes some himself. */
  readonly throttlePercent: number;
  readonly plugging: Plugging | undefined;
  /** From the submission on one leg to that on the next, in kmirrord. */
  readonly betweenLegs: Spread;
}

export const KERNELS: Readonly<Record<'linux-2.6.25', Kernel>> = {
  'linux-2.6.25': {
    // mm/page-writeback.c
    writebackInterval: seconds(5),
    expireAfter: seconds(30),
    backgroundPercent: 5,
    writeWaits: false,
    throttlePercent: 10,
    // CONFIG_HZ_250, the default
    jiffy: milliseconds(4),
    // block/blk-settings.c: unplug_delay 3 ms, unplug_thresh 4
    plugging: { delay: milliseconds(3), requests: 4 },
    // Measured on Linux 6.1, dm-mirror over two disks: median 0.06 ms, 95th percentile 0.2 ms.
    betweenLegs: {
      kind: 'percentiles',
      points: [
        { percent: 0, latency: microseconds(20) },
        { percent: 50, latency: microseconds(60) },
        { percent: 95, latency: microseconds(200) },
        { percent: 100, latency: microseconds(400) },
      ],
    },
  },
};
