/** The two ways to know whether a crash would have diverged, held against each other. */
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { recover } from '../../src/aftermath/recover.js';
import { crashAt } from '../../src/lab/experiment.js';
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import { exposureOf } from '../../src/lab/summary.js';
import type { Exposed, ExposureWindow } from '../../src/lab/outcome.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import { dice } from '../support/dice.js';

export interface Agreement {
  /** Pairs of seed and instant. */
  readonly pairs: number;
  /** Crashes that ended in divergence. */
  readonly diverged: number;
  /** Instants at the very edge of a window. */
  readonly edges: number;
  readonly disagreements: readonly string[];
}

export function disagreements(
  scenario: Scenario,
  strategy: FixStrategy,
  seeds: number,
  instants: number,
): Agreement {
  const lab = laboratory(scenario, strategy);
  const pick = dice(11);
  const found: string[] = [];
  let pairs = 0;
  let diverged = 0;
  let edges = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const exposed = exposureIn(lab, `${seed}`);
    const near = nearEdges(exposed.windows, scenario.duration, pick, instants / 2);
    const anywhere = Array.from({ length: instants / 2 }, () => pick(scenario.duration));
    lab.world.reset(seeded(`${seed}`));
    for (const at of [...near, ...anywhere].sort((a, b) => a - b)) {
      const crashed = mismatchesOf(recover(crashAt(lab, instantOf(at)).image).image).length > 0;
      const inWindow = exposed.windows.some(({ fromNs, toNs }) => fromNs <= at && at < toNs);
      if (crashed !== inWindow) {
        found.push(`seed ${seed}, ${at} ns: exposed ${inWindow}, diverged ${crashed}`);
      }
      pairs++;
      if (crashed) diverged++;
    }
    edges += near.length;
  }
  return { pairs, diverged, edges, disagreements: found };
}

/** The windows of a whole run; throws when not all of them were kept. */
function exposureIn({ world, scenario }: Laboratory, seed: string): Exposed {
  world.reset(seeded(seed));
  world.runTo(instantOf(scenario.duration - 1));
  world.finish(instantOf(scenario.duration));
  const exposed = exposureOf(world, scenario.duration);
  if (exposed.windows.length < exposed.windowCount) {
    throw new Error(`${exposed.windowCount} windows, of which ${exposed.windows.length} were kept`);
  }
  return exposed;
}

/** One nanosecond before, at and after the edges of some windows. */
function nearEdges(
  windows: readonly ExposureWindow[],
  duration: number,
  pick: (bound: number) => number,
  count: number,
): number[] {
  if (windows.length === 0) return [];
  return Array.from({ length: count }, () => {
    const { fromNs, toNs } = windows[pick(windows.length)]!;
    return (pick(2) === 0 ? fromNs : toNs) + pick(3) - 1;
  }).filter((at) => at < duration);
}
