/**
 * How long writes take from their submission to the mirror until they are on all legs: a meter.
 *
 * Counted in buckets of a sixteenth of a power of two, as fio does: a quantile is the upper bound
 * of its bucket, at most a sixteenth too high.
 */
import type { Bank } from '../../sim/arena.js';

const STEPS = 16;
const STEP_BITS = 4;
/** Up to 2^53 ns. */
const BUCKETS = (53 - STEP_BITS + 1) * STEPS;
const WORD = 2 ** 32;

export class WriteLatency {
  readonly #counts: Int32Array;
  /** How many, and how far the lowest bucket of them is from the end; 0: there were none. */
  readonly #completed: Int32Array;
  readonly #submittedAt: Float64Array;

  constructor(requests: number, meters: Bank) {
    this.#counts = meters.i32(BUCKETS);
    this.#completed = meters.i32(2);
    this.#submittedAt = meters.f64(requests + 1);
  }

  submitted(request: number, at: number): void {
    this.#submittedAt[request] = at;
  }

  completed(request: number, at: number): void {
    const bucket = bucketOf(at - this.#submittedAt[request]!);
    this.#counts[bucket]!++;
    this.#completed[0]!++;
    this.#completed[1] = Math.max(this.#completed[1]!, BUCKETS - bucket);
  }

  /** The latency that so many percent of the writes do not exceed, in ns; 0: there were none. */
  percentile(percent: number): number {
    let left = Math.ceil((this.#completed[0]! * percent) / 100);
    if (left === 0) return 0;
    for (let bucket = BUCKETS - this.#completed[1]!; bucket < BUCKETS; bucket++) {
      left -= this.#counts[bucket]!;
      if (left <= 0) return endOf(bucket);
    }
    throw new Error('a percentile lies behind the last bucket');
  }
}

/** Whole nanoseconds below 16 have a bucket each. */
export function bucketOf(ns: number): number {
  if (ns < STEPS) return ns;
  const high = Math.floor(ns / WORD);
  const bits = high === 0 ? 31 - Math.clz32(ns) : 63 - Math.clz32(high);
  const shift = bits - STEP_BITS;
  return shift * STEPS + Math.floor(ns / POWERS[shift]!);
}

/** The largest whole number of nanoseconds in the bucket. */
export function endOf(bucket: number): number {
  if (bucket < 2 * STEPS) return bucket;
  const shift = Math.floor(bucket / STEPS) - 1;
  return ((bucket % STEPS) + STEPS + 1) * POWERS[shift]! - 1;
}

/** Powers of two, by doubling. */
const POWERS = new Float64Array(53).fill(1);
for (let n = 1; n < POWERS.length; n++) POWERS[n] = POWERS[n - 1]! * 2;
