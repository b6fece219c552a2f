/**
 * Region bits in memory only: after a crash nothing is known, and everything is copied.
 *
 * Follows: dm-log.c, the `core` log; md without a bitmap while writes go on.
 */
import type { FixStrategy } from '../machine/strategy.js';

export const coreLog: FixStrategy = {
  name: 'core-log',
  summary: 'Region bits in memory only: after a crash the whole device is copied.',
  costs: 'after a crash the whole device is copied',
  assumes: 'nothing',
  record: 'core',
  region: (cause) => (cause === 'drained' ? 'clear' : 'hold'),
};
