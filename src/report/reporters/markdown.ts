/**
 * Tables for a pull request or the summary of a job: a row for each strategy, as a scorecard has.
 */
import { exploredTables } from '../explored-table.js';
import { safe } from '../lines.js';
import { fenced, plain } from '../markdown-text.js';
import { counted, grouped, percent } from '../quantities.js';
import type { Reporter, Results, RunsRow } from './reporter.js';
import { problemText, repeatOf, seedOf, stateOf, titleOf } from './row-state.js';

/** Of the rows that did not pass so many are told with their reasons. */
const MOST_TOLD = 50;

export function markdownReporter(): Reporter {
  return {
    *runs() {
      // A table needs all of its rows.
    },
    *end(results) {
      yield `## desync ${results.found.kind}: ${results.verdict}\n`;
      if (results.found.kind === 'explore') {
        yield `\n${exploredTables(results.found.cards, results.found.safety)}\n`;
      }
      const rows = results.rows.filter((row) => row.kind === 'runs');
      for (const file of new Set(rows.map((row) => row.file))) {
        yield* tableOf(rows.filter((row) => row.file === file));
      }
      yield* failures(results);
      yield* told('Repeat all of it:', results.repeat);
    },
    *refused({ kind, problems, repeat }) {
      yield `## desync: ${kind}\n\n`;
      for (const problem of problems) yield `- ${plain(problemText(problem))}\n`;
      yield* told('Repeat it:', repeat);
    },
  };
}

const HEAD = [
  '| strategy | runs | exposed | of the time | diverged | harmed | void | verdict |',
  '| --- | --: | --: | --: | --: | --: | --: | --- |',
];

function* tableOf(rows: readonly RunsRow[]): Iterable<string> {
  const lines = rows.map((each) => {
    const { strategy, row, planned } = each;
    const cells =
      row === undefined
        ? [`0 of ${grouped(planned)}`, '-', '-', '-', '-', '-', 'not run']
        : [
            row.runs < planned ? `${grouped(row.runs)} of ${grouped(planned)}` : grouped(row.runs),
            grouped(row.exposedRuns),
            percent(row.exposure.mean),
            ...[row.divergedRuns, row.harmRuns, row.voidRuns].map(grouped),
            row.verdict,
          ];
    return `| ${[plain(safe(strategy)), ...cells].join(' | ')} |`;
  });
  const title = `### ${plain(safe(rows[0]?.scenario ?? ''))}`;
  yield `\n${[title, '', ...HEAD, ...lines].join('\n')}\n`;
}

function* failures(results: Results): Iterable<string> {
  const bad = results.rows.flatMap((row) => {
    const state = stateOf(row, results);
    return state.kind === 'bad' ? [{ row, state }] : [];
  });
  for (const { row, state } of bad.slice(0, MOST_TOLD)) {
    const about = titleOf(row) + seedOf(row);
    const repeat = repeatOf(row);
    yield `\n**${state.verdict}** ${plain(about)}\n`;
    if (state.reasons.length > 0) yield '\n';
    for (const reason of state.reasons) yield `- ${plain(safe(reason))}\n`;
    if (repeat !== undefined) yield fenced(repeat);
  }
  if (bad.length > MOST_TOLD) yield `\nand ${counted(bad.length - MOST_TOLD, 'row')} more\n`;
}

function* told(label: string, command: string): Iterable<string> {
  yield `\n${label}\n${fenced(command)}`;
}
