/** JSON, a line a run, written as the runs come in; of searches a line for each. */
import { jsonLine, runJson } from '../run-json.js';
import { runsOf } from '../tally.js';
import { refusal, searchJson } from './json.js';
import type { About, Reporter } from './reporter.js';

export function jsonlReporter(about: About): Reporter {
  return {
    *runs(piece) {
      for (const run of runsOf(piece)) yield jsonLine(runJson(run));
    },
    *end({ rows }) {
      // Each run has its verdict; what only many can show is in the other formats.
      for (const row of rows) {
        if (row.kind === 'search') yield jsonLine(searchJson(row.found));
      }
    },
    *refused(trouble) {
      yield jsonLine(refusal(trouble, about));
    },
  };
}
