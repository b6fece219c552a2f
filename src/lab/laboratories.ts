/**
 * The last laboratory that was asked for, kept: to make a world is dearer than to run it. The next
 * strategy of the same scenario starts on the same disks.
 */
import { laboratory, type Laboratory } from './laboratory.js';
import type { Scenario } from '../scenario/scenario.js';
import type { FixStrategy } from '../machine/strategy.js';

export class Laboratories {
  #last: Laboratory | undefined;
  /** As it was asked for: the laboratory has it as the scenario tunes it. */
  #strategy: FixStrategy | undefined;

  of(scenario: Scenario, strategy: FixStrategy): Laboratory {
    const last = this.#last?.scenario === scenario ? this.#last : undefined;
    if (last !== undefined && this.#strategy === strategy) return last;
    this.#strategy = strategy;
    this.#last = laboratory(scenario, strategy, undefined, last?.base);
    return this.#last;
  }
}
