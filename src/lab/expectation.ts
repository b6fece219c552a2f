/**
 * From what happened to a verdict: only what was expected is judged. A strategy without expectation
 * must never be exposed.
 *
 * That nothing goes wrong is expected of every run. That something does (an outcome, a kind of
 * harm) is expected of a run that stands alone; of many seeds it is enough that some show it.
 * Exposure `sometimes` is no word about one seed: it is asked of many only.
 * A run in which nothing went wrong and nothing could have is VOID, be it that no store met a write
 * or that it was too short for its strategy. Many runs are VOID when each of them is: where one
 * showed what was expected, that is proved.
 */
import type { Outcome, Verdict } from './outcome.js';
import { countsAll, windowsCounted } from './summary.js';
import type { ChunkSum } from './sweep/chunk-sum.js';
import type { HarmKind } from '../aftermath/steps.js';
import type { Expectation, OutcomeName } from '../scenario/scenario.js';
import type { Timing } from '../sim/agenda.js';

export interface Judged {
  readonly verdict: Verdict;
  /** One sentence for each expectation that did not hold, or why the run proves nothing. */
  readonly reasons: readonly string[];
}

type Happened = Pick<Outcome, 'outcome' | 'storesUnderWrite' | 'exposure' | 'harm'> & {
  /** Why a run of this length says nothing of the strategy; undefined: it may. */
  readonly tooShort?: string | undefined;
};

const NEVER_EXPOSED: Expectation = {
  outcome: undefined,
  exposed: 'never',
  withoutTime: undefined,
  harm: undefined,
  applicationsFault: undefined,
};

/** Without time another thing may be expected. */
export function expectedIn(
  timing: Timing,
  expected: Expectation | undefined,
): Expectation | undefined {
  if (timing === 'scenario' || expected?.withoutTime === undefined) return expected;
  return { ...expected, outcome: undefined, exposed: expected.withoutTime };
}

/** The verdict on a run that stands alone. */
export function verdictOf(expected: Expectation | undefined, run: Happened): Judged {
  const alone = {
    outcomes: new Set([run.outcome]),
    harm: new Set(run.harm.filter(({ byApplication }) => !byApplication).map(({ kind }) => kind)),
    allHarm: new Set(run.harm.map(({ kind }) => kind)),
  };
  const reasons = [
    ...wrong(expected ?? NEVER_EXPOSED, run),
    ...missing(expected, alone, undefined),
  ];
  return judged(expected, run, reasons);
}

/** The verdict on a run among those of other seeds. */
export function verdictAmongSeeds(expected: Expectation | undefined, run: Happened): Judged {
  return judged(expected, run, wrong(expected ?? NEVER_EXPOSED, run));
}

/** What many runs showed, added up; those that came to a limit showed nothing. */
export class Shown {
  readonly outcomes = new Set<OutcomeName>();
  readonly harm = new Set<HarmKind>();
  runs = 0;
  exposedRuns = 0;
  /** The same, and what is an application's own fault. */
  readonly allHarm = new Set<HarmKind>();
  allExposedRuns = 0;

  add(sum: ChunkSum): void {
    this.runs += sum.runs - sum.incomplete.length;
    for (const { verdict, outcome } of sum.kinds) {
      if (verdict !== 'ERROR') this.outcomes.add(outcome);
    }
    for (const kind of sum.harm) this.harm.add(kind);
    for (const kind of sum.allHarm) this.allHarm.add(kind);
    this.exposedRuns += sum.exposedRuns;
    this.allExposedRuns += sum.allExposedRuns;
  }
}

/** What stands against many runs together; undefined: nothing. */
export function overSeeds(expected: Expectation | undefined, shown: Shown): Judged | undefined {
  const reasons = missing(expected, shown, `any of ${shown.runs} runs`);
  const exposedRuns = countsAll(expected) ? shown.allExposedRuns : shown.exposedRuns;
  if (expected?.exposed === 'sometimes' && exposedRuns === 0) {
    reasons.push(`expected exposure in some of ${shown.runs} runs, found none`);
  }
  return reasons.length > 0 ? { verdict: 'FAIL', reasons } : undefined;
}

function judged(expected: Expectation | undefined, run: Happened, reasons: string[]): Judged {
  if (reasons.length > 0) return { verdict: 'FAIL', reasons };
  const mightHaveFailed = run.outcome !== 'clean' || isTrouble(expected?.outcome);
  if (mightHaveFailed) return { verdict: 'PASS-BOUNDED', reasons: [] };
  if (run.storesUnderWrite === 0) {
    return { verdict: 'VOID', reasons: ['no store ever met a write in flight'] };
  }
  if (run.tooShort !== undefined) return { verdict: 'VOID', reasons: [run.tooShort] };
  return { verdict: 'PASS-BOUNDED', reasons: [] };
}

/** What must not happen in any run, and did. */
function wrong(expected: Expectation, run: Happened): string[] {
  const { outcome, exposed } = expected;
  const reasons: string[] = [];
  const windows = windowsCounted(run.exposure, countsAll(expected));
  if (outcome === 'clean' && run.outcome !== 'clean') {
    reasons.push(`expected the outcome clean, found ${run.outcome}`);
  }
  if (exposed === 'never' && windows > 0) {
    reasons.push(`expected no exposure, found ${windows} ${windows === 1 ? 'window' : 'windows'}`);
  }
  return reasons;
}

/** What was expected to go wrong and did not. */
function missing(
  expected: Expectation | undefined,
  shown: Pick<Shown, 'outcomes' | 'harm' | 'allHarm'>,
  where: string | undefined,
): string[] {
  const there = where === undefined ? '' : ` in ${where}`;
  const reasons: string[] = [];
  const outcome = expected?.outcome;
  if (outcome !== undefined && isTrouble(outcome) && !shown.outcomes.has(outcome)) {
    const found = [...shown.outcomes].join(', ');
    reasons.push(`expected the outcome ${outcome}${there}, found ${found}`);
  }
  const harm = countsAll(expected) ? shown.allHarm : shown.harm;
  for (const kind of expected?.harm ?? []) {
    if (!harm.has(kind)) reasons.push(`expected harm ${kind}${there}, found none`);
  }
  return reasons;
}

function isTrouble(outcome: OutcomeName | undefined): boolean {
  return outcome !== undefined && outcome !== 'clean';
}
