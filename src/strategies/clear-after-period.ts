/**
 * A region is cleared when it has not been written for a period of pdflush.
 *
 * Proposed by: Mikulas Patocka, dm-devel, 2 April 2008, idea 3 ("turn off the bit if the block
 * wasn't written in one pdflush period"), who would not recommend it: "pdflush makes its best
 * effort ... not guaranteed" (linux-raid, a week later).
 */
import type { FixStrategy } from '../machine/strategy.js';
import type { StrategyParameters } from './parameters.js';
import { seconds } from '../sim/time.js';

/** dirty_expire_interval. */
const PDFLUSH_PERIOD = seconds(30);

export function clearAfterPeriod({
  period = PDFLUSH_PERIOD,
}: StrategyParameters = {}): FixStrategy {
  return {
    name: 'clear-after-period',
    summary: 'Idea 3 of the mail: a region is cleared after a pdflush period without a write.',
    needs: 'a region log that knows the period of pdflush, and that pdflush keeps it',
    costs: 'regions stay marked for the period',
    assumes:
      'that what was raced is written again within the period. pdflush looks at ages on a ' +
      'tick of 5 s, so 30 s of age are 30 to 35 s, and nothing bounds a write that waits ' +
      'behind others',
    record: 'dm-log',
    patience: period,
    region(cause) {
      switch (cause) {
        case 'drained':
          return period;
        case 'aged':
          return 'clear';
        default:
          return 'hold';
      }
    },
  };
}
