/** What a run was, whatever came of it: what the world's meters say. */
import { costsOf } from './costs.js';
import type { Laboratory } from './laboratory.js';
import type { Outcome } from './outcome.js';
import { exposureOf } from './summary.js';

export type Facts = Pick<
  Outcome,
  | 'scenario'
  | 'strategy'
  | 'strategySource'
  | 'seed'
  | 'events'
  | 'timing'
  | 'simulatedNs'
  | 'raceHits'
  | 'storesUnderWrite'
  | 'exposure'
  | 'costs'
  | 'fingerprint'
>;

export function factsOf(lab: Laboratory): Facts {
  const { scenario, strategy, world } = lab;
  return {
    scenario: scenario.name,
    strategy: strategy.name,
    strategySource: strategy.source,
    seed: undefined,
    events: world.events,
    timing: scenario.timing,
    simulatedNs: scenario.timing === 'free' ? 0 : scenario.duration,
    raceHits: world.raceHits,
    storesUnderWrite: world.storesUnderWrite,
    exposure: exposureOf(world, scenario.duration),
    costs: costsOf(lab),
    fingerprint: world.fingerprint,
  };
}
