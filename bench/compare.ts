/**
 * `desync compare` as a user starts it: all strategies on the same seeds, from the first world to
 * the scorecard.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BARE_LOOP, bareRun } from './bare-loop.js';
import { shareOf, type Bench, type Effort, type Figure } from './line.js';
import { inTurn, secondsOf } from './measure.js';
import { DESYNC, node } from './program.js';
import { scenarioIn, scenarioOf, TWENTY_STORES } from './scenarios.js';
import { Runner } from '../src/lab/runner.js';
import type { Scenario } from '../src/scenario/scenario.js';
import { SHIPPED } from '../src/strategies/shipped.js';

const SEEDS = 1000;
/** How many events a run has is counted in so many of each strategy. */
const COUNTED_SEEDS = 3;
/** One such round takes long enough to be steady. */
const TIMES = 1;

const BITMAP = 'scenarios/ext2-bitmap.yaml';

export const compareBench: Bench = {
  lines: [
    {
      what: `desync compare, ${SHIPPED.length} x 1,000 seeds, 20 stores a second`,
      unit: 'cpu s',
      beside: BARE_LOOP,
      aim: { of: 'ours', most: 30 },
    },
    {
      what: `desync compare, ${SHIPPED.length} x 1,000 seeds, ext2-bitmap`,
      unit: 'cpu s',
      beside: BARE_LOOP,
    },
  ],
  measure(effort) {
    const folder = mkdtempSync(join(tmpdir(), 'desync-compare-'));
    const file = join(folder, 'twenty-stores.yaml');
    try {
      writeFileSync(file, TWENTY_STORES);
      return [
        compared(file, scenarioOf(TWENTY_STORES), effort),
        compared(BITMAP, scenarioIn(BITMAP), effort),
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function compared(file: string, scenario: Scenario, effort: Effort): Figure {
  const seeds = shareOf(SEEDS, effort);
  const runs = SHIPPED.length * seeds;
  const events = eventsARun(scenario);
  const words = ['compare', file, '--seeds', `1..${seeds}`, '--jobs', '1', '--json'];
  return inTurn(
    TIMES,
    () => node([DESYNC, ...words]).cpuSeconds,
    () =>
      secondsOf(() => {
        for (let n = 1; n <= runs; n++) bareRun(String(n), events);
      }),
  );
}

function eventsARun(scenario: Scenario): number {
  const runner = new Runner();
  let events = 0;
  for (const strategy of SHIPPED) {
    for (let seed = 1; seed <= COUNTED_SEEDS; seed++) {
      events += runner.runToSum(scenario, strategy, String(seed)).events;
    }
  }
  return Math.round(events / (SHIPPED.length * COUNTED_SEEDS));
}
