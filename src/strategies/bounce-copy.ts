/**
 * Each write is copied once when it is submitted, and all legs read the copy.
 *
 * Proposed by: nobody for dm-raid1; md does it for write-behind (raid1.c `alloc_behind_pages`),
 * raid5 with its stripe cache, bcachefs with pages that are not stable.
 */
import type { FixStrategy } from '../machine/strategy.js';

export const bounceCopy: FixStrategy = {
  name: 'bounce-copy',
  summary: 'Each write is copied once and all legs read the copy, as md does for write-behind.',
  costs: 'every byte that is written is copied',
  assumes: 'that memory for the copy can be had. md goes on without a copy where it cannot',
  record: 'dm-log',
  legsRead: 'private-copy',
  region: (cause) => (cause === 'drained' ? 'clear' : 'hold'),
};
