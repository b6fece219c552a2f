/**
 * `desync explore`: everything that a scenario can do under a strategy, or under several side by
 * side and in both timings.
 */
import { safetyAmong, safetyIn } from '../lab/exploring/safety.js';
import type { Wanted } from '../lab/explore.js';
import type { FixStrategy } from '../machine/strategy.js';
import { exploredJson } from '../report/explore-json.js';
import { exploredText } from '../report/explore-text.js';
import {
  exploredMarkdown,
  exploredTableText,
  type ExploredCard,
} from '../report/explored-table.js';
import { envelope, jsonText } from '../report/run-json.js';
import { divergenceStory, type Story } from '../report/story.js';
import { exitCodeOf, gravest } from '../report/verdict.js';
import type { Timing } from '../sim/agenda.js';
import { smallFailureOf, type Search } from './explored-failure.js';
import { refuseFixed, strategiesFor, strategiesListed } from './chosen.js';
import type { Given } from './given.js';
import type { Searches } from './laboratory.js';
import { countIn, overAfter } from './limits.js';
import { strategiesKnown } from './own-strategy.js';
import { attempted, Refused } from './refused.js';
import { repeatOf, type Session } from './session.js';
import { loadAll, type LoadedFile } from './sources.js';
import { tellingOf } from './told.js';
import { refuseOver, writingOf } from './written.js';

const LEVELS = 2;

export async function explore(given: Given, session: Session): Promise<number> {
  const limits = {
    levels: countIn(given, 'levels') ?? LEVELS,
    mostStates: countIn(given, 'max-states'),
    untilFirst: given.flag('first'),
    stop: overAfter(given),
  };
  const timings = timingsIn(given);
  refuseOver(given.text('out'), writingOf(given));
  const files = await loadAll(given.texts('files'), given.texts('set'), session);
  const strategiesOf = await strategiesIn(given, files, session);
  for (const { file, scenario } of files) refuseFixed(file, scenario, 'explore');
  const explorer = await session.rooms.searches();
  session.interrupts.leave();
  const repeat = repeatOf(session);
  const count = files.reduce((sum, { scenario }) => sum + strategiesOf(scenario).length, 0);
  if (given.text('out') !== undefined && count * timings.length > 1) {
    throw new Refused(
      `--out keeps the failure of one search, and these are ${count * timings.length}`,
    );
  }
  const searches = files.map(({ scenario }): readonly Search[] => {
    const one = (strategy: FixStrategy, timing: Timing): Search => {
      const wanted: Wanted = { ...limits, timing };
      const found = attempted(() => explorer.explore(scenario, strategy, wanted), repeat);
      return { scenario, strategy, wanted, found };
    };
    return strategiesOf(scenario).flatMap((each) => timings.map((timing) => one(each, timing)));
  });
  const all = searches.flat();
  const [only] = all.length === 1 ? all : [];
  if (only !== undefined) await tellOne(only, given, session, explorer);
  else tellAll(searches, given, session);
  return exitCodeOf(gravest(all.map(({ found }) => found.verdict)));
}

/** One search is told at length. */
async function tellOne(
  { found, ...search }: Search,
  given: Given,
  session: Session,
  explorer: Searches,
): Promise<void> {
  const { out, version } = session;
  const repeat = repeatOf(session);
  const story = storyOf({ found, ...search }, repeat, explorer);
  const small = await smallFailureOf({ found, ...search }, given, session);
  if (given.flag('json')) {
    const head = envelope('explore', version, found.verdict, repeat);
    out.write(
      jsonText({
        ...head,
        problems: [],
        ...exploredJson(found, story),
        shrunk: small?.json ?? null,
      }),
    );
  } else if (given.flag('markdown')) {
    tellAll([[{ found, ...search }]], given, session);
  } else {
    out.write(exploredText(found, story, repeat, out.view));
    if (small !== undefined) out.write(`\n${small.text}`);
  }
}

function storyOf(search: Search, repeat: string, explorer: Searches): Story | undefined {
  const { scenario, strategy, wanted, found } = search;
  const { shortest } = found;
  if (shortest === undefined) return undefined;
  const way = attempted(() => explorer.tellWay(scenario, strategy, wanted, shortest), repeat);
  return divergenceStory(tellingOf(way, way, wanted.timing === 'free' ? 'steps' : 'time'));
}

/** Several stand in a table, scenario by scenario. */
function tellAll(
  searches: readonly (readonly Search[])[],
  given: Given,
  { out, version, ...session }: Session,
): void {
  const repeat = repeatOf({ out, version, ...session });
  const cards = searches.flatMap((each): ExploredCard[] => {
    const found = each.map((search) => search.found);
    return each.slice(0, 1).map(({ scenario: { name, story } }) => {
      return { scenario: name, story, found, safety: safetyIn(found) };
    });
  });
  const overall = safetyAmong(cards.map(({ safety }) => safety));
  if (given.flag('json')) {
    const all = cards.flatMap(({ found }) => found);
    const head = envelope('explore', version, gravest(all.map(({ verdict }) => verdict)), repeat);
    const told = all.map((found) => exploredJson(found, undefined));
    out.write(jsonText({ ...head, problems: [], searches: told }));
  } else if (given.flag('markdown')) {
    out.write(`${exploredMarkdown(cards, overall, repeat)}\n`);
  } else {
    out.write(exploredTableText(cards, overall, repeat, out.view));
  }
}

function timingsIn(given: Given): readonly Timing[] {
  switch (given.text('timing')) {
    case 'both':
      return ['scenario', 'free'];
    case 'free':
      return ['free'];
    default:
      return ['scenario'];
  }
}

/** Those that were named, or the first of which the scenario expects something. */
async function strategiesIn(
  given: Given,
  files: readonly LoadedFile[],
  session: Session,
): Promise<(scenario: LoadedFile['scenario']) => readonly FixStrategy[]> {
  const list = given.text('strategies');
  const one = given.text('strategy');
  if (list !== undefined && one !== undefined) {
    throw new Refused('--strategy and --strategies exclude each other');
  }
  const named =
    one !== undefined ? [one] : (list ?? 'all') === 'all' ? [] : (list ?? '').split(',');
  const known = await strategiesKnown(named, files, session);
  if (list !== undefined) {
    const listed = strategiesListed(list, known);
    return () => listed;
  }
  return (scenario) => strategiesFor(scenario, named, known).slice(0, 1);
}
