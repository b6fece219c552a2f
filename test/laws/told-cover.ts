/**
 * What a record told while it became durable is what a reader finds in its bytes: as many regions
 * are covered as came to be and have not ceased to be.
 */
import { laboratory } from '../../src/lab/laboratory.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { toResync } from '../../src/media/record.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { watchedRun } from '../support/watched-run.js';

const ALWAYS_ALL = 'core';

/** Looks after every `step`-th event. */
export function wrongCovers(
  scenario: Scenario,
  strategy: FixStrategy,
  seed: string,
  step: number,
): { readonly faults: readonly string[]; readonly looked: number } {
  const lab = laboratory(scenario, strategy);
  const { geometry, prices } = lab.world;
  const faults: string[] = [];
  let [events, looked] = [0, 0];
  const isAll = scenario.mirror.initially === 'out-of-sync' || strategy.record === ALWAYS_ALL;
  const atBoot = isAll ? geometry.regions : 0;
  watchedRun(
    lab,
    seed,
    () => undefined,
    (world) => {
      if (++events % step !== 0) return;
      looked++;
      const found = toResync(world.crash().record).length;
      const told = atBoot + prices.coverage.marks - prices.coverage.clears;
      if (found !== told) faults.push(`${world.now} ns: ${told} regions were told, ${found} found`);
    },
  );
  return { faults, looked };
}
