/** The rows of a sweep's report: named as they were planned, with the commands that repeat them. */
import { breaches, type FailOn } from '../../lab/fail-on.js';
import type { Row } from '../../lab/score.js';
import type { SweepHeader } from '../../lab/sweep/header.js';
import type { ResultRow } from '../../report/reporters/reporter.js';
import type { ScoredRow } from '../../report/scorecard.js';
import { gravest } from '../../report/verdict.js';
import { repeatOfRuns } from '../session.js';
import { commandFor } from '../sweep/pieces.js';

/** `rows`: one for each series, undefined where none of its runs was made. */
export function plannedRows(
  { series, plan }: SweepHeader,
  rows: readonly (ScoredRow | undefined)[],
): readonly ResultRow[] {
  return series.map(({ file, subject: { scenario, strategy } }, n) => {
    return { kind: 'runs', file, scenario, strategy, planned: plan.count, row: rows[n] };
  });
}

/** `row` is of the n-th series. */
export function repeatable(row: Row, n: number, header: SweepHeader): ScoredRow {
  const { file = '', subject } = header.series[n] ?? {};
  const { firstSeeds, count } = header.plan;
  const first = firstSeeds[n] ?? 0;
  const all = count === 1 ? ['--seed', `${first}`] : ['--seeds', `${first}..${first + count - 1}`];
  const one = row.failedSeed === undefined ? all : ['--seed', row.failedSeed];
  const seeds = subject?.fixed === true ? [] : [...one];
  if (row.failedSeed === undefined) seeds.push(...header.failOn.flatMap((on) => ['--fail-on', on]));
  const command = commandFor(row.verdict);
  return { ...row, repeat: repeatOfRuns(command, file, row.strategy, seeds, header.sets) };
}

/** A row that meets a condition fails, unless something graver stands against it. */
export function held<R extends Row>(row: R, conditions: readonly FailOn[]): R {
  const found = breaches(row, conditions);
  if (found.length === 0) return row;
  const verdict = gravest([row.verdict, 'FAIL']);
  if (verdict !== 'FAIL') return row;
  const before = row.verdict === 'FAIL' ? row.reasons : [];
  return { ...row, verdict, reasons: [...before, ...found] };
}
