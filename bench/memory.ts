/**
 * Memory of `desync run` over 100,000 seeds of a page under sync: it must be flat.
 *
 * Garbage is collected each time before one looks: else it counts for as long as nobody needs its
 * room.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shareOf, type Bench } from './line.js';
import { DESYNC, node } from './program.js';
import { SYNCED_PAGE } from './scenarios.js';

const SEEDS = 100_000;
const FIFTHS = 5;

export const memoryBench: Bench = {
  lines: [
    {
      what: 'memory after 100,000 seeds, a page under sync',
      unit: 'MiB',
      beside: 'after a fifth of the time',
      aim: { of: 'ratio', most: 1.05 },
    },
  ],
  measure(effort) {
    const folder = mkdtempSync(join(tmpdir(), 'desync-memory-'));
    const file = join(folder, 'synced-page.yaml');
    try {
      writeFileSync(file, SYNCED_PAGE);
      const words = ['--seeds', `1..${shareOf(SEEDS, effort)}`, '--jobs', '1', '--no-shrink'];
      const ended = node(['--expose-gc', DESYNC, 'run', file, ...words, '--json']);
      const { grownMiB, peakMiB } = ended;
      const early = grownMiB[Math.ceil(grownMiB.length / FIFTHS) - 1];
      return [{ ours: grownMiB.at(-1) ?? peakMiB, theirs: early ?? peakMiB }];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};
