/**
 * What `compare` makes: every strategy over the same seeds, judged and priced. Few seeds are made
 * and the time for a thousand is told.
 */
import { readFileSync } from 'node:fs';
import { TWENTY_STORES, scenarioOf } from './end-to-end.js';
import { secondsOf, type Row } from './row.js';
import { Runner } from '../src/lab/runner.js';
import type { Scenario } from '../src/scenario/scenario.js';
import { SHIPPED } from '../src/strategies/shipped.js';

const SEEDS = 100;
const TOLD_SEEDS = 1000;

export function* compareBench(): Generator<Row> {
  const mail = readFileSync(new URL('../../scenarios/ext2-bitmap.yaml', import.meta.url), 'utf8');
  yield rowOf('appends, 20 stores a second', scenarioOf(TWENTY_STORES));
  yield rowOf('ext2-bitmap, crashed and judged', scenarioOf(mail));
}

function rowOf(what: string, scenario: Scenario): Row {
  const runner = new Runner();
  let seconds = 0;
  for (const strategy of SHIPPED) {
    const runs = (from: number, to: number): number =>
      secondsOf(() => {
        for (let seed = from; seed <= to; seed++) {
          runner.runAmongSeeds(scenario, strategy, String(seed));
        }
      });
    // The first run makes the world, which is made once whatever the number of seeds.
    seconds += runs(1, 1) + (runs(2, SEEDS) * (TOLD_SEEDS - 1)) / (SEEDS - 1);
  }
  return {
    what: `compare, ${SHIPPED.length} x ${TOLD_SEEDS}: ${what}`,
    figure: `${seconds.toFixed(0)} s`,
    beside: `from ${SHIPPED.length} x ${SEEDS} runs of 120 s; aim 30 s`,
  };
}
