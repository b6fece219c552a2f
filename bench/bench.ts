/**
 * `npm run bench`: how quick the program is, each figure beside a limit that was measured in the
 * same run.
 *
 * Processor time, not the clock on the wall: machines are shared. Read the ratios. With `--whole`
 * nothing is scaled up from fewer seeds.
 */
import { agendaBench } from './agenda.js';
import { compareBench } from './compare.js';
import { endToEndBench } from './end-to-end.js';
import { memoryBench } from './memory.js';
import { shortBench } from './short.js';
import { showRow, type Row } from './row.js';

const benches: readonly (() => Iterable<Row>)[] = [
  agendaBench,
  endToEndBench,
  shortBench,
  compareBench,
  memoryBench,
];

for (const bench of benches) {
  for (const row of bench()) process.stdout.write(`${showRow(row)}\n`);
}
