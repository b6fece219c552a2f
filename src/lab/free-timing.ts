/**
 * A run in free timing: one event after another in the order that its answers say, and no clock.
 *
 * There are no instants: power fails after the first event after which, or during which, the mirror
 * is exposed. That is what a search through all schedules calls a divergent crash point, so what it
 * found is met again here.
 */
import { crashNow, type Crash } from './crash.js';
import { Watch } from './exploring/search.js';
import type { Laboratory } from './laboratory.js';
import { countsAll } from './summary.js';
import type { Entropy } from '../sim/entropy.js';
import { instantOf } from '../sim/time.js';

/** The clock stands still. */
export const NO_TIME = instantOf(0);

/** undefined: none was planned, or nothing was ever exposed; then the run went to its end. */
export function crashInFreeTiming(lab: Laboratory, entropy: Entropy): Crash | undefined {
  const { world, scenario, strategy } = lab;
  const watch = new Watch({ world, countsAll: countsAll(scenario.expect[strategy.name]) });
  world.reset(entropy);
  watch.before();
  while (world.advance(NO_TIME)) {
    world.takeIn();
    if (watch.diverges && scenario.crash.kind === 'first-exposed') return crashNow(lab);
    watch.before();
  }
  return undefined;
}
