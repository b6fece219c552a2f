/** What a run tells a listener: one record for each thing that a story of the race may need. */
import type { ExposedBy } from './mirror/exposure.js';
import type { Instant } from '../sim/time.js';

interface Told {
  readonly at: Instant;
  /** Who did it: `app`, `pdflush`, `mirror`, `leg 0`, `log`, ... */
  readonly actor: string;
}

export type Happening = Told &
  (
    | {
        /** A store changed one sector of memory. */
        readonly kind: 'store';
        readonly sector: number;
        /** Why, with the kernel function: `ext2_set_bit_atomic: block 1234`. */
        readonly what: string;
        /**
         * For each leg of a write in flight over that sector: had it sampled the sector before this
         * store? Empty: no write.
         */
        readonly sampledBefore: readonly boolean[];
      }
    | { readonly kind: 'dirtied'; readonly sector: number; readonly sectors: number }
    | { readonly kind: 'step'; readonly what: string }
    | {
        /** A write was handed to the mirror. */
        readonly kind: 'submitted';
        readonly request: number;
        readonly sector: number;
        readonly sectors: number;
      }
    | {
        /**
         * A leg begins a transfer: the sectors are sampled one after another from `firstSampleAt`
         * on.
         */
        readonly kind: 'transfer';
        readonly leg: number;
        readonly request: number;
        readonly sector: number;
        readonly sectors: number;
        readonly firstSampleAt: Instant;
        readonly lastSampleAt: Instant;
        readonly durableAt: Instant;
      }
    | {
        readonly kind: 'landed';
        readonly leg: number;
        readonly request: number;
        readonly sector: number;
        readonly sectors: number;
      }
    | {
        readonly kind: 'completed';
        readonly request: number;
        readonly sector: number;
        readonly sectors: number;
      }
    | { readonly kind: 'marked'; readonly regions: readonly number[] }
    | { readonly kind: 'cleared'; readonly regions: readonly number[] }
    | {
        /** A write of the region log is durable. */
        readonly kind: 'log-landed';
        readonly marked: readonly number[];
        readonly cleared: readonly number[];
      }
    | {
        /** A drive says that nothing is left in its cache; the actor is the drive. */
        readonly kind: 'cache-flushed';
      }
    | {
        readonly kind: 'exposed';
        readonly regions: readonly number[];
        readonly by: ExposedBy;
      }
    | { readonly kind: 'covered' }
    | { readonly kind: 'crash' }
  );
