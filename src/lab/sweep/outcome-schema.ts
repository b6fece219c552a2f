/**
 * An outcome as it is read from a file: the shape of {@link Outcome}, with null for what is absent.
 */
import { z } from 'zod';
import type { Costs } from '../costs.js';
import { VERDICTS, type Outcome } from '../outcome.js';
import { HARM_KINDS } from '../../aftermath/steps.js';
import type { StrategySource } from '../../machine/strategy.js';
import { OUTCOMES } from '../../scenario/scenario.js';

export const count = z.int().min(0);
export const amount = z.number().min(0);
export const texts = z.array(z.string());
export const verdict = z.enum(VERDICTS);
export const outcomeName = z.enum(OUTCOMES);
export const harmKind = z.enum(HARM_KINDS);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What may be absent stands there all the same. */
export function maybe<T>(schema: z.ZodType<T>): z.ZodType<T | undefined> {
  return schema.nullable().transform((value) => value ?? undefined);
}

export const costs: z.ZodType<Costs> = z.strictObject({
  recordWrites: amount,
  marks: amount,
  clears: amount,
  expectedResyncBytes: amount,
  expectedResyncNs: amount,
  storeWaits: amount,
  storeWaitNs: amount,
  longestStoreWaitNs: amount,
  writesHeld: amount,
  copiedBytes: amount,
  sums: amount,
  pageWriteBytes: amount,
  syncWriteBytes: amount,
  syncs: amount,
  writeLatencyP50Ns: amount,
  writeLatencyP99Ns: amount,
});

export const source: z.ZodType<StrategySource> = z.strictObject({
  path: z.string(),
  sha256,
  name: z.string(),
});

const share = z.strictObject({ fraction: amount, windowCount: count });

const exposed = z.strictObject({
  fraction: amount,
  windows: z.array(z.strictObject({ fromNs: count, toNs: count, regions: z.array(count) })),
  windowCount: count,
  byApplication: share,
});

const divergence = z.strictObject({
  sector: count,
  block: count,
  belongsTo: z.string(),
  excerpt: z.string(),
  byApplication: z.boolean(),
});

const harm = z.strictObject({
  kind: harmKind,
  block: maybe(count),
  files: texts,
  text: z.string(),
  byApplication: z.boolean(),
});

const recovery = z.strictObject({ resyncedRegions: count, resyncBytes: count, durationNs: count });

export const outcome: z.ZodType<Outcome> = z.strictObject({
  scenario: z.string(),
  strategy: z.string(),
  strategySource: maybe(source),
  seed: maybe(z.string()),
  verdict,
  reasons: texts,
  outcome: outcomeName,
  events: count,
  timing: z.enum(['scenario', 'free']),
  simulatedNs: count,
  raceHits: count,
  storesUnderWrite: count,
  exposure: exposed,
  costs,
  crash: maybe(z.strictObject({ atNs: count, markedRegions: count })),
  recovery: maybe(recovery),
  aftermath: z.array(z.strictObject({ step: z.string(), lines: texts })),
  divergence: z.array(divergence),
  harm: z.array(harm),
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
});
