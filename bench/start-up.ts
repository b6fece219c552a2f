/** From nothing to an answer, in processor time: whole processes, in turn with what they need. */
import { type Bench, type Effort, type Figure } from './line.js';
import { inTurn } from './measure.js';
import { DESYNC, node } from './program.js';

/** A start is short, and others disturb it. */
const STARTS = 4;
const BARE_YARGS = ['bench/peers/bare-yargs.mjs', '--help'];
const BARE_READER = ['bench/peers/bare-reader.mjs', 'scenarios/short.yaml'];

export const startUpBench: Bench = {
  lines: [
    {
      what: 'desync --help',
      unit: 'ms',
      beside: 'bare node and yargs',
      aim: { of: 'ratio', most: 1.6 },
    },
    { what: 'desync run, one short run', unit: 'ms', beside: 'bare node, yargs, yaml and zod' },
    { what: 'memory of desync --help', unit: 'MiB', beside: 'bare node and yargs' },
  ],
  measure: (effort) => [
    started([DESYNC, '--help'], BARE_YARGS, effort),
    started([DESYNC, 'run', 'scenarios/short.yaml'], BARE_READER, effort),
    { ours: node([DESYNC, '--help']).peakMiB, theirs: node(BARE_YARGS).peakMiB },
  ],
};

function started(ours: readonly string[], theirs: readonly string[], { times }: Effort): Figure {
  return inTurn(
    times === 1 ? 1 : times * STARTS,
    () => node(ours).cpuSeconds * 1000,
    () => node(theirs).cpuSeconds * 1000,
  );
}
