/** What `explore` does with a failure that it found: makes it small, and keeps it in a file. */
import type { Explored } from '../lab/explore.js';
import type { FixStrategy } from '../machine/strategy.js';
import type { SmallFailure } from '../report/reporters/reporter.js';
import type { Scenario } from '../scenario/scenario.js';
import { shown, type Given } from './given.js';
import type { Searched } from './laboratory.js';
import { saveShrunk } from './schedule-file.js';
import { madeSmall } from './searched.js';
import { repeatOf, type Session } from './session.js';
import { shrunkTeller } from './shrinking/told-shrunk.js';
import { writingOf } from './written.js';

/** One scenario under one strategy in one timing, and what came of it. */
export interface Search {
  readonly file: string;
  readonly scenario: Scenario;
  readonly strategy: FixStrategy;
  readonly wanted: Searched;
  readonly found: Explored;
  /** The command that makes it again. */
  readonly repeat: string;
}

/**
 * A failure that must not be is made small unless it was told not to; any is where it is to be
 * kept. undefined: there is nothing to tell of it.
 */
export async function smallFailureOf(
  { scenario, strategy, wanted, found }: Search,
  given: Given,
  session: Session,
): Promise<SmallFailure | undefined> {
  const file = given.text('out');
  const asFound = given.flag('no-shrink');
  if (file === undefined && (asFound || found.verdict !== 'FAIL')) return undefined;
  if (found.shortest === undefined) {
    without('no divergence was found', file, session);
    return undefined;
  }
  const repeat = repeatOf(session);
  const { choices } = found.shortest;
  const failure = { kind: 'way', wanted, choices } as const;
  const enough = { kind: asFound ? 'as-found' : 'tried' } as const;
  const shrunk = await madeSmall({ scenario, strategy }, failure, enough, repeat, session);
  if (shrunk === undefined) {
    without('the shortest way is a failure only within the bound of the search', file, session);
    return undefined;
  }
  if (file !== undefined) {
    const writing = writingOf(given, [strategy.name, ...Object.keys(scenario.expect)]);
    await saveShrunk(file, shrunk, strategy, writing, session);
  }
  if (asFound) return undefined;
  const tell = await shrunkTeller(session);
  return tell(shrunk, strategy, repeat);
}

function without(why: string, file: string | undefined, { err }: Session): void {
  const left = file === undefined ? 'it is not shrunk' : `${shown(file)} is not written`;
  err.write(`${why}: ${left}\n`);
}
