/**
 * An extent is hot from its first write until others push it out; a crash copies the hot ones.
 *
 * Follows: DRBD's activity log (drbd_actlog.c): extents of 4 MiB, 1237 of them by default (67 to
 * 65534), the least recently used one without a write in flight gives way; a write that needs an
 * extent while all are busy waits.
 */
import type { StrategyParameters } from './parameters.js';
import type { FixStrategy } from '../machine/strategy.js';

const MiB = 2 ** 20;
/** AL_EXTENT_SHIFT 22. */
const EXTENT = 4 * MiB;
/** `al-extents` by default. */
const EXTENTS = 1237;

export function activityLog({
  granule = EXTENT,
  extents = EXTENTS,
}: StrategyParameters = {}): FixStrategy {
  return {
    name: 'activity-log',
    summary:
      "DRBD's way: an extent stays marked until others have pushed it out of a bounded list.",
    costs:
      'after a crash as much is copied as the hot extents hold; a write of the log ' +
      'whenever an extent becomes hot',
    assumes: 'that what was raced is written again before so many other extents have been written',
    record: 'activity-log',
    granule,
    mostMarked: extents,
    region: () => 'hold',
  };
}
