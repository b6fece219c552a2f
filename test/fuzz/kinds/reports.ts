/** Reports of results that hold hostile texts: each is whole in its format, whoever named what. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { REPORTERS, reporterNamed } from '../../../src/report/reporters/by-name.js';
import type { ReporterName } from '../../../src/report/reporters/by-name.js';
import type { About, Results, Trouble } from '../../../src/report/reporters/reporter.js';
import { reasonLines, repeatOf, stateOf } from '../../../src/report/reporters/row-state.js';
import { problemText } from '../../../src/report/reporters/row-state.js';
import { inJobLog } from '../../../src/report/job-log.js';
import { summed } from '../../support/summed.js';
import { fitToShow, VIEW } from '../fit-to-show.js';
import { annotationsIn } from '../formats/annotations.js';
import { rowsIn } from '../formats/markdown.js';
import { blocksIn, refuseNoBailOut } from '../formats/tap.js';
import { elementsIn } from '../formats/xml.js';
import { refuseWhatXmllintRefuses } from '../formats/xmllint.js';
import { hostileText } from '../hostile-text.js';
import { kind } from '../kind.js';
import { runOf, searchesOf, seeds, sweepOf, unexpectedOf, type Seeds } from './hostile-results.js';

const MOST_ANNOTATIONS = 10;

const orNot = fc.option(hostileText);
const problem = fc.record(
  {
    file: orNot,
    line: fc.option(fc.nat(99)),
    column: fc.option(fc.nat(99)),
    path: orNot,
    expected: orNot,
    found: hostileText,
    hint: orNot,
  },
  { noNullPrototype: true },
);

export const REPORTS = kind('reports', () => ({
  inputs: fc.record({
    rows: fc.array(seeds, { minLength: 1, maxLength: 4 }),
    /** So many times over, for there is a limit of ten. */
    times: fc.constantFrom(1, 1, 1, 4),
    command: fc.constantFrom('run', 'compare', 'explore'),
    ending: fc.constantFrom('complete', 'bail', 'timeout', 'interrupted'),
    inFull: fc.boolean(),
    problems: fc.array(problem, { minLength: 1, maxLength: 12 }),
  }),
  judge({ rows: some, times, command, ending, inFull, problems }) {
    const rows = Array.from({ length: times }, () => some).flat();
    const about = { command, version: '0.1.0', view: VIEW, inFull, keepsRuns: true };
    const results = command === 'explore' ? searchesOf(rows) : sweepOf(rows, command, ending);
    const texts = new Map(REPORTERS.map((name) => [name, toldBy(name, about, rows, results)]));
    const told = (name: ReporterName): string => texts.get(name)!;
    for (const text of texts.values()) fitToShow(text);
    refuseCommands(told);
    refuseTornData(told('json'), told('jsonl'), rows, results);
    refuseTornText(told, results);
    const trouble = { kind: 'ERROR', problems, repeat: results.repeat } as const;
    refuseTornTrouble(trouble, about);
    return 'right';
  },
}));

function toldBy(
  name: ReporterName,
  about: About,
  rows: readonly Seeds[],
  results: Results,
): string {
  const reporter = reporterNamed(name, about);
  const pieces = results.found.kind === 'explore' ? [] : rows.filter(({ made }) => made > 0);
  const runs = pieces.flatMap((each) => {
    const run = runOf(each);
    const { scenario, strategy, strategySource: source, simulatedNs } = run;
    const names = { scenario, strategy, source, simulatedNs, story: each.detail };
    const subject = { ...names, fixed: false, record: 'dm-log', expected: undefined } as const;
    const sum = summed(Array.from({ length: each.made }, () => run));
    const how = { seedOf: String, repeatOf: () => run.repeat };
    return [...reporter.runs({ file: each.file, subject, sum, ...how })];
  });
  const shrunk = reporter.shrunk?.(rows.map(unexpectedOf)) ?? [];
  return [...runs, ...reporter.end(results), ...shrunk].join('');
}

/** The runner of a job on GitHub obeys nothing but what is meant for it. */
function refuseCommands(told: (name: ReporterName) => string): void {
  for (const name of REPORTERS) {
    const found = name !== 'github' && /^\s*::.*|##\[.*/m.exec(inJobLog(told(name)));
    if (found) throw new Error(`${name}: a command for GitHub: ${found[0]}`);
  }
}

/** JSON holds every text as it was. */
function refuseTornData(
  json: string,
  lines: string,
  rows: readonly Seeds[],
  { found, verdict }: Results,
): void {
  const names = rows.map(({ scenario, strategy }) => ({ scenario, strategy }));
  const each = rows.flatMap(({ made }, n) => Array.from({ length: made }, () => names[n]));
  const expected = found.kind === 'explore' ? names : each;
  same('jsonl', linesIn(lines).map(namesOf), expected);
  const whole: unknown = JSON.parse(json);
  same('json', Reflect.get(Object(whole) as object, 'verdict'), verdict);
  const key = found.kind === 'explore' ? 'searches' : found.kind === 'run' ? 'runs' : undefined;
  if (key === undefined) return;
  const list = rows.length === 1 && key === 'searches' ? [whole] : valueOf(whole, key);
  same('json', Array.isArray(list) ? list.map(namesOf) : list, expected);
}

function refuseTornText(told: (name: ReporterName) => string, results: Results): void {
  const { rows } = results;
  const bad = rows.flatMap((row) => {
    const state = stateOf(row, results);
    return state.kind === 'bad' ? [{ ...state, row, repeat: repeatOf(row) }] : [];
  });
  const junit = told('junit');
  refuseWhatXmllintRefuses(junit);
  const elements = elementsIn(junit);
  same('junit cases', elements.get('testcase') ?? 0, rows.length);
  const red = (elements.get('failure') ?? 0) + (elements.get('error') ?? 0);
  same('junit, red', red, bad.length);
  const blocks = bad.map(({ verdict, reasons, repeat }) => ({
    verdict,
    reasons: reasons.length === 0 ? null : reasonLines(reasons, undefined),
    ...(repeat === undefined ? {} : { repeat }),
  }));
  same('tap', blocksIn(told('tap'), rows.length), blocks);
  const messages = bad.map(({ reasons, repeat }) => reasonLines(reasons, repeat).join('\n'));
  const annotations = annotationsIn(told('github')).map(({ message }) => message);
  same('github', annotations, messages.slice(0, MOST_ANNOTATIONS));
  same('markdown', rowsIn(told('markdown')), rows.length);
}

function refuseTornTrouble(trouble: Trouble, about: About): void {
  const { problems, repeat } = trouble;
  const told = (name: ReporterName): string =>
    [...reporterNamed(name, about).refused(trouble)].join('');
  for (const name of REPORTERS) fitToShow(told(name));
  for (const text of [told('json'), ...told('jsonl').trimEnd().split('\n')]) {
    same('problems', valueOf(JSON.parse(text), 'problems'), problems);
  }
  refuseWhatXmllintRefuses(told('junit'));
  same('junit', elementsIn(told('junit')).get('error'), 1);
  refuseNoBailOut(told('tap'));
  const messages = problems.map((each) => reasonLines([problemText(each)], repeat).join('\n'));
  const annotations = annotationsIn(told('github')).map(({ message }) => message);
  same('github', annotations, messages.slice(0, MOST_ANNOTATIONS));
  same('markdown', rowsIn(told('markdown')), 0);
}

function linesIn(text: string): readonly unknown[] {
  const lines = text.split('\n');
  same('the end of the last line', lines.pop(), '');
  return lines.map((line): unknown => JSON.parse(line));
}

function namesOf(value: unknown): object {
  return { scenario: valueOf(value, 'scenario'), strategy: valueOf(value, 'strategy') };
}

function valueOf(value: unknown, key: string): unknown {
  return Reflect.get(Object(value) as object, key);
}

function same(what: string, found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(found, expected)) return;
  const [was = '', is = ''] = [expected, found].map((each) => JSON.stringify(each));
  const at = Math.max(0, was.split('').findIndex((unit, n) => unit !== is[n]) - 40);
  const told = [is, was].map((each) => each.slice(at, at + 120));
  throw new Error(`${what}: ${told.join(' instead of ')}`);
}
