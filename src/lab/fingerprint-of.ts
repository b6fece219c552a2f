/** The fingerprint of one run to its end: what engines and machines are compared by. */
import { chancesOf } from './chances.js';
import { laboratory } from './laboratory.js';
import type { Scenario } from '../scenario/scenario.js';
import type { FixStrategy } from '../machine/strategy.js';
import { instantOf } from '../sim/time.js';

export function fingerprintOf(scenario: Scenario, strategy: FixStrategy, seed: string): string {
  const { world } = laboratory(scenario, strategy);
  world.reset(chancesOf(scenario, seed).open());
  world.runTo(instantOf(scenario.duration - 1));
  world.finish(instantOf(scenario.duration));
  return world.fingerprint;
}
