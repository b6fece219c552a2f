/** All that is measured, in the order of the table. */
import { agendaBench } from './agenda.js';
import { compareBench } from './compare.js';
import { endToEndBench } from './end-to-end.js';
import type { Bench } from './line.js';
import { memoryBench } from './memory.js';
import { millionBench } from './million.js';
import { searchBench } from './search.js';
import { shortBench } from './short.js';
import { shrinkBench } from './shrink.js';
import { startUpBench } from './start-up.js';
import { sweepBench } from './sweep.js';
import { workersBench } from './workers.js';

/** By the names of their tables in docs/performance.md. */
export const TABLES: Readonly<Record<'bench' | 'million', readonly Bench[]>> = {
  bench: [
    ...[agendaBench, endToEndBench, shortBench, sweepBench, compareBench],
    ...[searchBench, shrinkBench, startUpBench, memoryBench],
  ],
  million: [millionBench, workersBench],
};
