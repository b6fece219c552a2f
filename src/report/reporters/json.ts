/** One JSON object, at the end: all runs where they are few, else what they add up to. */
import type { Explored } from '../../lab/explore.js';
import { envelope, jsonText, runJson, type RunJson } from '../run-json.js';
import { comparisonJson } from '../scorecard-json.js';
import { exploredJson } from '../explore-json.js';
import { runsOf } from '../tally.js';
import { nothingOf } from './nothing.js';
import type { About, Found, Reporter, Results, Trouble } from './reporter.js';

export function jsonReporter(about: About): Reporter {
  const runs: RunJson[] = [];
  return {
    runs(piece) {
      if (about.keepsRuns) runs.push(...runsOf(piece).map(runJson));
      return [];
    },
    *end(results) {
      yield resultsJson(results, runs, about);
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

function resultsJson(results: Results, runs: readonly RunJson[], { version }: About): string {
  const { found, verdict, ending, repeatAsJson } = results;
  if (found.kind === 'explore') return searchesJson(found, results, version);
  const head = envelope(found.kind, version, verdict, repeatAsJson);
  const madeAgain = found.kind === 'run' ? found.tally.again : found.again;
  const done = { problems: [], interrupted: ending === 'interrupted', ending, madeAgain };
  if (found.kind === 'compare') {
    return jsonText({ ...head, ...done, ...comparisonJson(found.cards) });
  }
  const { findings, totals } = found.tally;
  const shrunk = found.small()?.json ?? null;
  const shrink = found.shrink ?? null;
  return jsonText({ ...head, ...done, findings, totals, runs, shrunk, shrink });
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
