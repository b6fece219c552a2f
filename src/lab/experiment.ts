/**
 * One run, whole: it boots, races, crashes, recovers and is judged.
 *
 * A run is a pure function of scenario, strategy and choices. `open` gives the same choices each
 * time it is called: an instant that is found by looking back is crashed by running a second time.
 */
import { crashAt, type Crash } from './crash.js';
import { expectedIn, verdictAmongSeeds, verdictOf } from './expectation.js';
import { factsOf, type Facts } from './facts.js';
import { crashInFreeTiming, NO_TIME } from './free-timing.js';
import type { Laboratory } from './laboratory.js';
import type { CrashSummary, Difference, Outcome, RecoverySummary } from './outcome.js';
import { countsAll, outcomeNameOf } from './summary.js';
import { divergenceIn } from '../aftermath/divergence.js';
import { judge, type Judgement } from '../aftermath/judge.js';
import { recoverInterrupted, recoveryTime } from '../aftermath/recover.js';
import type { Exposure } from '../machine/mirror/exposure.js';
import type { CrashImage } from '../media/crash-image.js';
import { readingOf } from '../media/record.js';
import { instantOf, type Instant } from '../sim/time.js';
import type { Entropy } from '../sim/entropy.js';

export function experiment(
  lab: Laboratory,
  open: () => Entropy,
  company: Company = 'alone',
  seed?: string,
): Outcome {
  const { facts, after } = made(lab, open, company);
  const divergence = after ? divergenceIn(after.image, after.judgement.divergence) : [];
  return outcomeOf(lab, facts, after, divergence, company, seed);
}

/** The same among seeds, to be added up: nobody will ask whose the sectors are that differ. */
export function experimentToSum(
  lab: Laboratory,
  open: () => Entropy,
  seed?: string,
): Outcome<Difference> {
  const { facts, after } = made(lab, open, 'among-seeds');
  const divergence = after?.judgement.divergence ?? [];
  return outcomeOf(lab, facts, after, divergence, 'among-seeds', seed);
}

/** What happened, and what became of the crash where there was one. */
interface Made {
  readonly facts: Facts;
  readonly after: Aftermath | undefined;
}

function made(lab: Laboratory, open: () => Entropy, company: Company): Made {
  const crashOnTheWay = runToEnd(lab, open);
  // Before the world runs a second time.
  const facts = factsOf(lab);
  const playsAll = company === 'alone' || isSampled(lab);
  const crash = crashOnTheWay ?? crashAtFirstExposed(lab, open);
  return { facts, after: crash && aftermathOf(lab, crash, playsAll) };
}

/**
 * A run alone shows all that was asked for, and must show what was expected. Among runs of other
 * seeds it is enough that some show it; there the steps after the crash are played where a leg
 * differs, and in one run of a hundred of those in which nothing can come of them.
 */
export type Company = 'alone' | 'among-seeds';

/**
 * The crash that the scenario plans, in a run of its own; undefined: it plans none, or nothing was
 * ever exposed.
 */
export function plannedCrash(lab: Laboratory, open: () => Entropy): Crash | undefined {
  return runToEnd(lab, open) ?? crashAtFirstExposed(lab, open);
}

/** One of a hundred, by what happened: the same one each time it is run. */
function isSampled({ world }: Laboratory): boolean {
  return world.shortFingerprint % 100 === 0;
}

/**
 * Runs to the scenario's duration; a crash at an instant known beforehand is observed on the way
 * and disturbs nothing. In free timing the run ends with its crash.
 */
function runToEnd(lab: Laboratory, open: () => Entropy): Crash | undefined {
  const { world, scenario } = lab;
  const entropy = open();
  if (scenario.timing === 'free') {
    const crash = crashInFreeTiming(lab, entropy);
    world.finish(NO_TIME);
    return crash;
  }
  const at = plannedInstant(lab, entropy);
  world.reset(entropy);
  const crash = at === undefined ? undefined : crashAt(lab, at);
  world.runTo(endOf(lab));
  world.finish(instantOf(scenario.duration));
  return crash;
}

function crashAtFirstExposed(lab: Laboratory, open: () => Entropy): Crash | undefined {
  const { world, scenario, strategy } = lab;
  if (scenario.crash.kind !== 'first-exposed') return undefined;
  const all = countsAll(scenario.expect[strategy.name]);
  const at = Math.min(firstOf(world.exposure), all ? firstOf(world.byApplication) : Infinity);
  if (at === Infinity) return undefined;
  world.reset(open());
  return crashAt(lab, instantOf(at));
}

function firstOf(exposure: Exposure): number {
  return exposure.windowCount === 0 ? Infinity : exposure.window(0).fromNs;
}

/** What became of a crash. */
interface Aftermath {
  readonly crash: CrashSummary;
  readonly recovery: RecoverySummary;
  readonly judgement: Judgement;
  /** The disks after the recovery. */
  readonly image: CrashImage;
}

function aftermathOf({ scenario, pace }: Laboratory, crash: Crash, playsAll: boolean): Aftermath {
  const reading = readingOf(crash.image.record);
  const { interruptedAt } = scenario.recovery;
  const recovered = recoverInterrupted(crash.image, interruptedAt, reading);
  const { promises, applicationsSectors } = crash;
  const { image, resyncedRegions, resyncBytes } = recovered;
  return {
    crash: { atNs: crash.image.at, markedRegions: reading.regions.length },
    recovery: {
      resyncedRegions,
      resyncBytes,
      durationNs: recoveryTime(crash.image, pace, reading),
    },
    judgement: judge(image, promises, scenario.aftermath, applicationsSectors, playsAll),
    image,
  };
}

function plannedInstant({ scenario }: Laboratory, entropy: Entropy): Instant | undefined {
  switch (scenario.crash.kind) {
    case 'at':
      return scenario.crash.at;
    case 'random':
      return instantOf(entropy.stream('crash').choose(scenario.duration, 'crash at'));
    case 'first-exposed':
    case 'none':
      return undefined;
  }
}

/** The run is over [0, duration): an event that is due at its end belongs to no run. */
function endOf({ scenario }: Laboratory): Instant {
  return instantOf(scenario.duration - 1);
}

function outcomeOf<Differing extends Difference>(
  { scenario, strategy, tooShort }: Laboratory,
  facts: Facts,
  after: Aftermath | undefined,
  divergence: readonly Differing[],
  company: Company,
  seed: string | undefined,
): Outcome<Differing> {
  const { harm, aftermath } = after?.judgement ?? NO_CRASH;
  const { exposure, storesUnderWrite } = facts;
  const expected = expectedIn(scenario.timing, scenario.expect[strategy.name]);
  const outcome = outcomeNameOf(exposure, divergence, harm, countsAll(expected));
  const happened = { outcome, storesUnderWrite, exposure, harm, tooShort };
  const judged = company === 'alone' ? verdictOf : verdictAmongSeeds;
  const { verdict, reasons } = judged(expected, happened);
  const { crash, recovery } = after ?? NO_CRASH;
  const { events, timing, simulatedNs, raceHits, costs, fingerprint } = facts;
  // Field by field, and no literal spread into another: that is copied name by name in each run.
  return {
    scenario: scenario.name,
    strategy: strategy.name,
    strategySource: strategy.source,
    seed,
    verdict,
    reasons,
    outcome,
    events,
    timing,
    simulatedNs,
    raceHits,
    storesUnderWrite,
    exposure,
    costs,
    crash,
    recovery,
    aftermath,
    divergence,
    harm,
    fingerprint,
  };
}

const NO_CRASH = {
  crash: undefined,
  recovery: undefined,
  harm: [],
  aftermath: [],
} as const;
