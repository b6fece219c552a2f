/** From what a search found to a verdict: only what was expected is judged. */
import type { StateSearchResult } from './reduced.js';
import type { Verdict } from '../outcome.js';
import type { HarmKind } from '../../aftermath/steps.js';
import type { FixStrategy } from '../../machine/strategy.js';
import type { Expectation } from '../../scenario/scenario.js';

/** What was found, and what it can prove. */
export interface Proved extends Pick<StateSearchResult, 'end' | 'frontier' | 'met' | 'shortest'> {
  readonly kinds: readonly Suffered[];
  readonly couldClear: boolean;
}

/** What comes of one kind of failure. */
interface Suffered {
  /** Whether the strategy is judged by it. */
  readonly counts: boolean;
  readonly suffered: readonly HarmKind[];
}

/** `builtIn`: the most states, where no user named a limit. */
export function judged(
  proved: Proved,
  expected: Expectation | undefined,
  builtIn: number | undefined,
): { readonly verdict: Verdict; readonly reasons: readonly string[] } {
  const { end, frontier, shortest } = proved;
  if (shortest !== undefined && forbidsTrouble(expected)) {
    return { verdict: 'FAIL', reasons: ['a crash can end in divergence, and must not'] };
  }
  if (end === 'too-many-states' && builtIn !== undefined) {
    const most = `more than ${builtIn} states, of which ${frontier} were not gone on from`;
    return { verdict: 'ERROR', reasons: [most] };
  }
  if (end === 'complete' && shortest === undefined) {
    if (expectsTrouble(expected)) {
      return { verdict: 'FAIL', reasons: ['expected a crash that ends in divergence, found none'] };
    }
    const idle = provesNothing(proved);
    if (idle !== undefined) return { verdict: 'VOID', reasons: [idle] };
  }
  const missing = end === 'complete' ? harmNotFound(proved, expected) : NOTHING_MISSING;
  if (missing.always.length > 0) return { verdict: 'FAIL', reasons: missing.always };
  if (missing.onTheWays.length > 0) return { verdict: 'PASS-BOUNDED', reasons: missing.onTheWays };
  if (end === 'complete') return { verdict: 'PASS-COMPLETE', reasons: [] };
  const why = end === 'first-divergence' ? 'it went to the first divergence' : 'its limit was met';
  return { verdict: 'PASS-BOUNDED', reasons: [`${why}; ${frontier} states were not gone on from`] };
}

/** Why nothing could have gone wrong in all that was tried; undefined: it could. */
function provesNothing({ met, couldClear: could }: Proved): string | undefined {
  if (met.storesUnderWrite === 0) return 'no store ever met a write in flight';
  if (could && met.clears === 0) return 'nothing was ever cleared, though the strategy clears';
  return undefined;
}

/**
 * Whether marks go by its rules: by time, by the array's flag, or because others push them out. One
 * that clears at once shows it; one that never does on purpose has nothing to show.
 */
export function couldClear({ patience, cleanFlagAfter, mostMarked }: FixStrategy): boolean {
  return patience !== undefined || cleanFlagAfter !== undefined || mostMarked !== undefined;
}

/** Harm that was expected: what no crash leads to, and what was not tried on every way. */
interface Missing {
  readonly always: readonly string[];
  readonly onTheWays: readonly string[];
}

const NOTHING_MISSING: Missing = { always: [], onTheWays: [] };

/** Seen on the disks alone, of every image. */
const ON_DISKS: ReadonlySet<HarmKind> = new Set(['block-used-twice', 'block-lost']);

/** All was tried; but broken promises are looked for after the shortest ways only. */
function harmNotFound({ kinds }: Proved, expected: Expectation | undefined): Missing {
  if (forbidsTrouble(expected)) return NOTHING_MISSING;
  const found = new Set(kinds.flatMap(({ counts, suffered }) => (counts ? suffered : [])));
  const missing = (expected?.harm ?? []).filter((kind) => !found.has(kind));
  const always = missing.filter((kind) => ON_DISKS.has(kind));
  const onTheWays: string[] = missing.filter((kind) => !ON_DISKS.has(kind));
  if (expected?.outcome === 'harmed' && found.size === 0 && missing.length === 0) {
    onTheWays.push('of any kind');
  }
  return {
    always: always.map((kind) => `expected harm ${kind}, found none`),
    onTheWays: onTheWays.map(
      (kind) => `harm ${kind} was looked for after the shortest ways only, and not found`,
    ),
  };
}

/** What is not said is not judged; a strategy of which nothing is said must never be exposed. */
function forbidsTrouble(expected: Expectation | undefined): boolean {
  return expected === undefined || expected.exposed === 'never' || expected.outcome === 'clean';
}

function expectsTrouble(expected: Expectation | undefined): boolean {
  if (expected?.exposed === 'sometimes') return true;
  return expected?.outcome !== undefined && expected.outcome !== 'clean';
}
