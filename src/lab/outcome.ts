/**
 * What came of one run: plain data, the same for text, JSON and tests. Words and colours come
 * later.
 */
import type { Costs } from './costs.js';
import type { AftermathRecord } from '../aftermath/afterwards.js';
import type { Divergence } from '../aftermath/divergence.js';
import type { Harm } from '../aftermath/harm.js';
import type { Difference } from '../aftermath/judge.js';
import type { StrategySource } from '../machine/strategy.js';
import type { Timing } from '../sim/agenda.js';
import type { OutcomeName } from '../scenario/scenario.js';

export type { AftermathRecord, Difference, Divergence, Harm };

export const VERDICTS = [
  'PASS-COMPLETE',
  'PASS-BOUNDED',
  'FAIL',
  'VOID',
  'NONDETERMINISTIC',
  'ERROR',
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** `Differing`: whether it is told whose the sectors are that differ. */
export interface Outcome<Differing extends Difference = Divergence> {
  readonly scenario: string;
  readonly strategy: string;
  /** The file of a strategy of the user's own. */
  readonly strategySource: StrategySource | undefined;
  /** The seed as text, or undefined where something else answered. */
  readonly seed: string | undefined;
  readonly verdict: Verdict;
  /** One sentence for each expectation that did not hold, or why the run is void or an error. */
  readonly reasons: readonly string[];
  readonly outcome: OutcomeName;
  readonly events: number;
  /** `free`: nothing has a time, a crash comes after the last event, and there is no share. */
  readonly timing: Timing;
  readonly simulatedNs: number;
  /**
   * Stores that changed a page of which some leg had sampled less, or other sectors, than another.
   */
  readonly raceHits: number;
  /** Stores that met a write in flight: a run without any proves nothing. */
  readonly storesUnderWrite: number;
  readonly exposure: Exposed;
  readonly costs: Costs;
  readonly crash: CrashSummary | undefined;
  readonly recovery: RecoverySummary | undefined;
  readonly aftermath: readonly AftermathRecord[];
  readonly divergence: readonly Differing[];
  readonly harm: readonly Harm[];
  /** 16 hexadecimal digits. */
  readonly fingerprint: string;
}

export interface Exposed {
  /** Share of [0, duration) in which a crash would have ended in silent divergence. */
  readonly fraction: number;
  /** At most the first thousand; `windowCount` has them all. */
  readonly windows: readonly ExposureWindow[];
  readonly windowCount: number;
  /** The application's own responsibility, which the rest leaves out. */
  readonly byApplication: { readonly fraction: number; readonly windowCount: number };
}

export interface ExposureWindow {
  readonly fromNs: number;
  readonly toNs: number;
  readonly regions: readonly number[];
}

export interface CrashSummary {
  readonly atNs: number;
  readonly markedRegions: number;
}

export interface RecoverySummary {
  readonly resyncedRegions: number;
  readonly resyncBytes: number;
  /** Of a recovery that nothing interrupts. */
  readonly durationNs: number;
}
