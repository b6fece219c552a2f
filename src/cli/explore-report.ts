/** What `desync explore` tells of its searches: one at length, several in a table. */
import { safetyAmong, safetyIn } from '../lab/exploring/safety.js';
import { exploredMarkdown, type ExploredCard } from '../report/explored-table.js';
import type { ResultRow, TextsOfOne } from '../report/reporters/reporter.js';
import { divergenceStory, type Story } from '../report/story.js';
import { exitCodeOf, gravest } from '../report/verdict.js';
import { smallFailureOf, type Search } from './explored-failure.js';
import type { Given } from './given.js';
import { attempted } from './refused.js';
import type { Outputs } from './reporting/outputs.js';
import { repeatOf, type Session } from './session.js';
import { clockOf, tellingOf } from './told.js';

/** `searches`: scenario by scenario. Answers with the exit code. */
export async function exploreReport(
  searches: readonly (readonly Search[])[],
  given: Given,
  outputs: Outputs,
  session: Session,
): Promise<number> {
  const all = searches.flat();
  const verdict = gravest(all.map(({ found }) => found.verdict));
  const cards = searches.flatMap(cardOf);
  const safety = safetyAmong(cards.map((card) => card.safety));
  const [one] = all.length === 1 ? all : [];
  const only = one && (await textsOf(one, given, session));
  const repeat = repeatOf(session);
  if (given.flag('markdown')) {
    session.out.write(`${exploredMarkdown(cards, safety, repeat)}\n`);
  } else {
    outputs.begin({ command: 'explore', inFull: only !== undefined, keepsRuns: false });
    await outputs.end({
      ending: 'complete',
      verdict,
      rows: all.map(rowOf),
      repeat,
      repeatAsJson: repeat,
      found: { kind: 'explore', cards, safety, only },
    });
  }
  return exitCodeOf(verdict);
}

function cardOf(searches: readonly Search[]): ExploredCard[] {
  const found = searches.map((search) => search.found);
  return searches.slice(0, 1).map(({ scenario: { name, story } }) => {
    return { scenario: name, story, found, safety: safetyIn(found) };
  });
}

function rowOf({ file, scenario, strategy, found, repeat }: Search): ResultRow {
  const about = { scenario: scenario.name, strategy: strategy.name };
  return { kind: 'search', file, ...about, found, repeat };
}

async function textsOf(search: Search, given: Given, session: Session): Promise<TextsOfOne> {
  const story = await storyOf(search, session);
  const small = await smallFailureOf(search, given, session);
  return { search: search.found, story, small };
}

async function storyOf(search: Search, { rooms }: Session): Promise<Story | undefined> {
  const { scenario, strategy, wanted, found, repeat } = search;
  const { shortest } = found;
  if (shortest === undefined) return undefined;
  const searches = await rooms.searches();
  const way = attempted(() => searches.tellWay(scenario, strategy, wanted, shortest), repeat);
  return divergenceStory(tellingOf(way, way, clockOf(wanted)));
}
