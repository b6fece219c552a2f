/**
 * Kernels as data: the constants in which they differ.
 *
 * Which store waits for a write is a matter of the kernel: 3.0 made write() wait for a page under
 * write, 3.9 made it wait only where the device asks for stable pages, and a mirror does not ask.
 * Leaves out: the flusher threads of 2.6.32, one a device, which took pdflush's place; what differs
 * in their timing, and why it is left out, stands in docs/model.md.
 */
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
  /** Whether drivers have volatile caches flushed around a write of their record. */
  readonly flushesCaches: boolean;
  /** From the submission on one leg to that on the next, in kmirrord. */
  readonly betweenLegs: Spread;
}

export type KernelName = 'linux-2.6.25' | 'linux-3.0' | 'linux-3.9' | 'linux-6.1' | 'linux-6.19';

/** The mail's kernel, of which all others are told as what they changed. */
const LINUX_2_6_25: Kernel = {
  // mm/page-writeback.c
  writebackInterval: seconds(5),
  expireAfter: seconds(30),
  backgroundPercent: 5,
  throttlePercent: 10,
  // kernel/Kconfig.hz: HZ_250 is the default
  jiffy: milliseconds(4),
  // mm/filemap.c `__grab_cache_page`: takes the page's lock, which is free under write
  writeWaits: false,
  // block/blk-settings.c `blk_queue_make_request`: unplug_delay 3 ms, unplug_thresh 4
  plugging: { delay: milliseconds(3), requests: 4 },
  // drivers/md/dm-log.c `disk_flush`: one write and nothing else
  flushesCaches: false,
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
};

const LINUX_3_0: Kernel = {
  ...LINUX_2_6_25,
  // 2.6.30 (1b5e62b42b5): dirty_background_ratio 10, vm_dirty_ratio 20; tick and expiry stayed as
  // they were
  backgroundPercent: 10,
  throttlePercent: 20,
  // mm/filemap.c `grab_cache_page_write_begin`: wait_on_page_writeback, whatever the device. A
  // mapping of ext2 has no `page_mkwrite` that would wait, its directories and buffers do not pass.
  writeWaits: true,
  // 2.6.26 (7ff14a36159) made kmirrord pull the plug after it submits; 2.6.39 moved plugs from the
  // queue to the stack of the submitting thread, and none stands around `do_writes`.
  plugging: undefined,
  // 2.6.33 (20a34a8ecc7, 076010e2e6e, c0da3748b9a): dm-log.c `disk_flush`, dm-raid1.c
  // `mirror_flush`
  flushesCaches: true,
};

const LINUX_3_9: Kernel = {
  ...LINUX_3_0,
  // 3.9 (1d1d1a767206): `wait_for_stable_page` waits only for a device that wants it. Neither
  // dm-raid1 nor md raid1 does, to this day.
  writeWaits: false,
};

export const KERNELS: Readonly<Record<KernelName, Kernel>> = {
  'linux-2.6.25': LINUX_2_6_25,
  'linux-3.0': LINUX_3_0,
  'linux-3.9': LINUX_3_9,
  // Read in 6.1.20 and 6.19.0: mm/page-writeback.c (5 s, 30 s, 10 %), dm-raid1.c and dm-log.c as in
  // 3.9; what BLK_FEAT_STABLE_WRITES replaced is still not asked for by a mirror.
  'linux-6.1': LINUX_3_9,
  'linux-6.19': LINUX_3_9,
};
