/**
 * How a scenario is taken: as it is written, or for trying everything: with few latencies, within
 * its bound, and with or without time.
 */
import { atLevels, constantLatency, latencyModel } from '../media/latency.js';
import type { LatencyModel, Spread } from '../media/latency.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Timing } from '../sim/agenda.js';
import { durationOf } from '../sim/time.js';

export interface Conditions {
  readonly timing: Timing;
  /** How many latencies stand for a spread; undefined: all of them. */
  readonly levels: number | undefined;
  /** Whether the scenario's bound counts. */
  readonly isBounded: boolean;
  /** In free timing: whether each step counts, even those that nobody sees. */
  readonly stepByStep?: boolean;
  /** For a search: whether contents of files are told apart only by who else holds them. */
  readonly renames?: boolean;
  /** For a search: whether the arena tells what is read and written, so that steps are learned. */
  readonly learns?: boolean;
  /** Events after which a run is given up, where the scenario would let it go on. */
  readonly mostEvents?: number;
}

export const AS_WRITTEN: Conditions = { timing: 'scenario', levels: undefined, isBounded: false };

/** What its file says: in free timing without a bound the same would come again and again. */
export function conditionsIn({ timing }: Pick<Scenario, 'timing'>): Conditions {
  return timing === 'scenario' ? AS_WRITTEN : { timing, levels: undefined, isBounded: true };
}

/** In free timing no latency counts, so none is asked for. */
export function latenciesUnder({ timing, levels }: Conditions): (spread: Spread) => LatencyModel {
  if (timing === 'free') return () => constantLatency(durationOf(0));
  if (levels === undefined) return latencyModel;
  return (spread) => atLevels(latencyModel(spread), levels);
}
