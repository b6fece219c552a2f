/**
 * md raid1 with a write-intent bitmap: bits are cleared lazily, and a clean superblock overrides
 * them all.
 *
 * Follows: drivers/md/bitmap.c of 2.6.25 (md-bitmap.c of 6.1) `bitmap_startwrite`,
 * `bitmap_endwrite`, `bitmap_daemon_work`; md.c `md_safemode_timeout`, and `bitmap_load`: a bit
 * counts only below recovery_cp, which a clean superblock puts behind the end.
 */
import type { StrategyParameters } from './parameters.js';
import type { FixStrategy } from '../machine/strategy.js';
import { milliseconds, seconds } from '../sim/time.js';

const MiB = 2 ** 20;
/** mdadm's default for an internal bitmap. */
const CHUNK = 64 * MiB;
/** daemon_sleep. */
const DAEMON_SLEEP = seconds(5);
/** `safemode_delay`: 200 ms, and a jiffy at CONFIG_HZ_250. */
export const SAFEMODE_DELAY = milliseconds(204);

/**
 * The daemon's run, counted from the last write, that clears the bit: the 2nd in 2.6.25 and 3.0,
 * the 3rd from 3.6 at the latest to 6.1.
 */
export function mdBitmap(
  { granule = CHUNK, period = DAEMON_SLEEP }: StrategyParameters = {},
  runs: 2 | 3 = 2,
): FixStrategy {
  return {
    name: 'md-bitmap',
    summary: 'md with a write-intent bitmap: bits go lazily; a clean superblock overrides all.',
    costs:
      'after a crash the chunks whose bits are set, if the array was not idle for 200 ms ' +
      'before',
    assumes: 'that completed writes left the legs equal',
    record: 'md',
    granule,
    cleanFlagAfter: SAFEMODE_DELAY,
    period: { every: period, from: 'boot' },
    patience: period,
    remembers: 1,
    region(cause, region, runsLeft) {
      switch (cause) {
        case 'written':
          runsLeft[region] = 0;
          return 'hold';
        case 'drained':
          runsLeft[region] = runs;
          return 'hold';
        case 'period':
          if (runsLeft[region] === 0) return 'hold';
          runsLeft[region]!--;
          return runsLeft[region] === 0 ? 'clear' : 'hold';
        default:
          return 'hold';
      }
    },
  };
}
