/** What `desync compare` tells of its runs: a scorecard a scenario, as text or as JSON. */
import { scorecardOf, type Scorecard } from '../lab/compare.js';
import { Score, type Row } from '../lab/score.js';
import type { Ending, SweepHeader } from '../lab/sweep/header.js';
import { envelope, jsonText } from '../report/run-json.js';
import { comparisonJson } from '../report/scorecard-json.js';
import { scorecardText, verdictOver, type ScoredRow } from '../report/scorecard.js';
import { exitCodeOf } from '../report/verdict.js';
import { USUAL } from './chosen.js';
import { desyncCommand } from './shell.js';
import { repeatOfRuns, type Session } from './session.js';
import { commandFor, runsAgain } from './sweep/pieces.js';
import type { Report } from './sweep/swept.js';

export function compareReport(header: SweepHeader, json: boolean, session: Session): Report {
  const scores = header.series.map(({ subject }) => new Score(subject, header.plan.count));
  let again = 0;
  return {
    chunk(chunk, sum) {
      again += runsAgain(header, chunk, sum);
      scores[chunk.series]?.add(chunk.first, sum);
    },
    end(ending) {
      const cards = cardsOf(header, scores);
      if (json) writeJson(header, cards, again, ending, session);
      else {
        const text = scorecardText(cards, desyncCommand(header.args), session.out.view, again);
        session.out.write(text);
      }
      return exitCodeOf(verdictOver(cards));
    },
  };
}

function writeJson(
  header: SweepHeader,
  cards: readonly Scorecard<ScoredRow>[],
  again: number,
  ending: Ending,
  { out, version }: Session,
): void {
  const repeat = desyncCommand([...header.args, '--json']);
  const head = envelope('compare', version, verdictOver(cards), repeat);
  const done = { problems: [], interrupted: ending === 'interrupted', ending, madeAgain: again };
  out.write(jsonText({ ...head, ...done, ...comparisonJson(cards) }));
}

/** A card for each file of which something was run. */
function cardsOf(header: SweepHeader, scores: readonly Score[]): readonly Scorecard<ScoredRow>[] {
  const files = [...new Set(header.series.map(({ file }) => file))];
  return files.flatMap((file) => {
    const own = scores.filter((_, n) => header.series[n]?.file === file);
    const card = scorecardOf(own, USUAL);
    return card === undefined ? [] : [repeatable(card, file, header)];
  });
}

function repeatable(card: Scorecard, file: string, header: SweepHeader): Scorecard<ScoredRow> {
  const { firstSeeds, count } = header.plan;
  const first = firstSeeds[0] ?? 0;
  const all = `${first}..${first + count - 1}`;
  const repeat = ({ strategy, failedSeed, verdict }: Row): string => {
    const seeds = failedSeed === undefined ? ['--seeds', all] : ['--seed', failedSeed];
    return repeatOfRuns(commandFor(verdict), file, strategy, seeds, header.sets);
  };
  return { ...card, rows: card.rows.map((row) => ({ ...row, repeat: repeat(row) })) };
}
