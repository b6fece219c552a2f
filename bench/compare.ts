/** All shipped strategies on the same seeds, from the first world to the scorecard. */
import { readFileSync } from 'node:fs';
import { scenarioOf, TWENTY_STORES } from './end-to-end.js';
import { secondsOf, type Row } from './row.js';
import { scorecardOf } from '../src/lab/compare.js';
import { Runner } from '../src/lab/runner.js';
import { Score } from '../src/lab/score.js';
import { Summing } from '../src/lab/sweep/chunk-sum.js';
import { subjectOf } from '../src/lab/sweep/subject.js';
import type { Scenario } from '../src/scenario/scenario.js';
import { SHIPPED } from '../src/strategies/shipped.js';

const SEEDS = 1000;
/** Enough that the making of worlds and the first, slow runs weigh little. */
const SAMPLE = 100;

export function* compareBench(): Generator<Row> {
  const saved = readFileSync('scenarios/ext2-bitmap.yaml', 'utf8');
  yield compared('20 stores a second', scenarioOf(TWENTY_STORES));
  yield compared('ext2-bitmap', scenarioOf(saved));
}

function compared(name: string, scenario: Scenario): Row {
  const seeds = process.argv.includes('--whole') ? SEEDS : SAMPLE;
  let events = 0;
  const seconds = secondsOf(() => {
    events = compareAll(scenario, seeds);
  });
  const runs = SHIPPED.length * seeds;
  const scaled = seeds === SEEDS ? '' : `from ${seeds} seeds, scaled up; `;
  return {
    what: `compare, ${SHIPPED.length} strategies x ${SEEDS} seeds, ${name}`,
    figure: `${((seconds * SEEDS) / seeds).toFixed(1)} s`,
    beside: `${scaled}aim 30 s; ${Math.round(events / runs)} events a run`,
  };
}

/** Returns how many events that took. */
function compareAll(scenario: Scenario, seeds: number): number {
  const runner = new Runner();
  let events = 0;
  const scores = SHIPPED.map((strategy) => {
    const score = new Score(subjectOf(scenario, strategy), seeds);
    const summing = new Summing(scenario.expect[strategy.name], false);
    for (let seed = 1; seed <= seeds; seed++) {
      const outcome = runner.runAmongSeeds(scenario, strategy, String(seed));
      events += outcome.events;
      summing.add(outcome);
    }
    score.add(1, summing.sum());
    return score;
  });
  if (scorecardOf(scores, 'clear-when-idle') === undefined) throw new Error('nothing was run');
  return events;
}
