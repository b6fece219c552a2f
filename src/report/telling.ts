/** What a story is made from: all that happened, and what the crash left. */
import type { Divergence, RecoverySummary } from '../lab/outcome.js';
import type { Happening } from '../machine/happening.js';
import type { Naming } from './rows.js';
import type { Clock } from './sector-writes.js';

export interface Telling extends Naming {
  readonly happenings: readonly Happening[];
  readonly clock: Clock;
  /** What recovery left unequal. */
  readonly divergence: readonly Divergence[];
  /** undefined: there was no crash. */
  readonly recovery: RecoverySummary | undefined;
}
