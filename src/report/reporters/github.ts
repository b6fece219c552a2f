/**
 * Annotations of GitHub Actions: an error at the file of each scenario that did not pass.
 *
 * Follows: the runner's workflow commands, `::error file=,title=::message`, and its limit of ten
 * errors a step. What is more is counted in a line. The rest of the report goes into the summary
 * of the job, in Markdown.
 */
import { safe } from '../lines.js';
import { counted } from '../quantities.js';
import type { About, ProblemJson, Reporter, ResultRow, Results } from './reporter.js';
import { problemText, reasonLines, repeatOf, seedOf, stateOf, titleOf } from './row-state.js';

/** The runner shows no more of them of one step. */
const MOST_ANNOTATIONS = 10;

interface Annotation {
  readonly place: Readonly<Record<string, string>>;
  readonly title: string;
  readonly lines: readonly string[];
}

export function githubReporter({ command }: About): Reporter {
  return {
    *runs() {
      // Only what a row comes to is annotated.
    },
    *end(results) {
      yield* annotated(results.rows.flatMap((row) => annotationOf(row, results)));
    },
    *refused({ kind, problems, repeat }) {
      const title = `${kind}  desync ${command}`;
      yield* annotated(
        problems.map((problem) => {
          const lines = reasonLines([problemText(problem)], repeat);
          return { place: placeOf(problem), title, lines };
        }),
      );
    },
  };
}

function annotationOf(row: ResultRow, results: Results): Annotation[] {
  const state = stateOf(row, results);
  if (state.kind !== 'bad') return [];
  const about = titleOf(row) + seedOf(row);
  const lines = reasonLines(state.reasons, repeatOf(row));
  return [{ place: fileOf(row.file), title: `${state.verdict}  ${about}`, lines }];
}

/** What came by standard input has no file to be shown at. */
function fileOf(file: string): Readonly<Record<string, string>> {
  return file === '-' ? {} : { file: file.replace(/^\.\//, '') };
}

function placeOf({ file, line, column }: ProblemJson): Readonly<Record<string, string>> {
  if (file === null || file === '<stdin>') return {};
  return {
    ...fileOf(file),
    ...(line === null ? {} : { line: `${line}` }),
    ...(column === null ? {} : { col: `${column}` }),
  };
}

function* annotated(all: readonly Annotation[]): Iterable<string> {
  for (const { place, title, lines } of all.slice(0, MOST_ANNOTATIONS)) {
    const properties = Object.entries({ ...place, title }).map(
      ([name, value]) => `${name}=${property(value)}`,
    );
    yield `::error ${properties.join(',')}::${data(lines.join('\n'))}\n`;
  }
  const more = all.length - MOST_ANNOTATIONS;
  if (more > 0) yield `and ${counted(more, 'error')} more, which GitHub would not show\n`;
}

/** What follows the two colons. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(safe(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
