/** All shipped strategies on the same seeds, from the first world to the scorecard. */
import { BARE_LOOP, bareRun } from './bare-loop.js';
import { shareOf, type Bench, type Effort, type Figure } from './line.js';
import { inTurn, secondsOf } from './measure.js';
import { scenarioIn, scenarioOf, TWENTY_STORES } from './scenarios.js';
import { scorecardOf } from '../src/lab/compare.js';
import { Runner } from '../src/lab/runner.js';
import { Score } from '../src/lab/score.js';
import { Summing } from '../src/lab/sweep/chunk-sum.js';
import { subjectOf } from '../src/lab/sweep/subject.js';
import type { Scenario } from '../src/scenario/scenario.js';
import { SHIPPED } from '../src/strategies/shipped.js';

const SEEDS = 1000;
/**
 * Enough that the making of worlds and the first, slow runs weigh little; the rest is scaled up.
 */
const SAMPLE = 100;
/** One such round takes long enough to be steady. */
const TIMES = 1;

export const compareBench: Bench = {
  lines: [
    {
      what: `compare, ${SHIPPED.length} x 1,000 seeds, 20 stores a second`,
      unit: 's',
      beside: BARE_LOOP,
      aim: { of: 'ours', most: 30 },
    },
    {
      what: `compare, ${SHIPPED.length} x 1,000 seeds, ext2-bitmap`,
      unit: 's',
      beside: BARE_LOOP,
    },
  ],
  measure: (effort) => [
    compared(scenarioOf(TWENTY_STORES), effort),
    compared(scenarioIn('scenarios/ext2-bitmap.yaml'), effort),
  ],
};

function compared(scenario: Scenario, effort: Effort): Figure {
  const seeds = shareOf(SAMPLE, effort);
  const runs = SHIPPED.length * seeds;
  let events = 0;
  const { ours, theirs } = inTurn(
    TIMES,
    () =>
      secondsOf(() => {
        events = compareAll(scenario, seeds);
      }),
    () =>
      secondsOf(() => {
        for (let n = 1; n <= runs; n++) bareRun(String(n), Math.round(events / runs));
      }),
  );
  return { ours: (ours * SEEDS) / seeds, theirs: (theirs * SEEDS) / seeds };
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
