/**
 * More region states: a region that drains is maybe dirty; every few minutes it becomes a clean
 * candidate, all file systems are synced, and it is clean if nothing was written to it meanwhile.
 *
 * Proposed by: Mikulas Patocka, dm-devel, 2 April 2008, idea 4; linux-raid, a week later, for what
 * a write to a candidate does: it is dirty, and maybe dirty again when that has drained.
 */
import type { FixStrategy } from '../machine/strategy.js';
import type { StrategyParameters } from './parameters.js';
import { seconds } from '../sim/time.js';

/** RH_CLEAN, and RH_DIRTY, a write in flight: one number, because the mark tells them apart. */
const CLEAN = 0;
const DIRTY = 0;
/** RH_MAYBE_DIRTY: all writes have drained; whether the legs agree is not known. */
const MAYBE_DIRTY = 1;
/** RH_CLEAN_CANDIDATE: nothing was written since before the sync() that is under way. */
const CLEAN_CANDIDATE = 2;

/** "Once in few minutes, so that it doesn't affect performance much." */
const FEW_MINUTES = seconds(120);

export function cleanCandidate({ period = FEW_MINUTES }: StrategyParameters = {}): FixStrategy {
  return {
    name: 'clean-candidate',
    summary:
      'Idea 4 of the mail: a region is cleared if a sync() every few minutes leaves it alone.',
    needs: 'a way for the region log to sync() all file systems above the mirror',
    costs: 'a sync() of everything every few minutes; regions stay marked until then',
    assumes: 'that a sync() writes every page that was changed since its last write began',
    record: 'dm-log',
    period: { every: period, from: 'boot' },
    patience: period,
    remembers: 1,
    region(cause, region, state) {
      switch (cause) {
        case 'written':
          state[region] = DIRTY;
          return 'hold';
        case 'drained':
          state[region] = MAYBE_DIRTY;
          return 'hold';
        case 'period':
          if (state[region] !== MAYBE_DIRTY) return 'hold';
          state[region] = CLEAN_CANDIDATE;
          return 'sync';
        case 'synced':
          if (state[region] !== CLEAN_CANDIDATE) return 'hold';
          state[region] = CLEAN;
          return 'clear';
        default:
          return 'hold';
      }
    },
  };
}
