/**
 * All that a report of a sweep needs besides its results: with a header and the sums of all chunks
 * it is made where nothing was run.
 */
import type { Subject } from './subject.js';
import { runsIn, type Plan } from './plan.js';

export interface SweepHeader {
  readonly command: 'run' | 'compare';
  /** The command as it was typed, without what changes no result. */
  readonly args: readonly string[];
  readonly sets: readonly string[];
  readonly series: readonly SeriesHeader[];
  readonly plan: Plan;
  /** Whether chunks keep their runs whole. */
  readonly keep: boolean;
  /** Ends with so many runs that did not pass; undefined: goes on. */
  readonly bail: number | undefined;
  /** Whether some of the runs are made again in a fresh world. */
  readonly again: boolean;
  /** What fails besides what scenarios expect, as it was written. */
  readonly failOn: readonly string[];
  /** Whether failures that must not be are made small. */
  readonly shrink: boolean;
}

/** One scenario under one strategy. */
export interface SeriesHeader {
  /** The scenario's file as it was typed. */
  readonly file: string;
  readonly subject: Subject;
}

/** Up to this many runs are kept whole. */
const KEPT_WHOLE = 1000;

export function keepsRuns(plan: Plan): boolean {
  return runsIn(plan) <= KEPT_WHOLE;
}

/** How a sweep ended: in `timeout` and `interrupted` not all of it was run. */
export type Ending = 'complete' | 'bail' | 'timeout' | 'interrupted';
