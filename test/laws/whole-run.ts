/** A run to its end, with all that it told and the meters closed. */
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { Happening } from '../../src/machine/happening.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { instantOf } from '../../src/sim/time.js';
import { CAMPAIGN } from '../support/campaign.js';
import { toldBy } from '../support/watched-run.js';
import { only } from '../support/told.js';
import { SMALL_BENCHES, type Case } from './benches.js';

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

/** What a strategy under which no leg ever reads a page that changes must not show. */
export function trouble([, , scenario, strategy]: Case, seed: string): string[] {
  const one = run(scenario, strategy, seed);
  const { ours } = windows(one);
  const faults = ours === 0 ? [] : [`exposed ${ours} times`];
  if (strategy.stores !== 'wait') return faults;
  const met = only(one.all, 'store').find(({ sampledBefore }) => sampledBefore.length > 0);
  if (met !== undefined) faults.push(`${met.at} ns: ${met.what} did not wait for a write`);
  return faults;
}

export const DIRECT = 'buffers that change under O_DIRECT';

export const GRID = 'everything on a grid of milliseconds';
export const RECOVERING = 'a first recovery';

export const benchNamed = (name: string): Scenario =>
  SMALL_BENCHES.find(([bench]) => bench === name)![1];
