/**
 * The seam that a fix fills: what the region log may forget, and when; what a store does to a page
 * in flight; what the legs read.
 *
 * A strategy is asked about one region at a time and answers with one word; the host walks the
 * regions, keeps the order of writes and obeys. A strategy is a function of its arguments: what it
 * remembers stands in an array that the host owns, resets and saves. Shipped strategies and users'
 * own have this one contract.
 */
import type { RecordKind } from '../media/record-format.js';
import type { Duration } from '../sim/time.js';

/**
 * Why the host asks.
 *
 * - `written`: a write to the region is about to be marked and issued. The only answer is `hold`.
 * - `drained`: the last write in flight to the region has completed on all legs.
 * - `changed`: the same, and some block of the region was not the same when its last write
 *   completed as when it was submitted. Only told to a strategy that `comparesSums`.
 * - `aged`: the duration of an earlier answer has passed, and no write came.
 * - `period`: a period has passed; asked for each marked region.
 * - `synced`: a sync() that the strategy asked for has ended; asked for each marked region.
 */
export type Cause = 'written' | 'drained' | 'changed' | 'aged' | 'period' | 'synced';

/**
 * What becomes of the region's durable mark. `clear`: it goes. `hold`: it stays. `sync`, to
 * `period` only: it stays, and all file systems are synced, after which `synced` is asked. A
 * duration: it stays, and `aged` is asked after that long without a write to the region.
 */
export type Then = 'clear' | 'hold' | 'sync' | Duration;

/** A whole number in [0, bound): chance, through the one door. `what` names the question. */
export type Choose = (bound: number, what: string) => number;

export interface FixStrategy {
  /** As it is written in scenarios and tables. */
  readonly name: string;
  /** One sentence: who proposed it and what it does. */
  readonly summary: string;
  /** What it needs and no kernel has: a channel between the region log and others. */
  readonly needs?: string;
  /** What is paid for it, and what must hold for it to be safe: half a sentence each. */
  readonly costs?: string;
  readonly assumes?: string;
  /** Whence it was read, where it is a user's own: the host says so. */
  readonly source?: StrategySource;
  /** The durable thing that says what recovery copies. */
  readonly record: RecordKind;
  /**
   * Bytes of a region of the record: a power of two; `device`: one region for all. Default: the
   * scenario's `regionSize`.
   */
  readonly granule?: number | 'device';
  /** How many regions may be marked at once: the one least recently written gives way. */
  readonly mostMarked?: number;
  /** How long no write must be in flight before the record's own flag says clean (md). */
  readonly cleanFlagAfter?: Duration;
  /** What a store to a page in flight does. Default: `proceed`. */
  readonly stores?: 'proceed' | 'wait' | 'copy';
  /** Default: `live-page`. */
  readonly legsRead?: 'live-page' | 'private-copy';
  /** Whether each block is summed when its write is submitted, and again when it completes. */
  readonly comparesSums?: boolean;
  /** How often `period` is asked, as long as a region is marked. */
  readonly period?: Period;
  /**
   * The least time from a write to the clearing of its mark, where the strategy goes by time. A run
   * that is shorter than twice that proves nothing.
   */
  readonly patience?: Duration;
  /** Numbers that it remembers of each region, all 0 at boot. Default: none. */
  readonly remembers?: number;
  /**
   * The one hook. `memory` holds `remembers` numbers for each region: those of region r begin at
   * r x remembers.
   */
  region(cause: Cause, region: number, memory: Int32Array, choose: Choose): Then;
}

/** The file of a strategy of a user's own, by whose path the strategy is named. */
export interface StrategySource {
  /** As it was given. */
  readonly path: string;
  /** Of the file's bytes, in 64 hexadecimal digits. */
  readonly sha256: string;
  /** What the file itself calls it. */
  readonly name: string;
}

export interface Period {
  readonly every: Duration;
  /** Counted on a grid from boot on, or from the mark that found no other. */
  readonly from: 'boot' | 'first-mark';
}

/** A strategy broke its contract: told in its name. */
export class StrategyFault extends Error {
  override readonly name = 'StrategyFault';

  constructor(strategy: Pick<FixStrategy, 'name'>, what: string) {
    super(`strategy ${strategy.name}: ${what}`);
  }
}
