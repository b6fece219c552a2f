/** Runs by seed, or by the choices that a scenario fixes: what commands ask for. */
import { chancesOf } from './chances.js';
import { crashAt, type Crash } from './crash.js';
import { experiment, experimentToSum, plannedCrash } from './experiment.js';
import { crashInFreeTiming } from './free-timing.js';
import { imagesOf, type DiskImage } from './images.js';
import { Laboratories } from './laboratories.js';
import type { Laboratory } from './laboratory.js';
import type { Difference, Divergence, Outcome } from './outcome.js';
import { RunStopped } from './run-stopped.js';
import { isStop, stoppedAt } from './stopped.js';
import type { Scenario } from '../scenario/scenario.js';
import { afterwards } from '../aftermath/afterwards.js';
import { recoverInterrupted } from '../aftermath/recover.js';
import { ownersOf } from '../ext2/owners.js';
import type { Happening } from '../machine/happening.js';
import type { FixStrategy } from '../machine/strategy.js';
import { regionOf } from '../media/geometry.js';
import type { Entropy } from '../sim/entropy.js';
import { instantOf, type Duration } from '../sim/time.js';

/** A run with everything that it told. */
export interface ToldRun {
  readonly outcome: Outcome;
  readonly happenings: readonly Happening[];
  /** Whose a sector is: `block bitmap of group 0`. */
  nameOf(sector: number): string;
  /** In whose bit of the record a sector stands: a strategy may have regions of its own. */
  regionOf(sector: number): number;
}

/** Which disks: as of the crash or of an instant, as they are or after what follows. */
export interface When {
  readonly at?: Duration;
  readonly after?: 'recovery' | 'aftermath';
}

export class Runner {
  readonly #laboratories = new Laboratories();

  /**
   * One run that stands alone. A limit that it came to is an outcome with the verdict ERROR. Under
   * a strategy of the user's own it is made twice: what the strategy keeps outside its memory shows
   * as a difference.
   */
  run(scenario: Scenario, strategy: FixStrategy, seed: string): Outcome {
    return this.#run(scenario, strategy, seed, alone);
  }

  /** One run among those of other seeds. */
  runAmongSeeds(scenario: Scenario, strategy: FixStrategy, seed: string): Outcome {
    return this.#run(scenario, strategy, seed, amongSeeds);
  }

  /** The same, to be added up: of sectors that differ it is not looked up whose they are. */
  runToSum(scenario: Scenario, strategy: FixStrategy, seed: string): Outcome<Difference> {
    return this.#run(scenario, strategy, seed, experimentToSum);
  }

  /**
   * One run, and all that happened until its crash, or until its end where it has none. In free
   * timing it is told by how many events there had been.
   */
  tell(scenario: Scenario, strategy: FixStrategy, seed: string): ToldRun {
    const outcome = this.run(scenario, strategy, seed);
    const lab = this.#lab(scenario, strategy);
    const { world } = lab;
    const happenings: Happening[] = [];
    const isFree = scenario.timing === 'free';
    const until = instantOf(outcome.crash?.atNs ?? scenario.duration - 1);
    world.trace.listen((told) => {
      happenings.push(isFree ? { ...told, at: instantOf(world.events) } : told);
    });
    try {
      const entropy = chancesOf(scenario, seed).open();
      if (isFree) {
        crashInFreeTiming(lab, entropy);
      } else {
        world.reset(entropy);
        crashAt(lab, until);
      }
    } catch (error) {
      if (!isStop(error)) throw error;
    } finally {
      world.trace.listen(undefined);
    }
    if (outcome.crash !== undefined) {
      happenings.push({
        kind: 'crash',
        at: isFree ? instantOf(world.events) : until,
        actor: 'power',
      });
    }
    const owners = ownersOf(world.memory, lab.layout);
    const { geometry } = world;
    return {
      outcome,
      happenings,
      nameOf: (sector) => owners.ofSector(sector),
      regionOf: (sector) => regionOf(geometry, sector),
    };
  }

  /**
   * The disks of one run as files; none where it did not crash and no instant was named. Throws
   * RunStopped where the run came to no crash.
   */
  images(
    scenario: Scenario,
    strategy: FixStrategy,
    seed: string,
    { at, after }: When,
  ): readonly DiskImage[] {
    const lab = this.#lab(scenario, strategy);
    const crash = crashFor(lab, seed, at);
    if (crash === undefined) return [];
    if (after === undefined) return imagesOf(crash.image.legs, crash.image.record);
    const { image } = recoverInterrupted(crash.image, scenario.recovery.interruptedAt);
    if (after === 'recovery') return imagesOf(image.legs, image.record);
    const { legs, legNumbers } = afterwards(image, scenario.aftermath);
    return imagesOf(legs, image.record, legNumbers);
  }

  #run<Differing extends Difference>(
    scenario: Scenario,
    strategy: FixStrategy,
    seed: string,
    way: Way<Differing>,
  ): Outcome<Differing> {
    const lab = this.#lab(scenario, strategy);
    const outcome = runOnce(lab, seed, way);
    if (strategy.source === undefined) return outcome;
    const difference = differenceOf(outcome, runOnce(lab, seed, way));
    if (difference === undefined) return outcome;
    const reason = `strategy ${strategy.name}: ${difference}`;
    return { ...outcome, verdict: 'NONDETERMINISTIC', reasons: [reason] };
  }

  #lab(scenario: Scenario, strategy: FixStrategy): Laboratory {
    return this.#laboratories.of(scenario, strategy);
  }
}

type Way<Differing extends Difference> = (
  lab: Laboratory,
  open: () => Entropy,
  seed: string | undefined,
) => Outcome<Differing>;

const alone: Way<Divergence> = (lab, open, seed) => experiment(lab, open, 'alone', seed);
const amongSeeds: Way<Divergence> = (lab, open, seed) => experiment(lab, open, 'among-seeds', seed);

function runOnce<Differing extends Difference>(
  lab: Laboratory,
  seed: string,
  way: Way<Differing>,
): Outcome<Differing> {
  const chances = chancesOf(lab.scenario, seed);
  try {
    const outcome = way(lab, () => chances.open(), chances.seed);
    chances.settle();
    return outcome;
  } catch (error) {
    if (!isStop(error)) throw error;
    return { ...stoppedAt(lab, error.message), seed: chances.seed };
  }
}

/** Of two runs of one seed; undefined: there is none. */
function differenceOf(first: Outcome<Difference>, second: Outcome<Difference>): string | undefined {
  if (JSON.stringify(first) === JSON.stringify(second)) return undefined;
  const told = ({ events, fingerprint }: Outcome<Difference>): string =>
    `${events} events, ${fingerprint}`;
  const why = 'it goes by more than its arguments and its memory';
  return `the same seed came out otherwise when it was run again (${told(first)}; ${told(second)}): ${why}`;
}

function crashFor(lab: Laboratory, seed: string, at: Duration | undefined): Crash | undefined {
  const chances = chancesOf(lab.scenario, seed);
  try {
    if (at === undefined) return plannedCrash(lab, () => chances.open());
    lab.world.reset(chances.open());
    return crashAt(lab, instantOf(at));
  } catch (error) {
    if (!isStop(error)) throw error;
    throw new RunStopped(error.message, { cause: error });
  }
}
