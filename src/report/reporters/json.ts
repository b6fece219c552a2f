/** One JSON object, at the end: all runs where they are few, else what they add up to. */
import type { Explored } from '../../lab/explore.js';
import { envelope, jsonText, runJson, type RunJson } from '../run-json.js';
import { comparisonJson } from '../scorecard-json.js';
import { exploredJson } from '../explore-json.js';
import { runsOf, type Tally } from '../tally.js';
import { nothingOf } from './nothing.js';
import type { About, Found, Reporter, Results, Trouble, UnexpectedFailure } from './reporter.js';

export function jsonReporter(about: About): Reporter {
  const runs: RunJson[] = [];
  let told: { readonly results: Results; readonly tally: Tally } | undefined;
  return {
    runs(piece) {
      if (about.keepsRuns) runs.push(...runsOf(piece).map(runJson));
      return [];
    },
    *end(results) {
      const { found } = results;
      if (found.kind === 'explore') yield searchesJson(found, results, about.version);
      else if (found.kind === 'compare') yield comparedJson(found, results, about.version);
      else told = { results, tally: found.tally };
    },
    *shrunk(failures) {
      if (told === undefined) return;
      const { results, tally } = told;
      const { findings, totals } = tally;
      const shrunk = failures.map(shrunkJson);
      const head = headJson('run', results, tally.again, about.version);
      yield jsonText({ ...head, findings, totals, runs, shrunk });
    },
    *refused(trouble) {
      yield jsonText(refusal(trouble, about));
    },
  };
}

/** What there is to say where nothing came of it. */
export function refusal(
  { kind, problems, repeat }: Trouble,
  { command, version }: { readonly command: string; readonly version: string },
): object {
  const verdict = kind === 'ERROR' ? kind : null;
  return { ...envelope(command, version, verdict, repeat), problems, ...nothingOf(command) };
}

function comparedJson(
  { cards, again }: Extract<Found, { kind: 'compare' }>,
  results: Results,
  version: string,
): string {
  return jsonText({ ...headJson('compare', results, again, version), ...comparisonJson(cards) });
}

function headJson(
  command: 'run' | 'compare',
  { verdict, ending, repeatAsJson }: Results,
  madeAgain: number,
  version: string,
): object {
  const head = envelope(command, version, verdict, repeatAsJson);
  return { ...head, problems: [], interrupted: ending === 'interrupted', ending, madeAgain };
}

/** `left`: null where it was not made small. */
function shrunkJson(failure: UnexpectedFailure): object {
  const { file, scenario, strategy, seed, command, small } = failure;
  return { file, scenario, strategy, seed: seed ?? null, command, left: small?.json ?? null };
}

/** One search at the top, several in a list. */
function searchesJson(
  { cards, only }: Extract<Found, { kind: 'explore' }>,
  { verdict, repeatAsJson }: Results,
  version: string,
): string {
  const head = { ...envelope('explore', version, verdict, repeatAsJson), problems: [] };
  if (only !== undefined) {
    const { search, story, small } = only;
    return jsonText({ ...head, ...exploredJson(search, story), shrunk: small?.json ?? null });
  }
  const searches = cards.flatMap(({ found }) => found.map(searchJson));
  return jsonText({ ...head, searches });
}

/** One of several. */
export function searchJson(found: Explored): object {
  return { verdict: found.verdict, ...exploredJson(found, undefined) };
}
