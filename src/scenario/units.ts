/** Durations and sizes as scenario files write them: a whole value with its unit. */
import { z } from 'zod';
import { refusal } from './refusal.js';
import { parseDuration, seconds, type Duration } from '../sim/time.js';

const DURATION = /^\d+(\.\d+)?(ns|us|ms|s|min|h)$/;
const SIZE = /^\d+(B|KiB|MiB|GiB)$/;

const LONGEST_DURATION = seconds(30 * 24 * 3600);

const DURATION_EXPECTED = 'a duration with its unit, such as 30s, 5ms, 200us or 2min';
const SIZE_EXPECTED = 'a size with its unit (B, KiB, MiB or GiB), such as 64MiB';

const durationText = z
  .string({ error: (issue) => wrongDuration(issue.input) })
  .regex(DURATION, { error: (issue) => wrongDuration(issue.input) })
  .meta({ examples: ['30s', '5ms', '200us', '2min', '1h'] });

/** At most 30 days, in whole nanoseconds. */
export const duration = durationText
  .transform((text, context) => readDuration(text, 0, context))
  .meta({ id: 'duration', description: 'A duration with its unit: ns, us, ms, s, min or h.' });

/** The same, but no instant. */
export const someDuration = durationText.transform((text, context) =>
  readDuration(text, 1, context),
);

/** The duration that was probably meant. */
export function meantDuration(input: unknown): string | undefined {
  return meant(input, DURATION_UNITS);
}

export interface SizeLimits {
  readonly least: number;
  readonly most: number;
  /** What is measured, with its article. */
  readonly what: string;
}

export function size({ least, most, what }: SizeLimits): z.ZodType<number> {
  const range = `${what} of ${formatSize(least)} to ${formatSize(most)}`;
  return sizeText.transform((text, context): number => {
    const bytes = parseSize(text);
    if (bytes >= least && bytes <= most) return bytes;
    context.addIssue({ code: 'custom', message: refusal({ expected: range }) });
    return z.NEVER;
  });
}

export const sizeText = z
  .string({ error: (issue) => wrongSize(issue.input) })
  .regex(SIZE, { error: (issue) => wrongSize(issue.input) })
  .meta({ examples: ['512B', '1KiB', '64MiB', '1GiB'] });

const SIZE_UNITS: readonly (readonly [string, number])[] = [
  ['GiB', 2 ** 30],
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
  ['B', 1],
];

/** `64MiB`: in the largest unit that divides it. */
export function formatSize(bytes: number): string {
  const unit = SIZE_UNITS.find(([, factor]) => bytes >= factor && bytes % factor === 0);
  return unit === undefined ? `${bytes}B` : `${bytes / unit[1]}${unit[0]}`;
}

function readDuration(text: string, least: 0 | 1, context: z.core.$RefinementCtx): Duration {
  const value = parseDuration(text);
  if (value !== undefined && value >= least && value <= LONGEST_DURATION) return value;
  const expected = `a whole number of nanoseconds, from ${least}ns to 30 days (720h)`;
  context.addIssue({ code: 'custom', message: refusal({ expected }) });
  return z.NEVER;
}

function parseSize(text: string): number {
  const unit = SIZE_UNITS.find(([name]) => text.endsWith(name));
  return Number.parseInt(text, 10) * (unit?.[1] ?? Number.NaN);
}

function wrongDuration(input: unknown): string {
  return refusal({ expected: DURATION_EXPECTED, hint: meantDuration(input) });
}

function wrongSize(input: unknown): string {
  return refusal({ expected: SIZE_EXPECTED, hint: meant(input, MEANT_SIZES) });
}

/** What people write, and the unit they mean. */
const MEANT_SIZES: Readonly<Record<string, readonly string[]>> = {
  B: ['b', 'byte', 'bytes'],
  KiB: ['k', 'kb', 'kib'],
  MiB: ['m', 'mb', 'mib'],
  GiB: ['g', 'gb', 'gib'],
};
const DURATION_UNITS: Readonly<Record<string, readonly string[]>> = {
  ns: ['ns', 'nsec', 'nanoseconds'],
  us: ['us', 'usec', 'µs', 'μs', 'microseconds'],
  ms: ['ms', 'msec', 'milliseconds'],
  s: ['s', 'sec', 'secs', 'second', 'seconds'],
  min: ['m', 'min', 'mins', 'minute', 'minutes'],
  h: ['h', 'hr', 'hour', 'hours'],
};

function meant(
  input: unknown,
  units: Readonly<Record<string, readonly string[]>>,
): string | undefined {
  if (typeof input !== 'string') return undefined;
  const match = /^(\d{1,15}(?:\.\d{1,9})?)[ _]?(\p{L}{1,12})$/u.exec(input.trim());
  const [, amount, word] = match ?? [];
  if (amount === undefined || word === undefined) return undefined;
  const unit = Object.entries(units).find(([, words]) => words.includes(word.toLowerCase()));
  return unit === undefined ? undefined : `${amount}${unit[0]}`;
}
