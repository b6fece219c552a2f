/**
 * `desync explore`: everything that a scenario can do under a strategy, or under several side by
 * side and in both timings.
 */
import type { FixStrategy } from '../machine/strategy.js';
import type { Timing } from '../sim/agenda.js';
import { refuseFixed, strategiesFor, strategiesListed } from './chosen.js';
import { exploreReport } from './explore-report.js';
import type { Search } from './explored-failure.js';
import type { Given } from './given.js';
import { countIn, endIn } from './limits.js';
import { strategiesKnown, strategyFiles } from './own-strategy.js';
import { Refused } from './refused.js';
import type { Outputs } from './reporting/outputs.js';
import { reported } from './reporting/reported.js';
import { explored } from './searched.js';
import { repeatOfRuns, type Session } from './session.js';
import { loadAll, type LoadedFile } from './sources.js';
import { refuseInTheWay, writingOf } from './written.js';

const LEVELS = 2;

export function explore(given: Given, session: Session): Promise<number> {
  const others = ['json', 'reporter'].find((name) => given.texts(name).length > 0);
  if (given.flag('markdown') && others !== undefined) {
    throw new Refused(`--markdown and --${others} exclude each other`);
  }
  return reported('explore', given, session, (outputs) =>
    searchesReported(given, outputs, session),
  );
}

async function searchesReported(given: Given, outputs: Outputs, session: Session): Promise<number> {
  const files = await loadAll(given.texts('files'), given.texts('set'), session, outputs.hear);
  const limits = {
    levels: countIn(given, 'levels') ?? LEVELS,
    mostStates: countIn(given, 'max-states'),
    untilFirst: given.flag('first'),
    end: endIn(given),
  };
  const timings = timingsIn(given);
  refuseInTheWay(given.text('out'), writingOf(given));
  outputs.spare(strategyFiles([], files));
  const strategiesOf = await strategiesIn(given, files, session);
  for (const { file, scenario } of files) refuseFixed(file, scenario, 'explore');
  session.interrupts.leave();
  const count = files.reduce((sum, { scenario }) => sum + strategiesOf(scenario).length, 0);
  if (given.text('out') !== undefined && count * timings.length > 1) {
    throw new Refused(
      `--out keeps the failure of one search, and these are ${count * timings.length}`,
    );
  }
  const searches: Search[][] = [];
  for (const { file, scenario } of files) {
    const ofFile: Search[] = [];
    for (const strategy of strategiesOf(scenario)) {
      for (const timing of timings) {
        const wanted = { ...limits, timing };
        const repeat = repeatOfSearch(file, strategy, timing, given);
        const found = await explored({ scenario, strategy }, wanted, repeat, session);
        ofFile.push({ file, scenario, strategy, wanted, found, repeat });
      }
    }
    searches.push(ofFile);
  }
  return exploreReport(searches, given, outputs, session);
}

/** As far as that one was to go. */
function repeatOfSearch(file: string, strategy: FixStrategy, timing: Timing, given: Given): string {
  const limits = ['levels', 'max-states', 'max-time'].flatMap((name) =>
    given.texts(name).flatMap((value) => [`--${name}`, value]),
  );
  const first = given.flag('first') ? ['--first'] : [];
  const how = ['--timing', timing, ...limits, ...first];
  return repeatOfRuns('explore', file, strategy.name, how, given.texts('set'));
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
