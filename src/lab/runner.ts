/**
 * Runs by seed: what commands ask for. Keeps the world of the last scenario and strategy, since
 * making one is dear.
 */
import { costsOf } from './costs.js';
import { crashAt, experiment, plannedCrash, type Crash } from './experiment.js';
import { tooShortFor, verdictAmongSeeds } from './expectation.js';
import { imagesOf, type DiskImage } from './images.js';
import { laboratory, type Laboratory } from './laboratory.js';
import type { Outcome } from './outcome.js';
import type { Scenario } from '../scenario/scenario.js';
import { afterwards } from '../aftermath/afterwards.js';
import { recoverInterrupted } from '../aftermath/recover.js';
import { ownersOf } from '../ext2/owners.js';
import type { Happening } from '../machine/happening.js';
import { NotModelled } from '../machine/operation.js';
import type { FixStrategy } from '../machine/strategy.js';
import { TooManyCopies } from '../machine/private-copies.js';
import { TooManyEvents } from '../machine/world.js';
import { TooManyRequests } from '../media/requests.js';
import { seeded } from '../sim/seeded.js';
import { instantOf, type Duration } from '../sim/time.js';

/** A run with everything that it told. */
export interface ToldRun {
  readonly outcome: Outcome;
  readonly happenings: readonly Happening[];
  /** Whose a sector is: `block bitmap of group 0`. */
  nameOf(sector: number): string;
}

/** Which disks: as of the crash or of an instant, as they are or after what follows. */
export interface When {
  readonly at?: Duration;
  readonly after?: 'recovery' | 'aftermath';
}

export class Runner {
  #last: Laboratory | undefined;

  /** One run that stands alone. A limit that it came to is an outcome with the verdict ERROR. */
  run(scenario: Scenario, strategy: FixStrategy, seed: string): Outcome {
    const lab = this.#lab(scenario, strategy);
    try {
      return { ...experiment(lab, () => seeded(seed)), seed };
    } catch (error) {
      if (!isLimit(error)) throw error;
      return { ...stopped(lab, error.message), seed };
    }
  }

  /** One run among those of other seeds. */
  runAmongSeeds(scenario: Scenario, strategy: FixStrategy, seed: string): Outcome {
    const outcome = this.run(scenario, strategy, seed);
    if (outcome.verdict === 'ERROR') return outcome;
    const tooShort = tooShortFor(this.#lab(scenario, strategy).strategy, scenario);
    const expected = scenario.expect[strategy.name];
    return { ...outcome, ...verdictAmongSeeds(expected, { ...outcome, tooShort }) };
  }

  /** One run, and all that happened until its crash, or until its end where it has none. */
  tell(scenario: Scenario, strategy: FixStrategy, seed: string): ToldRun {
    const outcome = this.run(scenario, strategy, seed);
    const lab = this.#lab(scenario, strategy);
    const { world } = lab;
    const happenings: Happening[] = [];
    const until = instantOf(outcome.crash?.atNs ?? scenario.duration - 1);
    world.trace.listen((happening) => happenings.push(happening));
    try {
      world.reset(seeded(seed));
      crashAt(lab, until);
    } catch (error) {
      if (!isLimit(error)) throw error;
    } finally {
      world.trace.listen(undefined);
    }
    if (outcome.crash !== undefined) {
      happenings.push({ kind: 'crash', at: until, actor: 'power' });
    }
    const owners = ownersOf(world.memory, lab.layout);
    return { outcome, happenings, nameOf: (sector) => owners.ofSector(sector) };
  }

  /** The disks of one run as files; none where it did not crash and no instant was named. */
  images(
    scenario: Scenario,
    strategy: FixStrategy,
    seed: string,
    { at, after }: When,
  ): readonly DiskImage[] {
    const lab = this.#lab(scenario, strategy);
    const crash = at === undefined ? plannedCrash(lab, () => seeded(seed)) : crashed(lab, seed, at);
    if (crash === undefined) return [];
    if (after === undefined) return imagesOf(crash.image.legs, crash.image.record);
    const { image } = recoverInterrupted(crash.image, scenario.recovery.interruptedAt);
    if (after === 'recovery') return imagesOf(image.legs, image.record);
    const { legs, legNumbers } = afterwards(image, scenario.aftermath);
    return imagesOf(legs, image.record, legNumbers);
  }

  #lab(scenario: Scenario, strategy: FixStrategy): Laboratory {
    if (this.#last?.scenario !== scenario || this.#last.strategy !== strategy) {
      this.#last = laboratory(scenario, strategy);
    }
    return this.#last;
  }
}

function crashed(lab: Laboratory, seed: string, at: Duration): Crash {
  lab.world.reset(seeded(seed));
  return crashAt(lab, instantOf(at));
}

function isLimit(error: unknown): error is Error {
  return (
    error instanceof TooManyEvents ||
    error instanceof TooManyRequests ||
    error instanceof TooManyCopies ||
    error instanceof NotModelled
  );
}

function stopped(lab: Laboratory, reason: string): Outcome {
  const { scenario, strategy, world } = lab;
  return {
    scenario: scenario.name,
    strategy: strategy.name,
    seed: undefined,
    verdict: 'ERROR',
    reasons: [reason],
    outcome: 'clean',
    events: world.events,
    simulatedNs: world.now,
    raceHits: world.raceHits,
    storesUnderWrite: world.storesUnderWrite,
    exposure: {
      ...{ fraction: 0, windows: [], windowCount: 0 },
      byApplication: { fraction: 0, windowCount: 0 },
    },
    costs: costsOf(lab),
    crash: undefined,
    recovery: undefined,
    aftermath: [],
    divergence: [],
    harm: [],
    fingerprint: world.fingerprint,
  };
}
