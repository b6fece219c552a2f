/** A part of a sweep, as lines: three chunks of one series, of which the second one failed. */
import { createHash } from 'node:crypto';
import type { Outcome } from '../../src/lab/outcome.js';
import { Summing } from '../../src/lab/sweep/chunk-sum.js';
import type { SweepHeader } from '../../src/lab/sweep/header.js';
import { partIn, type Part } from '../../src/lab/sweep/part.js';
import { headOf, lineOf } from '../../src/lab/sweep/part-lines.js';
import type { PartScenario } from '../../src/lab/sweep/part-schema.js';
import { chunkAt, chunkNumbers, WHOLE, type Shard } from '../../src/lab/sweep/plan.js';
import { clean, harmed } from '../report/mail-race.js';

export const HEADER: SweepHeader = {
  command: 'run',
  args: ['run', 'x.yaml', '--seeds', '1..250'],
  sets: [],
  series: [
    {
      file: 'x.yaml',
      subject: {
        scenario: 'x',
        story: 'A story.',
        fixed: false,
        simulatedNs: 60e9,
        strategy: 'clear-when-idle',
        source: undefined,
        record: 'dm-log',
        expected: undefined,
      },
    },
  ],
  plan: { firstSeeds: [1], count: 250 },
  keep: false,
  bail: undefined,
  again: false,
  failOn: [],
  shrink: true,
};

/** A text with the hash that is its own. */
export function contentOf(text: string): PartScenario {
  return { sha256: createHash('sha256').update(text).digest('hex'), text };
}

export const CONTENT = contentOf('seed: 1\n');

/** `exposed`: how much of a run; other results where it is another number. */
export function linesOf(
  header: SweepHeader = HEADER,
  shard: Shard = WHOLE,
  exposed = 0.1,
  content = CONTENT,
): readonly string[] {
  const lines = [lineOf(headOf(header, [content], shard, '0.1.0'))];
  for (const number of chunkNumbers(header.plan, shard)) {
    const chunk = chunkAt(header.plan, number);
    const summing = new Summing(undefined);
    const each: Outcome[] = [];
    for (let n = 0; n < chunk.runs; n++) {
      const exposure = { ...harmed.exposure, fraction: exposed };
      const failing = { ...harmed, exposure, verdict: 'FAIL', reasons: ['it was'] } as const;
      const { repeat: _, ...run } = number === 1 && n === 7 ? failing : clean;
      each.push(run);
      summing.add(run);
    }
    lines.push(lineOf({ chunk: number, sum: summing.sum(header.keep ? each : null) }));
  }
  return lines;
}

export function partOf(lines: readonly string[]): Part {
  const read = partIn(lines.map((line) => line.slice(0, -1)));
  if (!read.ok) throw new Error(read.problem);
  return read.part;
}
