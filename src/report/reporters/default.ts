/** The text for people: few runs in full, many as a table; a scorecard. */
import { exploredText } from '../explore-text.js';
import { exploredTableText } from '../explored-table.js';
import { commandLine, repeatLine, runText } from '../run-text.js';
import { againText, runsText, summaryText } from '../runs-text.js';
import { scorecardText } from '../scorecard.js';
import { runsOf, type Piece } from '../tally.js';
import type { View } from '../view.js';
import type { About, Reporter, Results } from './reporter.js';

export function defaultReporter({ view, inFull }: About): Reporter {
  let file: string | undefined;
  return {
    *runs(piece: Piece) {
      if (!inFull) return;
      for (const run of runsOf(piece)) {
        const story = piece.file === file ? undefined : piece.subject.story;
        yield `${runText(run, story, view)}\n`;
        file = piece.file;
      }
    },
    *end(results) {
      yield* ended(results, inFull, view);
    },
    *refused() {
      // The message for people is on standard error.
    },
  };
}

function* ended({ found, repeat }: Results, inFull: boolean, view: View): Iterable<string> {
  if (found.kind === 'compare') {
    yield scorecardText(found.cards, repeat, view, found.again);
    return;
  }
  if (found.kind === 'explore') {
    const { cards, safety, only } = found;
    if (only === undefined) yield exploredTableText(cards, safety, repeat, view);
    else yield exploredText(only.search, only.story, repeat, view);
    if (only?.small !== undefined) yield `\n${only.small.text}`;
    return;
  }
  const { tally, shrink } = found;
  const isFound = tally.findings.length > 0;
  if (!inFull) yield runsText(tally, repeat, view);
  else if (tally.runs > 1 || isFound) yield summaryText(tally, view);
  else yield againText(tally, view);
  if (inFull && isFound) yield `\n${repeatLine(repeat, view.paint)}\n`;
  if (!inFull && shrink !== undefined) yield `${commandLine('shrink', shrink, view.paint)}\n`;
  const small = found.small();
  if (small !== undefined) yield `\n${small.text}`;
}
