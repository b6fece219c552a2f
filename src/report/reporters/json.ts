/** One JSON object, at the end: all runs where they are few, else what they add up to. */
import { envelope, jsonText, runJson, type RunJson } from '../run-json.js';
import { comparisonJson } from '../scorecard-json.js';
import { runsOf } from '../tally.js';
import type { About, Reporter, Results, Trouble } from './reporter.js';

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
  { kind, problems, repeat, nothing }: Trouble,
  { command, version }: { readonly command: string; readonly version: string },
): object {
  const verdict = kind === 'ERROR' ? kind : null;
  return { ...envelope(command, version, verdict, repeat), problems, ...nothing };
}

function resultsJson(results: Results, runs: readonly RunJson[], { version }: About): string {
  const { found, verdict, ending, repeatAsJson } = results;
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
