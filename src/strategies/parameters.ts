/** What a scenario may say of a shipped strategy; what it does not say is as the kernel has it. */
import type { Duration } from '../sim/time.js';

export interface StrategyParameters {
  /**
   * clear-after-period: without a write; clean-candidate: between two sync(); md: of the daemon.
   */
  readonly period?: Duration | undefined;
  /** md-llbitmap: what counts as idle when the daemon looks. */
  readonly idle?: Duration | undefined;
  /** Bytes of an extent or a chunk: a power of two. */
  readonly granule?: number | undefined;
  /** activity-log: how many may be hot. */
  readonly extents?: number | undefined;
}
