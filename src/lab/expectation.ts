/**
 * From what happened to a verdict: only what was expected is judged. A strategy without expectation must never be exposed.
 */
import type { Outcome, Verdict } from './outcome.js';
import type { Expectation } from '../scenario/scenario.js';

export interface Judged {
  readonly verdict: Verdict;
  /** One sentence for each expectation that did not hold, or why the run proves nothing. */
  readonly reasons: readonly string[];
}

type Happened = Pick<Outcome, 'outcome' | 'storesUnderWrite' | 'exposure' | 'harm'>;

const NEVER_EXPOSED: Expectation = { outcome: undefined, exposed: 'never', harm: undefined };

/** The verdict on one run. `exposed: sometimes` is no expectation of a single run; see {@link overSeeds}. */
export function verdictOf(expected: Expectation | undefined, run: Happened): Judged {
  const { outcome, exposed, harm } = expected ?? NEVER_EXPOSED;
  const reasons: string[] = [];
  const windows = run.exposure.windowCount;
  if (outcome !== undefined && outcome !== run.outcome) {
    reasons.push(`expected the outcome ${outcome}, found ${run.outcome}`);
  }
  if (exposed === 'never' && windows > 0) {
    reasons.push(`expected no exposure, found ${windows} ${windows === 1 ? 'window' : 'windows'}`);
  }
  for (const kind of harm ?? []) {
    if (!run.harm.some((found) => found.kind === kind))
      reasons.push(`expected harm ${kind}, found none`);
  }
  if (reasons.length > 0) return { verdict: 'FAIL', reasons };
  if (run.storesUnderWrite === 0 && !expectsTrouble(outcome)) {
    return { verdict: 'VOID', reasons: ['no store ever met a write in flight'] };
  }
  return { verdict: 'PASS-BOUNDED', reasons: [] };
}

/** What only many runs can show, added to the verdicts on each. */
export function overSeeds(
  expected: Expectation | undefined,
  runs: readonly Happened[],
): Judged | undefined {
  if (expected?.exposed !== 'sometimes') return undefined;
  if (runs.some((run) => run.exposure.windowCount > 0)) return undefined;
  return {
    verdict: 'FAIL',
    reasons: [`expected exposure in some of ${runs.length} runs, found none`],
  };
}

function expectsTrouble(outcome: Expectation['outcome']): boolean {
  return outcome === 'exposed' || outcome === 'diverged' || outcome === 'harmed';
}
