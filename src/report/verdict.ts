/**
 * What a verdict means to whoever started the command: an exit code, and which of several counts.
 */
import type { Verdict } from '../lab/outcome.js';

/** What was expected held. */
export const HELD = 0;
export const FAILED = 1;
/** Usage, scenario or a limit of the run. */
export const REFUSED = 2;
/** Our bug, or nondeterminism. */
export const BROKEN = 3;
/** VOID, or nothing to run. */
export const NOTHING = 4;
export const INTERRUPTED = 130;

/** The gravest first. */
const GRAVITY: readonly Verdict[] = [
  'NONDETERMINISTIC',
  'ERROR',
  'FAIL',
  'VOID',
  'PASS-BOUNDED',
  'PASS-COMPLETE',
];

const EXIT_CODES: Readonly<Record<Verdict, number>> = {
  'PASS-COMPLETE': HELD,
  'PASS-BOUNDED': HELD,
  FAIL: FAILED,
  ERROR: REFUSED,
  NONDETERMINISTIC: BROKEN,
  VOID: NOTHING,
};

export function exitCodeOf(verdict: Verdict): number {
  return EXIT_CODES[verdict];
}

export function passed(verdict: Verdict): boolean {
  return EXIT_CODES[verdict] === HELD;
}

/** Of several the one that decides; where nothing was run, nothing was proved. */
export function gravest(verdicts: readonly Verdict[]): Verdict {
  return GRAVITY.find((verdict) => verdicts.includes(verdict)) ?? 'VOID';
}
