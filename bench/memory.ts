/** Memory over 100,000 seeds of a short scenario: it must be flat. */
import { shareOf, type Bench } from './line.js';
import { scenarioOf, SYNCED_PAGE } from './scenarios.js';
import { experiment } from '../src/lab/experiment.js';
import { laboratory } from '../src/lab/laboratory.js';
import { clearWhenIdle } from '../src/strategies/clear-when-idle.js';
import { seeded } from '../src/sim/seeded.js';

const SEEDS = 100_000;
const MIB = 2 ** 20;

export const memoryBench: Bench = {
  lines: [
    {
      what: 'memory after 100,000 seeds, a page under sync',
      unit: 'MiB',
      beside: 'after the first 20,000',
      aim: { of: 'ratio', most: 1.05 },
    },
  ],
  measure(effort) {
    const lab = laboratory(scenarioOf(SYNCED_PAGE), clearWhenIdle);
    const seeds = shareOf(SEEDS, effort);
    const runTo = (from: number, to: number): number => {
      for (let seed = from; seed <= to; seed++) experiment(lab, () => seeded(String(seed)));
      return process.memoryUsage.rss() / MIB;
    };
    const early = runTo(1, seeds / 5);
    return [{ ours: runTo(seeds / 5 + 1, seeds), theirs: early }];
  },
};
