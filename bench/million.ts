/**
 * A million seeds of the short scenario, as a user makes them: how fast, and in how much memory.
 */
import { shareOf, type Bench } from './line.js';
import { node } from './program.js';
import { BARE_LOOP, bareRun } from './bare-loop.js';
import { secondsOf } from './measure.js';
import { sweep } from './sweep.js';

const RUNS = 1_000_000;
const EVENTS = 26;
const JOBS = 2;
const FIFTHS = 5;
const EARLY = 'after a fifth of the time';

export const millionBench: Bench = {
  lines: [
    {
      what: '1,000,000 short runs, --jobs 2',
      unit: 'k runs/s',
      beside: BARE_LOOP,
    },
    {
      what: 'the same, a second of one core',
      unit: 'k runs/cpu s',
      beside: BARE_LOOP,
      aim: { of: 'ours', least: 50 },
    },
    { what: 'its memory after 2/5 of the time', unit: 'MiB', beside: EARLY },
    { what: 'its memory after 3/5 of the time', unit: 'MiB', beside: EARLY },
    { what: 'its memory after 4/5 of the time', unit: 'MiB', beside: EARLY },
    {
      what: 'its memory at the end',
      unit: 'MiB',
      beside: EARLY,
      aim: { of: 'ratio', most: 1.05 },
    },
    { what: 'its memory at most', unit: 'MiB', beside: 'bare node and yargs' },
  ],
  measure(effort) {
    const runs = shareOf(RUNS, effort);
    const swept = sweep(runs, JOBS);
    const bare = secondsOf(() => {
      for (let seed = 1; seed <= runs; seed++) bareRun(String(seed), EVENTS);
    });
    const { grownMiB, peakMiB } = swept;
    const after = (fifths: number): number =>
      grownMiB[Math.ceil((grownMiB.length * fifths) / FIFTHS) - 1] ?? peakMiB;
    const rate = (seconds: number): number => runs / seconds / 1e3;
    const { peakMiB: least } = node(['bench/peers/bare-yargs.mjs', '--help']);
    return [
      { ours: rate(swept.wallSeconds), theirs: rate(bare) },
      { ours: rate(swept.cpuSeconds), theirs: rate(bare) },
      ...[2, 3, 4, 5].map((fifths) => ({ ours: after(fifths), theirs: after(1) })),
      { ours: peakMiB, theirs: least },
    ];
  },
};
