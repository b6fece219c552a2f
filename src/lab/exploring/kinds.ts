/**
 * What comes of a crash, and whose fault it is: what comes first in a search must not hide the
 * rest.
 *
 * A kind is a block that diverges, told without its number, or harm that a reader suffers: as the
 * failures of runs are told apart. It is asked of each image that a crash can leave, once, and the
 * answer is that of the real recovery, of the scenario's steps afterwards and of the judge.
 * Leaves out: harm that is a broken promise. What was promised is no part of a state.
 */
import { APPLICATIONS, MIRRORS } from './search.js';
import { Visited } from './visited.js';
import { kindOfBlock } from '../failure.js';
import { divergenceIn } from '../../aftermath/divergence.js';
import { judge } from '../../aftermath/judge.js';
import { recoverInterrupted } from '../../aftermath/recover.js';
import type { HarmKind } from '../../aftermath/steps.js';
import type { World } from '../../machine/world.js';
import type { Scenario } from '../../scenario/scenario.js';
import { StateHash } from '../../sim/state-hash.js';

export interface Kind {
  readonly whose: 'mirror' | 'application';
  /** Neither: what opens while an event goes on and has closed when it is over. */
  readonly block: string | undefined;
  readonly harm: HarmKind | undefined;
}

/** A world, as far as a crash of it is concerned. */
type Crashing = Pick<World, 'hashDurable' | 'crash' | 'applicationsSectors'>;

export class Kinds {
  readonly #world: Crashing;
  readonly #scenario: Pick<Scenario, 'recovery' | 'aftermath'>;
  readonly #images = new Visited();
  readonly #met = new Set<string>();
  readonly #hash = new StateHash();

  constructor(world: Crashing, scenario: Pick<Scenario, 'recovery' | 'aftermath'>) {
    this.#world = world;
    this.#scenario = scenario;
  }

  /**
   * Those kinds that no crash before had. `exposed`: by whose fault the mirror is; `passed`: by
   * whose it was while an event went on.
   */
  fresh(exposed: number, passed: number): readonly Kind[] {
    const kinds: Kind[] = [];
    if ((passed & MIRRORS) !== 0) kinds.push(inPassing('mirror'));
    if ((passed & APPLICATIONS) !== 0) kinds.push(inPassing('application'));
    if (exposed !== 0) kinds.push(...this.#inImage());
    return kinds.filter(({ whose, block = '', harm = '' }) => {
      const known = this.#met.size;
      return this.#met.add(`${whose}, ${harm}, ${block}`).size > known;
    });
  }

  /** None where the same image was judged before. */
  #inImage(): Kind[] {
    const world = this.#world;
    const hash = this.#hash;
    hash.set(0, 0);
    world.hashDurable(hash);
    const known = this.#images.count;
    if (this.#images.add(hash.low, hash.high) < known) return [];
    const { recovery, aftermath } = this.#scenario;
    const { image } = recoverInterrupted(world.crash(), recovery.interruptedAt);
    const { divergence, harm } = judge(image, [], aftermath, world.applicationsSectors());
    return [
      ...divergenceIn(image, divergence).map(({ belongsTo, byApplication }): Kind => {
        return { whose: whose(byApplication), block: kindOfBlock(belongsTo), harm: undefined };
      }),
      ...harm.map(({ kind, byApplication }): Kind => {
        return { whose: whose(byApplication), block: undefined, harm: kind };
      }),
    ];
  }
}

function inPassing(fault: Kind['whose']): Kind {
  return { whose: fault, block: undefined, harm: undefined };
}

function whose(byApplication: boolean): Kind['whose'] {
  return byApplication ? 'application' : 'mirror';
}
