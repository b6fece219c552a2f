/** What an application does, as data: the steps of one thread, in order. */
import type { Spread } from '../media/latency.js';
import type { Instant } from '../sim/time.js';

export type Step =
  | { readonly do: 'create'; readonly path: string }
  | { readonly do: 'append'; readonly path: string; readonly bytes: number }
  | {
      /**
       * `store`: into a mapping of the file; `direct`: by O_DIRECT; `scribble`: into the buffer of
       * a `direct` that may be under way.
       */
      readonly do: 'overwrite' | 'store' | 'direct' | 'scribble';
      readonly path: string;
      readonly offset: number;
      readonly bytes: number;
    }
  | { readonly do: 'unlink'; readonly path: string }
  | { readonly do: 'fsync'; readonly path: string }
  | { readonly do: 'sync' }
  /** Takes memory and fills it; gives it back. */
  | { readonly do: 'use' | 'release'; readonly bytes: number }
  | { readonly do: 'sleep'; readonly for: Spread }
  | { readonly do: 'at'; readonly at: Instant }
  | {
      readonly do: 'repeat';
      /** The pause before each round, after the round before it has ended. */
      readonly every: Spread;
      /** Rounds; undefined: until the run ends. */
      readonly times: number | undefined;
      readonly steps: readonly Step[];
    };

export interface Application {
  readonly name: string;
  /**
   * Colours its first allocation in a group: group start + (pid % 16) * (blocks per group / 16).
   */
  readonly pid: number;
  readonly steps: readonly Step[];
}
