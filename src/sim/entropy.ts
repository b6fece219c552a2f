/**
 * The one door through which chance enters a run.
 *
 * A run is a pure function of (scenario, strategy, choices). Whatever may happen one way or another
 * asks a stream; a seed, a recorded list or an enumerator answers. Streams are split by name, so
 * that one more question in one part moves nothing in another and every strategy meets the same
 * workload under one seed.
 */

export interface Entropy {
  /** The stream of that name; asked for once, when a world is opened. */
  stream(name: string): Stream;
}

export interface Stream {
  /**
   * Picks a whole number in [0, bound). `what` names the question in schedules and complaints.
   * Options stand in a canonical order in which 0 is the quiet one: lowest slot, no preemption,
   * lowest latency. A bound of 1 is never asked: {@link Door} answers it.
   */
  choose(bound: number, what: string): number;
}

/** The largest bound: what 53 bits can answer evenly. */
export const LARGEST_BOUND = 2 ** 53;

/** One question and its answer, as recordings and schedules hold it. */
export interface Choice {
  readonly stream: string;
  /** It was the n-th question of its stream, from 0. */
  readonly n: number;
  readonly what: string;
  readonly bound: number;
  readonly answer: number;
}
