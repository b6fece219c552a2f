/**
 * A region is clean as soon as no write to it is in flight: dm-raid1 as it is, from 2.6.25 to 6.19.
 *
 * Follows: dm-raid1.c `rh_dec` and `rh_update_states` (today dm-region-hash.c `dm_rh_dec`,
 * `dm_rh_update_states`).
 * Costs: two writes of the region log for each isolated write.
 * Assumes: that completed writes left the legs equal. They need not: that is the race.
 */
import type { FixStrategy } from '../machine/strategy.js';

export const clearWhenIdle: FixStrategy = {
  name: 'clear-when-idle',
  summary: 'dm-raid1 as it is: a region is clean as soon as no write to it is in flight.',
  record: 'dm-log',
  region: (cause) => (cause === 'drained' ? 'clear' : 'hold'),
};
