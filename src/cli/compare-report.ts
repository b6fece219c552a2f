/** What `desync compare` tells of its runs: a scorecard a scenario. */
import { scorecardOf, type Scorecard } from '../lab/compare.js';
import type { FailOn } from '../lab/fail-on.js';
import { Score } from '../lab/score.js';
import { keepsRuns, type SweepHeader } from '../lab/sweep/header.js';
import { verdictOver, type ScoredRow } from '../report/scorecard.js';
import { exitCodeOf } from '../report/verdict.js';
import { USUAL } from './chosen.js';
import type { Outputs } from './reporting/outputs.js';
import { held, plannedRows, repeatable } from './reporting/rows.js';
import { desyncCommand } from './shell.js';
import { withOptions } from './sweep/lasting.js';
import { pieceOf, runsAgain } from './sweep/pieces.js';
import type { Report } from './sweep/swept.js';

export function compareReport(
  header: SweepHeader,
  conditions: readonly FailOn[],
  outputs: Outputs,
): Report {
  outputs.begin({ command: 'compare', inFull: false, keepsRuns: keepsRuns(header.plan) });
  const scores = header.series.map(({ subject }) => new Score(subject, header.plan.count));
  let again = 0;
  return {
    chunk(chunk, sum) {
      again += runsAgain(header, chunk, sum);
      scores[chunk.series]?.add(chunk.first, sum);
      outputs.runs(pieceOf(header, chunk, sum));
    },
    async end(ending) {
      const rows = scores.map((score, n) =>
        score.runs === 0 ? undefined : repeatable(held(score.row(), conditions), n, header),
      );
      const cards = cardsOf(header, scores, rows);
      const verdict = verdictOver(cards);
      await outputs.end({
        ending,
        verdict,
        rows: plannedRows(header, rows),
        repeat: desyncCommand(header.args),
        repeatAsJson: desyncCommand(withOptions(header.args, ['--json'])),
        found: { kind: 'compare', cards, again },
      });
      return exitCodeOf(verdict);
    },
  };
}

/** A card for each file of which something was run. */
function cardsOf(
  header: SweepHeader,
  scores: readonly Score[],
  rows: readonly (ScoredRow | undefined)[],
): readonly Scorecard<ScoredRow>[] {
  const files = [...new Set(header.series.map(({ file }) => file))];
  return files.flatMap((file) => {
    const isOwn = (n: number): boolean => header.series[n]?.file === file;
    const card = scorecardOf(
      scores.filter((_, n) => isOwn(n)),
      USUAL,
    );
    if (card === undefined) return [];
    const own = rows.filter((row, n): row is ScoredRow => row !== undefined && isOwn(n));
    return [{ ...card, rows: own }];
  });
}
