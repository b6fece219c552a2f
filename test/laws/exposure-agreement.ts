/** The two ways to know whether a crash would have diverged, held against each other. */
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { recover } from '../../src/aftermath/recover.js';
import { crashAt } from '../../src/lab/experiment.js';
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { ExposureWindow } from '../../src/lab/outcome.js';
import type { Exposure } from '../../src/machine/exposure.js';
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
  /** Those of them in which some sector was the application's responsibility. */
  readonly divergedByApplication: number;
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
  let divergedByApplication = 0;
  let edges = 0;
  const compare = (
    whose: string,
    crashed: boolean,
    windows: readonly ExposureWindow[],
    at: number,
  ): void => {
    const inWindow = windows.some(({ fromNs, toNs }) => fromNs <= at && at < toNs);
    if (crashed === inWindow) return;
    found.push(`${at} ns: ${whose} exposed ${inWindow}, diverged ${crashed}`);
  };
  for (let seed = 1; seed <= seeds; seed++) {
    const [exposed, byApplication] = exposureIn(lab, `${seed}`);
    const edged = seed % 2 === 0 && byApplication.length > 0 ? byApplication : exposed;
    const near = nearEdges(edged, scenario.duration, pick, instants / 2);
    const anywhere = Array.from({ length: instants / 2 }, () => pick(scenario.duration));
    lab.world.reset(seeded(`${seed}`));
    for (const at of [...near, ...anywhere].sort((a, b) => a - b)) {
      const crash = crashAt(lab, instantOf(at));
      const mismatches = mismatchesOf(recover(crash.image).image);
      const theirs = new Set(crash.applicationsSectors);
      const ours = mismatches.filter((sector) => !theirs.has(sector));
      compare('the mirror', ours.length > 0, exposed, at);
      compare('the application', mismatches.length > ours.length, byApplication, at);
      pairs++;
      if (mismatches.length > 0) diverged++;
      if (mismatches.length > ours.length) divergedByApplication++;
    }
    edges += near.length;
  }
  return { pairs, diverged, divergedByApplication, edges, disagreements: found };
}

/** The windows of a whole run, the mirror's and the application's. */
function exposureIn(
  { world, scenario }: Laboratory,
  seed: string,
): [readonly ExposureWindow[], readonly ExposureWindow[]] {
  world.reset(seeded(seed));
  world.runTo(instantOf(scenario.duration - 1));
  world.finish(instantOf(scenario.duration));
  return [windowsOf(world.exposure), windowsOf(world.byApplication)];
}

/** Throws when not all of them were kept. */
function windowsOf(exposure: Exposure): ExposureWindow[] {
  return Array.from({ length: exposure.windowCount }, (_, n) => exposure.window(n));
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
