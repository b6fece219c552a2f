/**
 * `desync run --seeds` as a user starts it, on one core and on two.
 *
 * Two workers are measured by the clock on the wall, and only an idle machine shows what they gain.
 */
import { shareOf, type Bench } from './line.js';
import { inTurn, secondsOf } from './measure.js';
import { DESYNC, node, type Ended } from './program.js';
import { scenarioIn, SHORT } from './scenarios.js';
import { Runner } from '../src/lab/runner.js';
import { clearWhenIdle } from '../src/strategies/clear-when-idle.js';

const RUNS = 100_000;
/** So many times as many, of which all but the first are looked at. */
const LONGER = 4;
const TIMES = 3;
const ALONE = 'the runner alone, nothing summed';

export const sweepBench: Bench = {
  lines: [
    {
      what: 'desync run, 100,000 short runs, --jobs 1',
      unit: 'k runs/cpu s',
      beside: ALONE,
    },
    {
      what: 'the next 300,000 of the same',
      unit: 'k runs/cpu s',
      beside: ALONE,
      aim: { of: 'ratio', least: 0.9 },
    },
    {
      what: 'desync run, 100,000 short runs, --jobs 2',
      unit: 'k runs/s',
      beside: '--jobs 1, by the same clock',
    },
    {
      what: 'memory of desync run, 100,000 runs, --jobs 2',
      unit: 'MiB',
      beside: 'the same, 20,000 runs',
      aim: { of: 'ratio', most: 1.05 },
    },
  ],
  measure(effort) {
    const runs = shareOf(RUNS, effort);
    const times = Math.min(TIMES, effort.times);
    const alone = inTurn(
      times,
      () => sweep(runs, 1).cpuSeconds,
      () => secondsOf(() => runAlone(runs)),
    );
    const more = runs * (LONGER - 1);
    const next = inTurn(
      times,
      () => sweep(runs * LONGER, 1).cpuSeconds - sweep(runs, 1).cpuSeconds,
      () => secondsOf(() => runAlone(more)),
    );
    const wall = inTurn(
      times,
      () => sweep(runs, 2).wallSeconds,
      () => sweep(runs, 1).wallSeconds,
    );
    const rate = (seconds: number, made = runs): number => made / seconds / 1e3;
    return [
      { ours: rate(alone.ours), theirs: rate(alone.theirs) },
      { ours: rate(next.ours, more), theirs: rate(next.theirs, more) },
      { ours: rate(wall.ours), theirs: rate(wall.theirs) },
      { ours: sweep(runs, 2).peakMiB, theirs: sweep(Math.ceil(runs / 5), 2).peakMiB },
    ];
  },
};

export function sweep(runs: number, jobs: number): Ended {
  return node(shortRuns(1, runs, jobs));
}

/** The command, as it is given to node. */
export function shortRuns(first: number, last: number, jobs: number): readonly string[] {
  const words = ['--seeds', `${first}..${last}`, '--jobs', String(jobs), '--no-shrink', '--json'];
  return [DESYNC, 'run', SHORT, ...words];
}

function runAlone(runs: number): void {
  const scenario = scenarioIn(SHORT);
  const runner = new Runner();
  for (let seed = 1; seed <= runs; seed++) runner.runToSum(scenario, clearWhenIdle, String(seed));
}
