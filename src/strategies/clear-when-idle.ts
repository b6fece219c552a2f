/**
 * A region is clean as soon as no write to it is in flight: dm-raid1 as it is, from 2.6.25 to 6.19.
 *
 * Follows: dm-raid1.c `rh_dec` and `rh_update_states` (today dm-region-hash.c `dm_rh_dec`,
 * `dm_rh_update_states`).
 */
import type { FixStrategy } from '../machine/strategy.js';

export const clearWhenIdle: FixStrategy = {
  name: 'clear-when-idle',
  summary: 'dm-raid1 as it is: a region is clean as soon as no write to it is in flight.',
  costs: 'two writes of the region log for each isolated write',
  assumes: 'that completed writes left the legs equal. They need not: that is the race',
  record: 'dm-log',
  region: (cause) => (cause === 'drained' ? 'clear' : 'hold'),
};
