/**
 * What a row of results is to a format that knows only good, bad and left out.
 *
 * A row is bad exactly where it makes the exit code other than 0: a VOID row proves nothing, and
 * whoever reads only the file must not take it for a pass. Left out are rows that were not begun;
 * after Ctrl-C, and where nothing was run at all, these are bad as well.
 */
import type { Verdict } from '../../lab/outcome.js';
import { safe } from '../lines.js';
import { searchSummary } from '../explore-text.js';
import { counted, grouped, listed, percent } from '../quantities.js';
import { passed } from '../verdict.js';
import type { ProblemJson, Results, ResultRow, RunsRow, SearchRow } from './reporter.js';

export type RowState =
  | { readonly kind: 'good' }
  | { readonly kind: 'left out'; readonly why: string }
  | { readonly kind: 'bad'; readonly verdict: BadVerdict; readonly reasons: readonly string[] };

export type BadVerdict = Verdict | 'INTERRUPTED';

export function stateOf(row: ResultRow, results: Results): RowState {
  return row.kind === 'search' ? stateOfSearch(row) : stateOfRuns(row, results);
}

function stateOfSearch({ found: { verdict, reasons } }: SearchRow): RowState {
  return passed(verdict) ? { kind: 'good' } : { kind: 'bad', verdict, reasons };
}

function stateOfRuns({ row, planned }: RunsRow, { ending, found, rows }: Results): RowState {
  const runs = row?.runs ?? 0;
  if (row !== undefined && !passed(row.verdict)) {
    return { kind: 'bad', verdict: row.verdict, reasons: row.reasons };
  }
  if (ending === 'interrupted' && runs < planned) {
    const why = `interrupted after ${grouped(runs)} of ${counted(planned, 'run')}`;
    return { kind: 'bad', verdict: 'INTERRUPTED', reasons: [why] };
  }
  if (row !== undefined) return { kind: 'good' };
  if (rows.every((each) => each.kind === 'runs' && each.row === undefined)) {
    return { kind: 'bad', verdict: 'VOID', reasons: ['nothing was run'] };
  }
  const why = ending === 'complete' ? `not in this ${found.kind}` : `ended by --${ending}`;
  return { kind: 'left out', why: `not run: ${why}` };
}

/** `ext2-bitmap under clear-when-idle`, safe to show. */
export function titleOf(row: ResultRow): string {
  return `${safe(row.scenario)} under ${nameOf(row)}`;
}

/** What tells it from others of its scenario, safe to show. */
export function nameOf(row: ResultRow): string {
  const timing = row.kind === 'search' ? `, timing ${row.found.timing}` : '';
  return safe(row.strategy) + timing;
}

/** `, seed 7`: of the first run that stands against it. */
export function seedOf(row: ResultRow): string {
  const seed = row.kind === 'runs' ? row.row?.failedSeed : undefined;
  return seed === undefined ? '' : `, seed ${seed}`;
}

/** The command that repeats it, of rows of which something was made. */
export function repeatOf(row: ResultRow): string | undefined {
  return row.kind === 'search' ? row.repeat : row.row?.repeat;
}

/** `1,000 runs: 915 clean, 57 diverged and 28 harmed; exposed 1.8 % of the time` */
export function summaryOf(each: ResultRow): string {
  if (each.kind === 'search') return searchSummary(each.found);
  const { row, planned } = each;
  if (row === undefined) return `0 of ${counted(planned, 'run')}`;
  const { runs, exposedRuns, divergedRuns, harmRuns, voidRuns, errorRuns } = row;
  const counts: readonly (readonly [number, string])[] = [
    [exposedRuns, 'exposed'],
    [divergedRuns, 'diverged'],
    [harmRuns, 'harmed'],
    [voidRuns, 'void'],
    [errorRuns, 'at a limit'],
  ];
  const some = counts.filter(([count]) => count > 0);
  const kinds = some.map(([count, name]) => `${grouped(count)} ${name}`);
  const of =
    runs < planned ? `${grouped(runs)} of ${counted(planned, 'run')}` : counted(runs, 'run');
  const told = kinds.length === 0 ? 'none exposed' : listed(kinds);
  return `${of}: ${told}; exposed ${percent(row.exposure.mean)} of the time`;
}

/** Why, in lines that are safe to show, the command that repeats it last. */
export function reasonLines(reasons: readonly string[], repeat: string | undefined): string[] {
  const lines = reasons.map(safe);
  return repeat === undefined ? lines : [...lines, `repeat: ${repeat}`];
}

/** `scenario.yaml:3:7: expected a duration, found "soon"` */
export function problemText(problem: ProblemJson): string {
  const { file, line, column, path, expected, found, hint } = problem;
  const places = [file, line, column].filter((each) => each !== null);
  const what = expected === null ? found : `expected ${expected}, found ${found}`;
  const parts = [places.join(':'), path ?? '', what].filter((each) => each !== '');
  return safe(parts.join(': ') + (hint === null ? '' : ` (${hint})`));
}
