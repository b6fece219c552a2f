/**
 * One run, whole: it boots, races, crashes, recovers and is judged.
 *
 * A run is a pure function of scenario, strategy and choices. `open` gives the same choices each
 * time it is called: an instant that is found by looking back is crashed by running a second time.
 */
import { tooShortFor, verdictOf } from './expectation.js';
import { factsOf, type Facts } from './facts.js';
import type { Laboratory } from './laboratory.js';
import type { Outcome } from './outcome.js';
import { countsAll, outcomeNameOf } from './summary.js';
import { judge, type Judgement } from '../aftermath/judge.js';
import { recoverInterrupted, recoveryTime, type Recovered } from '../aftermath/recover.js';
import type { FsyncPromise } from '../ext2/promise.js';
import type { Exposure } from '../machine/exposure.js';
import type { CrashImage } from '../media/crash-image.js';
import { toResync } from '../media/record.js';
import { instantOf, type Instant } from '../sim/time.js';
import type { Entropy } from '../sim/entropy.js';

export function experiment(lab: Laboratory, open: () => Entropy): Outcome {
  const planned = runToEnd(lab, open);
  const facts = factsOf(lab);
  const crash = planned ?? crashAtFirstExposed(lab, open);
  const { interruptedAt } = lab.scenario.recovery;
  const recovered = crash && recoverInterrupted(crash.image, interruptedAt);
  const judgement = crash && recovered && judgementOn(lab, crash, recovered);
  return outcomeOf(lab, facts, crash, recovered, judgement);
}

/**
 * What a crash leaves: the disks, what applications had been promised, and the sectors in which it
 * is their own fault if legs differ.
 */
export interface Crash {
  readonly image: CrashImage;
  readonly promises: readonly FsyncPromise[];
  readonly applicationsSectors: readonly number[];
}

/**
 * Runs to the scenario's duration; a crash at an instant known beforehand is observed on the way
 * and disturbs nothing.
 */
function runToEnd(lab: Laboratory, open: () => Entropy): Crash | undefined {
  const { world, scenario } = lab;
  const entropy = open();
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

function judgementOn({ scenario }: Laboratory, crash: Crash, { image }: Recovered): Judgement {
  return judge(image, crash.promises, scenario.aftermath, crash.applicationsSectors);
}

/** Runs to that instant and copies what is durable. */
export function crashAt({ world }: Laboratory, at: Instant): Crash {
  world.runTo(at);
  return {
    image: world.crash(),
    promises: world.promised(),
    applicationsSectors: world.applicationsSectors(),
  };
}

/**
 * The crash that the scenario plans, in a run of its own; undefined: it plans none, or nothing was
 * ever exposed.
 */
export function plannedCrash(lab: Laboratory, open: () => Entropy): Crash | undefined {
  return runToEnd(lab, open) ?? crashAtFirstExposed(lab, open);
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

function outcomeOf(
  { scenario, strategy, pace }: Laboratory,
  facts: Facts,
  crash: Crash | undefined,
  recovered: Recovered | undefined,
  judgement: Judgement | undefined,
): Outcome {
  const divergence = judgement?.divergence ?? [];
  const harm = judgement?.harm ?? [];
  const all = countsAll(scenario.expect[strategy.name]);
  const outcome = outcomeNameOf(facts.exposure, divergence, harm, all);
  const judged = { ...facts, outcome, divergence, harm };
  const tooShort = tooShortFor(strategy, scenario);
  return {
    ...judged,
    ...verdictOf(scenario.expect[strategy.name], { ...judged, tooShort }),
    aftermath: judgement?.aftermath ?? [],
    crash: crash && {
      atNs: crash.image.at,
      markedRegions: toResync(crash.image.record).length,
    },
    recovery: crash &&
      recovered && {
        resyncedRegions: recovered.resyncedRegions,
        resyncBytes: recovered.resyncBytes,
        durationNs: recoveryTime(crash.image, pace),
      },
  };
}
