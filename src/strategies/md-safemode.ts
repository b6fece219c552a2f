/**
 * md raid1 without a bitmap: one flag for the array, clean again 200 ms after the last write.
 *
 * Follows: drivers/md/md.c `md_write_start`, `md_safemode_timeout`. The mail says that "md-raid
 * resynchronizes the whole device after a crash too": it does so only in those 200 ms.
 */
import { SAFEMODE_DELAY } from './md-bitmap.js';
import type { FixStrategy } from '../machine/strategy.js';

export const mdSafemode: FixStrategy = {
  name: 'md-safemode',
  summary: 'md without a bitmap: one clean flag for the array, 200 ms after the last write.',
  costs: 'after a crash the whole device, if it was not idle for 200 ms before',
  assumes: 'that completed writes left the legs equal',
  record: 'md-safemode',
  granule: 'device',
  cleanFlagAfter: SAFEMODE_DELAY,
  region: () => 'hold',
};
