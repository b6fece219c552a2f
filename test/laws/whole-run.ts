/** A run to its end, with all that it told and the meters closed. */
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { Happening } from '../../src/machine/happening.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { instantOf } from '../../src/sim/time.js';
import { CAMPAIGN } from '../support/campaign.js';
import { toldBy } from '../support/watched-run.js';
import { SMALL_BENCHES } from './benches.js';

export const SEEDS = Array.from({ length: 6 * CAMPAIGN }, (_, n) => `${n + 1}`);

export interface Run {
  readonly lab: Laboratory;
  readonly all: readonly Happening[];
}

export function run(scenario: Scenario, strategy: FixStrategy, seed: string): Run {
  const lab = laboratory(scenario, strategy);
  const all = toldBy(lab, seed);
  lab.world.finish(instantOf(scenario.duration));
  return { lab, all };
}

/** How often the mirror was exposed, and how often it was so by the application's fault. */
export function windows({ lab: { world } }: Run): { ours: number; theirs: number } {
  return { ours: world.exposure.windowCount, theirs: world.byApplication.windowCount };
}

export const DIRECT = 'buffers that change under O_DIRECT';

export const benchNamed = (name: string): Scenario =>
  SMALL_BENCHES.find(([bench]) => bench === name)![1];
