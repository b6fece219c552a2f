/** What `desync run` tells of its runs: what they add up to, and failures made small. */
import { overSeeds, Shown } from '../lab/expectation.js';
import { breaches, type FailOn } from '../lab/fail-on.js';
import { Score } from '../lab/score.js';
import type { ChunkSum } from '../lab/sweep/chunk-sum.js';
import { keepsRuns, type Ending, type SweepHeader } from '../lab/sweep/header.js';
import { runsIn, type Chunk } from '../lab/sweep/plan.js';
import type { Results, ResultRow } from '../report/reporters/reporter.js';
import { Tally } from '../report/tally.js';
import { exitCodeOf } from '../report/verdict.js';
import type { Outputs } from './reporting/outputs.js';
import { held, plannedRows, repeatable } from './reporting/rows.js';
import { desyncCommand } from './shell.js';
import { failureIn, unexpectedOf, type FoundFailure } from './shrinking/found-failure.js';
import type { Shrinker } from './shrinking/shrinker.js';
import { withOptions } from './sweep/lasting.js';
import { pieceOf, runsAgain, seriesOf } from './sweep/pieces.js';
import type { Report } from './sweep/swept.js';

/** Up to this many runs are told in full. */
const TOLD_IN_FULL = 4;

/** `openShrinker`: what makes failures small, loaded where it is wanted and there are some. */
export function runReport(
  header: SweepHeader,
  conditions: readonly FailOn[],
  outputs: Outputs,
  openShrinker: () => Promise<Shrinker>,
): Report {
  const planned = runsIn(header.plan);
  const inFull = planned <= TOLD_IN_FULL;
  outputs.begin({ command: 'run', inFull, keepsRuns: keepsRuns(header.plan) });
  const tally = new Tally();
  const scores = scoresOf(header);
  const shown = header.series.map(() => new Shown());
  /** By their series. */
  const failures = new Map<number, FoundFailure>();
  return {
    chunk(chunk, sum) {
      const piece = pieceOf(header, chunk, sum);
      tally.add(piece);
      tally.addAgain(runsAgain(header, chunk, sum));
      scores[chunk.series]?.add(chunk.first, sum);
      outputs.runs(piece);
      const failure = failureIn(chunk, sum);
      if (failure !== undefined && !failures.has(chunk.series)) failures.set(chunk.series, failure);
      const over = shown[chunk.series];
      over?.add(sum);
      if (header.plan.count > 1 && over !== undefined) addFinding(header, chunk, sum, over, tally);
    },
    async end(ending) {
      const rows = rowsOf(header, scores, conditions, tally);
      const found = [...failures.values()];
      const isWhole = ending === 'complete' || ending === 'bail';
      const isShrunk = header.shrink && isWhole && found.length > 0;
      let shrinker: Shrinker | undefined;
      await outputs.end(resultsOf(header, ending, rows, tally), async () => {
        shrinker = isShrunk ? await openShrinker() : undefined;
        return shrinker?.told(found) ?? found.map((each) => unexpectedOf(each, header));
      });
      if (shrinker?.broken !== undefined) throw shrinker.broken;
      return shrinker?.exitCode ?? exitCodeOf(tally.verdict);
    },
  };
}

/** A run alone has been judged already. */
function scoresOf({ series, plan }: SweepHeader): readonly Score[] {
  const planned = plan.count === 1 ? Infinity : plan.count;
  return series.map(({ subject }) => new Score(subject, planned));
}

/** What meets a condition stands against all runs of its series together. */
function rowsOf(
  header: SweepHeader,
  scores: readonly Score[],
  conditions: readonly FailOn[],
  tally: Tally,
): readonly ResultRow[] {
  const rows = scores.map((score, n) => {
    if (score.runs === 0) return undefined;
    const row = score.row();
    const reasons = breaches(row, conditions);
    const { scenario, strategy } = row;
    if (reasons.length > 0) tally.addFinding({ scenario, strategy, verdict: 'FAIL', reasons });
    return repeatable(held(row, conditions), n, header);
  });
  return plannedRows(header, rows);
}

function resultsOf(
  header: SweepHeader,
  ending: Ending,
  rows: readonly ResultRow[],
  tally: Tally,
): Results {
  return {
    ending,
    rows,
    found: { kind: 'run', tally },
    verdict: tally.verdict,
    repeat: desyncCommand(header.args),
    repeatAsJson: desyncCommand(withOptions(header.args, ['--json'])),
  };
}

/** What only all runs of a series can show, after the last of them. */
function addFinding(
  header: SweepHeader,
  chunk: Chunk,
  sum: ChunkSum,
  shown: Shown,
  tally: Tally,
): void {
  const { firstSeeds, count } = header.plan;
  const done = chunk.first + sum.runs - (firstSeeds[chunk.series] ?? 0);
  const { subject } = seriesOf(header, chunk);
  const found = done < count ? undefined : overSeeds(subject.expected, shown);
  const { scenario, strategy } = subject;
  if (found !== undefined) tally.addFinding({ scenario, strategy, ...found });
}
