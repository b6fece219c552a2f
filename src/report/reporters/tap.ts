/**
 * The Test Anything Protocol, version 13, which `prove` reads: a line for each scenario under each
 * strategy, and where it is not ok a YAML block that says why.
 */
import { safe } from '../lines.js';
import type { Reporter, Results, ResultRow } from './reporter.js';
import { problemText, repeatOf, stateOf, summaryOf, titleOf } from './row-state.js';

const VERSION = 'TAP version 13\n';

export function tapReporter(): Reporter {
  return {
    *runs() {
      // How many lines there are is known, what they say only when all runs are in.
    },
    *end(results) {
      yield VERSION;
      yield `1..${results.rows.length}\n`;
      for (const [n, row] of results.rows.entries()) yield lineOf(n + 1, row, results);
    },
    *refused({ problems, repeat }) {
      const [first = 'nothing was run', ...more] = problems.map(problemText);
      yield VERSION;
      for (const line of [...more, `repeat: ${repeat}`]) yield `# ${line}\n`;
      yield `Bail out!  ${first}\n`;
    },
  };
}

function lineOf(n: number, row: ResultRow, results: Results): string {
  const state = stateOf(row, results);
  const title = described(titleOf(row));
  const told = `# ${summaryOf(row)}\n`;
  switch (state.kind) {
    case 'good':
      return `ok ${n} - ${title}\n${told}`;
    case 'left out':
      return `ok ${n} - ${title} # SKIP ${described(state.why)}\n`;
    case 'bad': {
      const { verdict, reasons } = state;
      const repeat = repeatOf(row);
      const lines = [
        ...[`verdict: ${verdict}`, 'reasons:', ...reasons.map((reason) => `  - ${quoted(reason)}`)],
        ...(repeat === undefined ? [] : [`repeat: ${quoted(repeat)}`]),
      ];
      const block = ['---', ...lines, '...'].map((line) => `  ${line}\n`).join('');
      return `not ok ${n} - ${title}\n${block}${told}`;
    }
  }
}

/** What begins with # would be read as a directive. */
function described(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}

/** A JSON text is a YAML scalar. */
function quoted(text: string): string {
  return JSON.stringify(safe(text));
}
