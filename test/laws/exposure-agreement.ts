/** The two ways to know whether a crash would have diverged, held against each other. */
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { recover } from '../../src/aftermath/recover.js';
import { crashAt } from '../../src/lab/crash.js';
import { experiment } from '../../src/lab/experiment.js';
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { ExposureWindow } from '../../src/lab/outcome.js';
import type { Exposure } from '../../src/machine/mirror/exposure.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import { dice } from '../support/dice.js';

export interface Agreement {
  /** Pairs of seed and instant. */
  readonly pairs: number;
  /**
   * Those of them that lie in a window, and that are the first or last instant of one or beside it.
   */
  readonly inside: number;
  readonly edges: number;
  /** Crashes that ended in divergence. */
  readonly diverged: number;
  /** Those of them in which some sector was the application's responsibility. */
  readonly divergedByApplication: number;
  readonly disagreements: readonly string[];
}

type Windows = readonly ExposureWindow[];

/** The share of time that is exposed against the windows, of which none overlap. */
export function wrongShare(scenario: Scenario, strategy: FixStrategy, seed: string): string[] {
  const { exposure } = experiment(laboratory(scenario, strategy), () => seeded(seed));
  const exposedNs = exposure.windows.reduce((sum, { fromNs, toNs }) => sum + toNs - fromNs, 0);
  if (Math.abs(exposure.fraction - exposedNs / scenario.duration) < 1e-9) return [];
  return [`a share of ${exposure.fraction}, and ${exposedNs} ns in windows`];
}

/** `seeds`: each is run twice, once for its windows and once for all its crashes. */
export function disagreements(
  scenario: Scenario,
  strategy: FixStrategy,
  seeds: readonly string[],
  instants: number,
): Agreement {
  const lab = laboratory(scenario, strategy);
  const found: string[] = [];
  const sum = { pairs: 0, inside: 0, edges: 0, diverged: 0, divergedByApplication: 0 };
  for (const seed of seeds) {
    const [ours, theirs] = exposureIn(lab, seed);
    const picked = instantsFor([...ours, ...theirs], scenario.duration, instants, seed);
    lab.world.reset(seeded(seed));
    for (const at of picked) {
      const crash = crashAt(lab, instantOf(at));
      const mismatches = mismatchesOf(recover(crash.image).image);
      const applications = new Set(crash.applicationsSectors);
      const byMirror = mismatches.some((sector) => !applications.has(sector));
      const byApplication = mismatches.some((sector) => applications.has(sector));
      for (const [whose, windows, diverged] of [
        ['the mirror', ours, byMirror],
        ['the application', theirs, byApplication],
      ] as const) {
        if (isWithin(windows, at) === diverged) continue;
        found.push(`seed ${seed}, ${at} ns: ${whose} diverged ${diverged}, its windows say no`);
      }
      sum.pairs++;
      sum.inside += +(isWithin(ours, at) || isWithin(theirs, at));
      sum.edges += +[...ours, ...theirs].some((window) => isAtEdge(window, at));
      sum.diverged += +(mismatches.length > 0);
      sum.divergedByApplication += +byApplication;
    }
  }
  return { ...sum, disagreements: found };
}

function isWithin(windows: Windows, at: number): boolean {
  return windows.some(({ fromNs, toNs }) => fromNs <= at && at < toNs);
}

function isAtEdge({ fromNs, toNs }: ExposureWindow, at: number): boolean {
  return [fromNs - 1, fromNs, toNs - 1, toNs].includes(at);
}

/** The windows of a whole run, the mirror's and the application's. */
function exposureIn({ world, scenario }: Laboratory, seed: string): [Windows, Windows] {
  world.reset(seeded(seed));
  world.runTo(instantOf(scenario.duration - 1));
  world.finish(instantOf(scenario.duration));
  return [windowsOf(world.exposure), windowsOf(world.byApplication)];
}

/** Throws when not all of them were kept. */
function windowsOf(exposure: Exposure): ExposureWindow[] {
  return Array.from({ length: exposure.windowCount }, (_, n) => exposure.window(n));
}

/**
 * So many anywhere; of a run that was exposed thrice as many at edges of windows and within them.
 */
function instantsFor(windows: Windows, duration: number, count: number, seed: string): number[] {
  const pick = dice(seed);
  const instants = Array.from({ length: count }, () => pick(duration));
  for (let n = 0; windows.length > 0 && n < 3 * count; n++) {
    const { fromNs, toNs } = windows[pick(windows.length)]!;
    instants.push(
      n % 2 === 0 ? [fromNs - 1, fromNs, toNs - 1, toNs][pick(4)]! : fromNs + pick(toNs - fromNs),
    );
  }
  return instants.filter((at) => at >= 0 && at < duration).sort((a, b) => a - b);
}
