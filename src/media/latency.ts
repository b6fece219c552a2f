/**
 * How long things take: a latency model turns one answer of the door into a duration.
 *
 * Every model has an integer inverse: answers 0..bound-1 stand in ascending order of latency, so
 * answer 0 is the quiet one and an enumerator can list them. No logarithms or exponentials: their
 * last bits are not specified.
 */
import type { Duration } from '../sim/time.js';

export interface LatencyModel {
  /** How many answers there are. */
  readonly bound: number;
  /** The latency of an answer in [0, bound); never falls as the answer grows. */
  at(answer: number): Duration;
}

/** A latency model as data, as scenario files say it. */
export type Spread =
  | { readonly kind: 'uniform'; readonly from: Duration; readonly to: Duration }
  | { readonly kind: 'list'; readonly values: readonly Duration[] }
  | { readonly kind: 'percentiles'; readonly points: readonly PercentilePoint[] };

/** `percent` of all latencies are at most `latency`: what fio prints. */
export interface PercentilePoint {
  /** 0 to 100, at most four decimals. */
  readonly percent: number;
  readonly latency: Duration;
}

export function latencyModel(spread: Spread): LatencyModel {
  switch (spread.kind) {
    case 'uniform':
      return new UniformLatency(spread.from, spread.to);
    case 'list':
      return new ListedLatency(spread.values);
    case 'percentiles':
      return new PercentileLatency(spread.points);
  }
}

/** Every whole nanosecond from `from` to `to`, both included, is as likely. */
class UniformLatency implements LatencyModel {
  readonly bound: number;
  readonly #from: number;

  constructor(from: Duration, to: Duration) {
    if (to < from) throw new RangeError(`a uniform latency from ${from} ns cannot end at ${to} ns`);
    this.#from = from;
    this.bound = to - from + 1;
  }

  at(answer: number): Duration {
    return (this.#from + answer) as Duration;
  }
}

/** Each listed latency is as likely; a value listed twice is twice as likely. */
class ListedLatency implements LatencyModel {
  readonly #sorted: readonly Duration[];

  constructor(values: readonly Duration[]) {
    if (values.length === 0) throw new RangeError('a list of latencies needs one');
    this.#sorted = values.toSorted((a, b) => a - b);
  }

  get bound(): number {
    return this.#sorted.length;
  }

  at(answer: number): Duration {
    const latency = this.#sorted[answer];
    if (latency === undefined) throw new RangeError(`no latency ${answer} of ${this.bound}`);
    return latency;
  }
}

const PARTS = 1_000_000;

/** Straight lines between the percentiles, in steps of a millionth. */
class PercentileLatency implements LatencyModel {
  readonly bound = PARTS;
  /** In millionths of all latencies, ascending from 0 to 1,000,000. */
  readonly #ranks: Float64Array;
  readonly #latencies: Float64Array;

  constructor(points: readonly PercentilePoint[]) {
    const first = points[0];
    const last = points.at(-1);
    if (first?.percent !== 0 || last?.percent !== 100) {
      throw new RangeError('percentiles start at 0 and end at 100');
    }
    this.#ranks = Float64Array.from(points, (point) => Math.round(point.percent * (PARTS / 100)));
    this.#latencies = Float64Array.from(points, (point) => point.latency);
    for (let i = 1; i < points.length; i++) {
      if (this.#ranks[i]! <= this.#ranks[i - 1]!) throw new RangeError('percentiles must ascend');
      if (this.#latencies[i]! < this.#latencies[i - 1]!) {
        throw new RangeError('latencies of percentiles must not fall');
      }
    }
  }

  at(answer: number): Duration {
    let i = 1;
    while (this.#ranks[i]! <= answer) i++;
    const from = this.#ranks[i - 1]!;
    const low = this.#latencies[i - 1]!;
    const rise = this.#latencies[i]! - low;
    return (low + Math.floor((rise * (answer - from)) / (this.#ranks[i]! - from))) as Duration;
  }
}

/** A latency that is always the same. */
export function constantLatency(latency: Duration): LatencyModel {
  return new UniformLatency(latency, latency);
}

/**
 * A few latencies in place of many, for whoever tries them all: evenly spaced ranks, the lowest and
 * the highest among them; one level is the median. A list stays as it is, and equal latencies are
 * one.
 */
export function atLevels(model: LatencyModel, levels: number): LatencyModel {
  if (!(Number.isInteger(levels) && levels >= 1)) throw new RangeError(`${levels} levels`);
  if (model instanceof ListedLatency || model.bound <= levels) return model;
  const last = model.bound - 1;
  const ranks = Array.from({ length: levels }, (_, level) =>
    Math.floor(levels === 1 ? last / 2 : (last * level) / (levels - 1)),
  );
  return new ListedLatency([...new Set(ranks.map((rank) => model.at(rank)))]);
}
