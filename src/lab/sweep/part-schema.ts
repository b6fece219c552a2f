/** The lines of a part file, as they are read: shapes, and that a sum is one of its chunk. */
import { z } from 'zod';
import type { ChunkSum } from './chunk-sum.js';
import type { SeriesHeader, SweepHeader } from './header.js';
import {
  amount,
  costs,
  count,
  harmKind,
  maybe,
  outcome,
  outcomeName,
  sha256,
  source,
  texts,
  verdict,
} from './outcome-schema.js';
import type { Shard } from './plan.js';
import type { Subject } from './subject.js';
import { RECORD_KINDS } from '../../media/record-format.js';
import type { Expectation } from '../../scenario/scenario.js';

export const PART_FORMAT = 'desync/part@2';

/** The first line. */
export interface PartHeader extends SweepHeader {
  readonly format: typeof PART_FORMAT;
  readonly tool: { readonly version: string };
  readonly model: number;
  readonly series: readonly PartSeries[];
  /** Of all series, each once: who has the part needs none of their files. */
  readonly scenarios: readonly PartScenario[];
  readonly shard: Shard;
}

export interface PartSeries extends SeriesHeader {
  /** Of the text of its scenario, which is one of those that the header has. */
  readonly sha256: string;
}

/** A scenario with all changes made to it; its name is told apart. */
export interface PartScenario {
  /** Of the text in UTF-8, in 64 hexadecimal digits. */
  readonly sha256: string;
  /** Of a scenario file. */
  readonly text: string;
}

/** Any other line: a chunk, or the run that threw, which is the last. */
export type PartEntry =
  | { readonly chunk: number; readonly sum: ChunkSum }
  | {
      readonly chunk: number;
      readonly broken: { readonly seed: string; readonly message: string };
    };

const expected: z.ZodType<Expectation> = z.strictObject({
  outcome: maybe(outcomeName),
  exposed: maybe(z.enum(['never', 'sometimes'])),
  withoutTime: maybe(z.enum(['never', 'sometimes'])),
  harm: maybe(z.array(harmKind)),
  applicationsFault: maybe(z.enum(['counted', 'apart'])),
});

const subject: z.ZodType<Subject> = z.strictObject({
  scenario: z.string(),
  story: z.string(),
  fixed: z.boolean(),
  simulatedNs: z.int().min(1),
  strategy: z.string(),
  source: maybe(source),
  record: z.enum(RECORD_KINDS),
  expected: maybe(expected),
});

/** What is read is bounded before anything is counted with it. */
const MOST_SERIES = 100_000;
const seed = z.int().min(0);

export const partHeader: z.ZodType<PartHeader> = z
  .strictObject({
    format: z.literal(PART_FORMAT),
    tool: z.strictObject({ version: z.string() }),
    model: z.int().min(1),
    command: z.enum(['run', 'compare']),
    args: texts,
    sets: texts,
    series: z
      .array(z.strictObject({ file: z.string(), subject, sha256 }))
      .min(1)
      .max(MOST_SERIES),
    plan: z.strictObject({ firstSeeds: z.array(seed), count: z.int().min(1) }),
    keep: z.boolean(),
    bail: maybe(z.int().min(1)),
    again: z.boolean(),
    failOn: texts,
    shrink: z.boolean(),
    scenarios: z.array(z.strictObject({ sha256, text: z.string() })),
    shard: z.strictObject({ index: z.int().min(1), of: z.int().min(1).max(MOST_SERIES) }),
  })
  .refine(({ series, plan }) => series.length === plan.firstSeeds.length)
  .refine(({ shard }) => shard.index <= shard.of)
  .refine(({ series, scenarios }) => {
    const named = [...new Set(series.map((each) => each.sha256))];
    return named.join() === scenarios.map((each) => each.sha256).join();
  });

/** As far as every version writes it. */
export const otherFormat = z.looseObject({ format: z.string().regex(/^desync\/part@\d{1,9}$/) });

const kind = z.strictObject({
  verdict,
  outcome: outcomeName,
  first: count,
  runs: z.int().min(1),
  exposure: amount,
});

const chunkSum: z.ZodType<ChunkSum> = z
  .strictObject({
    runs: z.int().min(1),
    kinds: z.array(kind),
    exposed: z.array(count),
    incomplete: z.array(count),
    failed: z.array(count),
    exposedRuns: count,
    allExposedRuns: count,
    apartRuns: count,
    exposure: amount,
    costs: costs.nullable(),
    harm: z.array(harmKind),
    allHarm: z.array(harmKind),
    noted: z.array(z.strictObject({ run: count, verdict, outcome: outcomeName, reasons: texts })),
    each: z.array(outcome).nullable(),
  })
  .refine(
    ({ runs, kinds, each }) =>
      kinds.reduce((sum, one) => sum + one.runs, 0) === runs && (each?.length ?? runs) === runs,
  )
  .refine(({ runs, exposed, incomplete, failed }) =>
    [exposed, incomplete, failed].every((places) => places.every(isPlace(runs))),
  );

/** Places ascend, and are of the chunk. */
function isPlace(runs: number): (place: number, n: number, all: readonly number[]) => boolean {
  return (place, n, all) => place < runs && (n === 0 || place > (all[n - 1] ?? -1));
}

export const partEntry: z.ZodType<PartEntry> = z.union([
  z.strictObject({ chunk: count, sum: chunkSum }),
  z.strictObject({
    chunk: count,
    broken: z.strictObject({ seed: z.string().regex(/^\d{1,16}$/), message: z.string() }),
  }),
]);
