/**
 * JUnit's XML as CI systems read it: a suite for each scenario, in it a case for each strategy, and
 * where everything is tried for each timing.
 *
 * Follows: what vitest's own junit reporter writes, elements and attributes alike.
 * What is bad is a failure where the expected did not hold, and an error where nothing was proved
 * or desync could not say: so the file is red exactly where the exit code is not 0.
 * Leaves out: how long it took, which would differ each time.
 */
import type { About, Reporter, Results, ResultRow, Trouble } from './reporter.js';
import { nameOf, problemText, reasonLines, repeatOf } from './row-state.js';
import { stateOf, summaryOf, type BadVerdict } from './row-state.js';
import { attributes, xmlText } from './xml.js';

export function junitReporter(about: About): Reporter {
  return {
    *runs() {
      // The numbers of all come first.
    },
    *end(results) {
      yield* document(`desync ${results.found.kind}`, suitesOf(results));
    },
    *refused(trouble) {
      const name = `desync ${about.command}`;
      yield* document(name, [{ name, cases: [caseOfTrouble(trouble, about)] }]);
    },
  };
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

interface Case {
  readonly classname: string;
  readonly name: string;
  readonly output: string | undefined;
  readonly result: Result;
}

type Result =
  | { readonly kind: 'passed' }
  | { readonly kind: 'skipped'; readonly why: string }
  | {
      readonly kind: 'failure' | 'error';
      readonly type: BadVerdict | Trouble['kind'];
      readonly lines: readonly string[];
    };

/** Rows of one file stand together. */
function suitesOf(results: Results): readonly Suite[] {
  const files = [...new Set(results.rows.map(({ file }) => file))];
  return files.map((file) => {
    const own = results.rows.filter((row) => row.file === file);
    return { name: own[0]?.scenario ?? file, cases: own.map((row) => caseOf(row, results)) };
  });
}

function caseOf(row: ResultRow, results: Results): Case {
  return {
    classname: row.file,
    name: nameOf(row),
    output: summaryOf(row),
    result: resultOf(row, results),
  };
}

function resultOf(row: ResultRow, results: Results): Result {
  const state = stateOf(row, results);
  switch (state.kind) {
    case 'good':
      return { kind: 'passed' };
    case 'left out':
      return { kind: 'skipped', why: state.why };
    case 'bad': {
      const { verdict, reasons } = state;
      const kind = verdict === 'FAIL' ? 'failure' : 'error';
      return { kind, type: verdict, lines: reasonLines(reasons, repeatOf(row)) };
    }
  }
}

function caseOfTrouble({ kind: type, problems, repeat }: Trouble, { command }: About): Case {
  const lines = reasonLines(problems.map(problemText), repeat);
  const result = { kind: 'error', type, lines } as const;
  return { classname: 'desync', name: command, output: undefined, result };
}

function* document(name: string, suites: readonly Suite[]): Iterable<string> {
  yield '<?xml version="1.0" encoding="UTF-8" ?>\n';
  const { skipped: _, ...counts } = countsOf(suites.flatMap(({ cases }) => cases));
  yield `<testsuites${attributes({ name, ...counts, time: 0 })}>\n`;
  for (const suite of suites) {
    yield `    <testsuite${attributes({ name: suite.name, ...countsOf(suite.cases), time: 0 })}>\n`;
    for (const one of suite.cases) yield caseText(one);
    yield '    </testsuite>\n';
  }
  yield '</testsuites>\n';
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, number>> {
  const are = (kind: Result['kind']): number =>
    cases.filter(({ result }) => result.kind === kind).length;
  return {
    tests: cases.length,
    failures: are('failure'),
    errors: are('error'),
    skipped: are('skipped'),
  };
}

function caseText({ classname, name, output, result }: Case): string {
  const said = output === undefined ? [] : [`<system-out>\n${xmlText(output)}\n</system-out>`];
  const inside = [...said, ...resultLines(result)].map((line) => `            ${line}\n`).join('');
  const open = `        <testcase${attributes({ classname, name, time: 0 })}>\n`;
  return `${open}${inside}        </testcase>\n`;
}

function resultLines(result: Result): string[] {
  switch (result.kind) {
    case 'passed':
      return [];
    case 'skipped':
      return [`<skipped${attributes({ message: result.why })}/>`];
    case 'failure':
    case 'error': {
      const { kind, type, lines } = result;
      const message = lines[0] ?? type;
      const text = lines.map(xmlText).join('\n');
      return [`<${kind}${attributes({ message, type })}>\n${text}\n</${kind}>`];
    }
  }
}
