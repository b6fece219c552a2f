/**
 * What a second worker gains on a million short runs, by the clock on the wall.
 *
 * Beside it the most that this machine gives to two at once: two processes that know nothing of
 * each other, each with half of the runs.
 */
import { shareOf, type Bench } from './line.js';
import { median } from './measure.js';
import { besideEachOther } from './program.js';
import { shortRuns, sweep } from './sweep.js';

const RUNS = 1_000_000;
const TIMES = 3;

export const workersBench: Bench = {
  lines: [
    {
      what: '1,000,000 short runs, --jobs 2, in turn',
      unit: 'k runs/s',
      beside: '--jobs 1, by the same clock',
      aim: { of: 'ratio', least: 1.8 },
    },
    {
      what: 'the same',
      unit: 'k runs/s',
      beside: 'two processes, each of half as many',
      aim: { of: 'ratio', least: 0.95 },
    },
  ],
  async measure(effort) {
    const runs = shareOf(RUNS, effort);
    const half = Math.ceil(runs / 2);
    const seconds: { two: number; one: number; apart: number }[] = [];
    for (let n = 0; n < Math.min(TIMES, effort.times); n++) {
      seconds.push({
        two: sweep(runs, 2).wallSeconds,
        one: sweep(runs, 1).wallSeconds,
        apart: await besideEachOther([shortRuns(1, half, 1), shortRuns(half + 1, runs, 1)]),
      });
    }
    const rate = (of: (each: (typeof seconds)[number]) => number): number =>
      runs / median(seconds.map(of)) / 1e3;
    const ours = rate(({ two }) => two);
    return [
      { ours, theirs: rate(({ one }) => one) },
      { ours, theirs: rate(({ apart }) => apart) },
    ];
  },
};
