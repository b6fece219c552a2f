/** Rows of a sweep as reporters get them, each made from one run that is repeated. */
import { Score } from '../../src/lab/score.js';
import type { Subject } from '../../src/lab/sweep/subject.js';
import type { Results, RunsRow } from '../../src/report/reporters/reporter.js';
import { gravest } from '../../src/report/verdict.js';
import type { Run } from '../../src/report/view.js';
import { summed, tallied } from './summed.js';

export function rowOf(run: Run, runs = 3, planned = runs): RunsRow {
  const { scenario, strategy } = run;
  const about = { kind: 'runs', file: `${scenario}.yaml`, scenario, strategy, planned } as const;
  if (runs === 0) return { ...about, row: undefined };
  return { ...about, row: { ...scoreOf(run, runs, planned).row(), repeat: run.repeat } };
}

/** Of the same run under the seeds from 1 on. */
export function scoreOf(run: Run, runs: number, planned = runs): Score {
  const { scenario, strategy } = run;
  const subject: Subject = {
    record: 'dm-log',
    scenario,
    strategy,
    story: '',
    fixed: false,
    simulatedNs: run.simulatedNs,
    source: undefined,
    expected: undefined,
  };
  const score = new Score(subject, planned);
  score.add(1, summed(Array.from({ length: runs }, (_, n) => ({ ...run, seed: String(1 + n) }))));
  return score;
}

export function resultsOf(
  rows: readonly RunsRow[],
  ending: Results['ending'] = 'complete',
): Results {
  const verdicts = rows.flatMap(({ row }) => (row === undefined ? [] : [row.verdict]));
  return {
    rows,
    ending,
    verdict: gravest(verdicts),
    repeat: 'npx desync run x.yaml',
    repeatAsJson: 'npx desync run x.yaml --json',
    found: { kind: 'run', tally: tallied([]) },
  };
}
