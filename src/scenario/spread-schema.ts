/** How a latency spreads, as scenario files write it. */
import { z } from 'zod';
import { listOf, must, oneKey } from './keyed.js';
import { refusal } from './refusal.js';
import { duration, meantDuration } from './units.js';
import type { PercentilePoint, Spread } from '../media/latency.js';
import type { Duration } from '../sim/time.js';

const MOST_VALUES = 1_000;
const EXPECTED =
  'a duration with its unit, such as 5ms, or a map of one of uniform, list, percentiles';

const uniform = z
  .tuple([duration, duration], {
    error: refusal({ expected: 'uniform: [shortest, longest], two durations' }),
  })
  .meta({ examples: [['0us', '200us']] })
  .check(must(([from, to]) => from <= to, { expected: 'the shorter duration before the longer' }))
  .transform(([from, to]): Spread => ({ kind: 'uniform', from, to }))
  .describe('Every duration from the first to the second is as likely.');

const list = listOf(duration, 'durations', 1, MOST_VALUES)
  .transform((values): Spread => ({ kind: 'list', values }))
  .describe('Each duration is as likely; one listed twice is twice as likely.');

const PERCENTILE = /^p(100|[1-9]?\d(\.\d{1,4})?)$/;

const percentiles = z
  .record(
    z.string().regex(PERCENTILE, {
      error: refusal({ expected: 'percentiles such as p0, p50, p99.9 and p100', atKey: true }),
    }),
    duration,
    { error: refusal({ expected: 'percentiles: a map of p0, ..., p100' }) },
  )
  .transform((map, context): Spread => {
    const points = Object.entries(map)
      .map(([key, latency]) => ({ key, percent: Number(key.slice(1)), latency }))
      .sort((a, b) => a.percent - b.percent);
    const wrong = wrongPoint(points);
    if (wrong === undefined) return spreadOf(points);
    const { key, ...parts } = wrong;
    const path = key === undefined ? [] : [key];
    context.addIssue({ code: 'custom', message: refusal(parts), path });
    return z.NEVER;
  })
  .meta({
    description: 'Straight lines between percentiles, as fio prints them: p0, p50, p99.9, p100.',
    required: ['p0', 'p100'],
  });

/** `5ms`, or a map of one of uniform, list and percentiles. */
export const spread: z.ZodType<Spread> = z
  .union(
    [
      duration.transform((value): Spread => ({ kind: 'uniform', from: value, to: value })),
      oneKey<Spread>('a spread', { uniform, list, percentiles }),
    ],
    { error: (issue) => refusal({ expected: EXPECTED, hint: meantDuration(issue.input) }) },
  )
  .meta({ id: 'spread', description: 'A duration that is always the same, or how it spreads.' });

interface Point extends PercentilePoint {
  readonly key: string;
  readonly latency: Duration;
}

interface WrongPoint {
  readonly key: string | undefined;
  readonly expected: string;
  readonly atKey?: boolean;
}

function wrongPoint(points: readonly Point[]): WrongPoint | undefined {
  if (points[0]?.key !== 'p0' || points.at(-1)?.key !== 'p100') {
    return { key: undefined, expected: 'percentiles from p0 to p100, both named' };
  }
  for (const [i, point] of points.entries()) {
    const before = points[i - 1];
    if (before === undefined) continue;
    const { key } = point;
    if (before.percent === point.percent) {
      return { key, expected: `another percentile than ${before.key}`, atKey: true };
    }
    if (before.latency > point.latency) {
      return { key, expected: `a duration not shorter than that of ${before.key}` };
    }
  }
  return undefined;
}

function spreadOf(points: readonly Point[]): Spread {
  return {
    kind: 'percentiles',
    points: points.map(({ percent, latency }) => ({ percent, latency })),
  };
}
