/**
 * `desync compare`: each file under each strategy with the same seeds, and a scorecard of what came.
 */
import { scorecardOf } from '../lab/compare.js';
import { Score, type Row } from '../lab/score.js';
import type { FixStrategy } from '../machine/strategy.js';
import { counted, grouped } from '../report/quantities.js';
import { envelope, jsonText } from '../report/run-json.js';
import { comparisonJson } from '../report/scorecard-json.js';
import { scorecardText, verdictOver, type ScoredRow } from '../report/scorecard.js';
import type { Scorecard } from '../lab/compare.js';
import { exitCodeOf, INTERRUPTED } from '../report/verdict.js';
import { strategiesListed, USUAL } from './chosen.js';
import { firstAndLast, seedsOf, type Given } from './given.js';
import { strategiesKnown } from './own-strategy.js';
import { progressOf, type Progress } from './progress.js';
import { attempted } from './refused.js';
import { repeatOf, repeatOfRun, repeatOfRuns, type Session } from './session.js';
import { loadAll, type LoadedFile } from './sources.js';

const USUAL_SEEDS = '1..1000';

/** What is compared. */
interface Plan {
  readonly files: readonly LoadedFile[];
  readonly strategies: readonly FixStrategy[];
  /** `A..B` */
  readonly seeds: string;
  readonly count: number;
  readonly sets: readonly string[];
}

export async function compare(given: Given, session: Session): Promise<number> {
  const plan = await planned(given, session);
  const { files, strategies, count } = plan;
  const total = files.length * strategies.length * count;
  const progress = progressOf(total, session.err);
  session.interrupts.watch();
  const { cards, runs, interrupted } = await everyRun(plan, session, progress);
  const verdict = verdictOver(cards);
  const repeat = repeatOf(session);
  if (given.flag('json')) {
    const head = envelope('compare', session.version, verdict, repeat);
    session.out.write(jsonText({ ...head, problems: [], interrupted, ...comparisonJson(cards) }));
  } else {
    session.out.write(scorecardText(cards, repeat, session.out.view));
  }
  if (!interrupted) return exitCodeOf(verdict);
  session.err.write(`interrupted after ${grouped(runs)} of ${counted(total, 'run')}\n`);
  return INTERRUPTED;
}

async function planned(given: Given, session: Session): Promise<Plan> {
  const sets = given.texts('set');
  const seeds = given.text('seeds') ?? USUAL_SEEDS;
  const [first, last] = firstAndLast(seeds);
  const list = given.text('strategies') ?? 'all';
  const files = await loadAll(given.texts('files'), sets, session);
  const known = await strategiesKnown(list === 'all' ? [] : list.split(','), files, session);
  const strategies = strategiesListed(list, known);
  return { files, strategies, seeds, count: last - first + 1, sets };
}

interface Done {
  readonly cards: readonly Scorecard<ScoredRow>[];
  readonly runs: number;
  readonly interrupted: boolean;
}

/** Strategy by strategy, since a bench keeps the world of the last one. */
async function everyRun(plan: Plan, session: Session, progress: Progress): Promise<Done> {
  const { interrupts, rooms } = session;
  const bench = await rooms.bench();
  const cards: Scorecard<ScoredRow>[] = [];
  let [runs, interrupted] = [0, false];
  try {
    for (const from of plan.files) {
      const { file, scenario } = from;
      const scores = plan.strategies.map((each) => new Score(scenario, each, plan.count));
      for (const score of scores) {
        const { strategy } = score;
        for (const seed of seedsOf(plan.seeds)) {
          interrupted ||= await interrupts.came();
          if (interrupted) break;
          const repeat = repeatOfRun('run', file, strategy.name, seed, plan.sets);
          score.add(attempted(() => bench.runAmongSeeds(scenario, strategy, seed), repeat));
          progress.step(++runs, strategy.name);
        }
      }
      const card = scorecardOf(scores, USUAL);
      if (card !== undefined) cards.push(repeatable(card, from, plan));
    }
  } finally {
    progress.end();
  }
  return { cards, runs, interrupted };
}

function repeatable(card: Scorecard, { file }: LoadedFile, plan: Plan): Scorecard<ScoredRow> {
  const repeat = ({ strategy, failedSeed }: Row): string => {
    const seeds = failedSeed === undefined ? ['--seeds', plan.seeds] : ['--seed', failedSeed];
    return repeatOfRuns('run', file, strategy, seeds, plan.sets);
  };
  return { ...card, rows: card.rows.map((row) => ({ ...row, repeat: repeat(row) })) };
}
