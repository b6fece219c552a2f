/**
 * One scenario under one strategy, set up to be run again and again: a world is reset, not made
 * anew.
 */
import { assemble } from './assemble.js';
import { baseOf, type Base } from './base.js';
import { tooShortFor } from './too-short.js';
import { tunedBy } from './tuning.js';
import { conditionsIn, type Conditions } from './conditions.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Pace } from '../aftermath/recover.js';
import type { Layout } from '../ext2/layout.js';
import type { FixStrategy } from '../machine/strategy.js';
import type { World } from '../machine/world.js';
import type { Drive } from '../media/drives.js';
import { latencyModel, type Spread } from '../media/latency.js';
import { durationOf, type Duration } from '../sim/time.js';

export interface Laboratory {
  readonly scenario: Scenario;
  /** As the scenario tunes it. */
  readonly strategy: FixStrategy;
  readonly base: Base;
  readonly world: World;
  readonly layout: Layout;
  /** How quickly these drives copy a region. */
  readonly pace: Pace;
  /** Why a run of this length says nothing of the strategy; undefined: it may. */
  readonly tooShort: string | undefined;
}

/**
 * `conditions`: without them those that the scenario itself says; `base`: the scenario's, where
 * another laboratory has made it already.
 */
export function laboratory(
  scenario: Scenario,
  strategy: FixStrategy,
  conditions: Conditions = conditionsIn(scenario),
  base = baseOf(scenario),
): Laboratory {
  const fix = tunedBy(scenario, strategy);
  const pace = paceOf(scenario);
  const assembly = assemble(scenario, fix, conditions, base);
  const tooShort = conditions.timing === 'free' ? undefined : tooShortFor(fix, scenario);
  return { scenario, strategy: fix, base, ...assembly, pace, tooShort };
}

/** Latencies at their medians, sectors at the slowest drive's speed. */
function paceOf(scenario: Scenario): Pace {
  const { legs, log } = scenario.mirror;
  const slowest = Math.max(...legs.map((leg) => latencyOf(leg)));
  const source = legs[0] === undefined ? 0 : latencyOf(legs[0]);
  const sectorTime = Math.max(...legs.map((leg) => leg.sectorTime));
  return {
    subJob: (sectors) => durationOf(source + slowest + 2 * sectors * sectorTime),
    logWrite: latencyOf(log),
  };
}

function latencyOf(drive: Drive): Duration {
  return durationOf(median(drive.firstSample) + median(drive.durable));
}

function median(spread: Spread): number {
  const model = latencyModel(spread);
  return model.at(Math.floor(model.bound / 2));
}
