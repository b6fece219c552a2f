/**
 * Virtual time: whole nanoseconds in a `number`, exact up to 2^53 ns (104 days).
 *
 * An Instant is a point since the start of the run, a Duration a distance between two of them.
 */

declare const instant: unique symbol;
declare const duration: unique symbol;

/** Nanoseconds since the start of the run. */
export type Instant = number & { readonly [instant]: true };
/** A distance in nanoseconds, never negative. */
export type Duration = number & { readonly [duration]: true };

/** A whole number of nanoseconds since the start as an Instant; throws RangeError otherwise. */
export function instantOf(nanoseconds: number): Instant {
  return whole(nanoseconds) as Instant;
}

/** A whole number of nanoseconds as a Duration; throws RangeError otherwise. */
export function durationOf(nanoseconds: number): Duration {
  return whole(nanoseconds) as Duration;
}

export const nanoseconds = durationOf;
export const microseconds = (n: number): Duration => durationOf(n * 1e3);
export const milliseconds = (n: number): Duration => durationOf(n * 1e6);
export const seconds = (n: number): Duration => durationOf(n * 1e9);

export const START: Instant = instantOf(0);

export function after(at: Instant, delay: Duration): Instant {
  return (at + delay) as Instant;
}

export function between(from: Instant, to: Instant): Duration {
  return (to - from) as Duration;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['h', 3_600e9],
  ['min', 60e9],
  ['s', 1e9],
  ['ms', 1e6],
  ['us', 1e3],
  ['ns', 1],
];

/** `30s`, `1.5ms`, `200us`: the largest unit that needs at most three decimals. */
export function formatDuration(value: number): string {
  if (value === 0) return '0s';
  for (const [unit, size] of UNITS) {
    if (unit === 'h' || unit === 'min') continue;
    if (value < size) continue;
    const behind = value % size;
    const thousandth = Math.max(size / 1000, 1);
    if (behind % thousandth !== 0) continue;
    // In whole numbers, because 1.001 * 1000 is 1000.9999999999999 in binary.
    const decimals = `${behind / thousandth}`.padStart(3, '0').replace(/0+$/, '');
    return `${(value - behind) / size}${decimals === '' ? '' : `.${decimals}`}${unit}`;
  }
  return `${value}ns`;
}

/**
 * Reads `30s`, `1.5ms`, `200us`, `2min`, `1h`; undefined when it is not a whole number of
 * nanoseconds with a unit.
 */
export function parseDuration(text: string): Duration | undefined {
  const match = /^(\d+(?:\.\d+)?)(ns|us|ms|s|min|h)$/.exec(text);
  const unit = UNITS.find(([name]) => name === match?.[2]);
  if (match?.[1] === undefined || unit === undefined) return undefined;
  // In whole numbers, because 0.3us is 299.99999999999994 in binary and 2148388.802s is 0.25 ns
  // off.
  const [ahead = '', behind = ''] = match[1].split('.');
  const scale = BigInt(`1${'0'.repeat(behind.length)}`);
  const scaled = BigInt(ahead + behind) * BigInt(unit[1]);
  const value = Number(scaled / scale);
  return scaled % scale === 0n && Number.isSafeInteger(value) ? (value as Duration) : undefined;
}

function whole(nanoseconds: number): number {
  if (!Number.isSafeInteger(nanoseconds) || nanoseconds < 0) {
    throw new RangeError(`not a whole number of nanoseconds: ${nanoseconds}`);
  }
  return nanoseconds;
}
