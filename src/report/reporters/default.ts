/** The text for people: few runs in full, many as a table; a scorecard. */
import { exploredText } from '../explore-text.js';
import { exploredTableText } from '../explored-table.js';
import { commandLine, repeatLine, runText } from '../run-text.js';
import { againText, runsText, summaryText } from '../runs-text.js';
import { scorecardText } from '../scorecard.js';
import { counted } from '../quantities.js';
import { runsOf, type Piece } from '../tally.js';
import type { View } from '../view.js';
import type { About, Reporter, Results, UnexpectedFailure } from './reporter.js';

/** Of the commands that make a failure small so many are told. */
const MOST_NAMED = 10;

export function defaultReporter({ view, inFull }: About): Reporter {
  let file: string | undefined;
  let last = '';
  return {
    *runs(piece: Piece) {
      if (!inFull) return;
      for (const run of runsOf(piece)) {
        const story = piece.file === file ? undefined : piece.subject.story;
        yield (last = `${runText(run, story, view)}\n`);
        file = piece.file;
      }
    },
    *end(results) {
      for (const text of ended(results, inFull, view)) yield text === '' ? text : (last = text);
    },
    *shrunk(failures) {
      if (!last.endsWith('\n\n') && failures.some(({ small }) => small !== undefined)) yield '\n';
      yield shrunkText(failures, inFull, view);
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
    if (only?.small !== undefined) yield `\n${only.small.text(view)}`;
    return;
  }
  const { tally } = found;
  const isFound = tally.findings.length > 0;
  if (!inFull) yield runsText(tally, repeat, view);
  else if (tally.runs > 1 || isFound) yield summaryText(tally, view);
  else yield againText(tally, view);
  if (inFull && isFound) yield `\n${repeatLine(repeat, view.paint)}\n`;
}

/** Beside runs that are told in full nothing is said of failures that were to be left. */
function shrunkText(failures: readonly UnexpectedFailure[], inFull: boolean, view: View): string {
  const texts = failures.flatMap(({ small }) => small?.text(view) ?? []);
  const rest = failures.filter(({ small }) => small === undefined);
  if (rest.length === 0 || (inFull && texts.length === 0)) return texts.join('\n');
  const named = rest.slice(0, MOST_NAMED);
  const commands = named.map(({ command }) => `${commandLine('shrink', command, view.paint)}\n`);
  const more = rest.length - named.length;
  if (more > 0) commands.push(`and ${counted(more, 'failure')} more\n`);
  return [...texts, commands.join('')].join('\n');
}
