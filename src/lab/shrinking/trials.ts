/**
 * Tries cases: runs each, and keeps what fails in the same way as what is shrunk.
 *
 * In free timing a removal is searched for anything that fails within as many events.
 *
 * The answers of another scenario fit only in part, for one call less moves the numbers of all
 * later questions. So a scenario is tried with quiet answers, with those at hand as far as they
 * fit, and with those of a few seeds. Whatever was tried with, the case that is kept has the
 * answers that its run gave.
 *
 * Under a strategy of a user's own each run is made twice, as elsewhere; all is over when the two
 * differ.
 *
 * A loop without its pause has less in it and goes on for millions of events: what has ten times
 * the events of the failure is no smaller, and is given up there.
 */
import { conditionsIn } from '../conditions.js';
import { firstDifferingField } from '../differing-field.js';
import { experiment } from '../experiment.js';
import { searchStates } from '../exploring/reduced.js';
import { failsAs } from '../failure.js';
import { NO_TIME } from '../free-timing.js';
import { laboratory, type Laboratory } from '../laboratory.js';
import type { Outcome } from '../outcome.js';
import { isStop } from '../stopped.js';
import { countsAll } from '../summary.js';
import type { FixStrategy } from '../../machine/strategy.js';
import type { FailureClass } from '../../scenario/failure-class.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { Choice, Entropy } from '../../sim/entropy.js';
import { TooManyAnswers } from '../../sim/every-schedule.js';
import { hinted } from '../../sim/hinted.js';
import { recorded, scheduleOf, type RecordedEntropy } from '../../sim/recording.js';
import { seeded } from '../../sim/seeded.js';

/** States of one search: beyond them it is given up. */
const MOST_SEARCHED = 200_000;
/** A run that has so many times the events of the failure is given up. */
const MOST_GROWN = 10;

/**
 * Asked before each try and while a search goes on; true: it goes no further. `events`: how many
 * all runs so far had, a state of a search counting as one.
 */
export type Stop = (events: number) => boolean;

/** A scenario, and all the answers other than 0 of a run of it. */
export interface Case {
  readonly scenario: Scenario;
  readonly choices: readonly Choice[];
  readonly outcome: Outcome;
}

/** A run, or why it stopped. */
interface Made {
  readonly outcome: Outcome | undefined;
  readonly choices: readonly Choice[];
  readonly why: string | undefined;
}

export class Trials {
  readonly #strategy: FixStrategy;
  readonly #failure: FailureClass;
  #lab: Laboratory | undefined;
  readonly #stop: Stop;
  readonly #mostEvents: number;
  #runs = 0;
  #events = 0;
  #isCut = false;
  #repeats = true;

  /** `events`: of the run whose failure it is. */
  constructor(strategy: FixStrategy, failure: FailureClass, events: number, stop: Stop) {
    this.#stop = stop;
    this.#strategy = strategy;
    this.#failure = failure;
    this.#mostEvents = MOST_GROWN * events;
  }

  get runs(): number {
    return this.#runs;
  }

  isOver(): boolean {
    return !this.#repeats || this.#stop(this.#events);
  }

  /** Whether some search was given up before it had gone through all. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** A scenario with less than a case has: with quiet answers, with its, with those of seeds. */
  less(scenario: Scenario, { choices: hints, outcome }: Case, seeds: number): Case | undefined {
    const quiet = this.answers(scenario, []);
    if (quiet !== undefined || hints.length === 0) return quiet;
    const same = this.answers(scenario, hints);
    if (same !== undefined) return same;
    if (scenario.timing === 'free') {
      return seeds === 0 ? undefined : this.#searched(scenario, outcome.events);
    }
    for (let seed = 0; seed < seeds; seed++) {
      const found = this.#with(scenario, () => seeded(`${seed}`));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The same scenario with these answers. */
  answers(scenario: Scenario, choices: readonly Choice[]): Case | undefined {
    return this.#with(scenario, () => hinted(choices));
  }

  /** Whether each run came out twice the same, and this case does so after all that was tried. */
  repeat({ scenario, choices, outcome }: Case): boolean {
    const again = this.#repeats ? this.answers(scenario, choices) : undefined;
    return again !== undefined && firstDifferingField(outcome, again.outcome) === undefined;
  }

  /** By the fewest events that lead to a divergence, if there are no more than that. */
  #searched(scenario: Scenario, mostSteps: number): Case | undefined {
    const { world } = this.#laboratory(scenario);
    this.#runs++;
    try {
      const { end, shortest, states } = searchStates({
        world,
        until: NO_TIME,
        lead: 0,
        mostSteps,
        mostStates: MOST_SEARCHED,
        countsAll: countsAll(scenario.expect[this.#strategy.name]),
        untilFirst: true,
        stop: () => this.isOver(),
      });
      this.#events += states;
      this.#isCut ||= end === 'too-many-states' || end === 'stopped';
      return shortest && this.answers(scenario, scheduleOf(shortest.choices));
    } catch (error) {
      if (!isStop(error) && !(error instanceof TooManyAnswers)) throw error;
      this.#isCut = true;
      return undefined;
    }
  }

  #with(scenario: Scenario, open: () => Entropy): Case | undefined {
    const lab = this.#laboratory(scenario);
    this.#runs++;
    const made = this.#made(lab, open);
    if (this.#strategy.source !== undefined && this.#repeats) {
      this.#repeats = firstDifferingField(made, this.#made(lab, open)) === undefined;
    }
    const { outcome, choices } = made;
    const all = countsAll(scenario.expect[this.#strategy.name]);
    if (outcome === undefined || !failsAs(this.#failure, outcome, all)) return undefined;
    return { scenario, choices, outcome };
  }

  #made(lab: Laboratory, open: () => Entropy): Made {
    let first: RecordedEntropy | undefined;
    try {
      const outcome = experiment(lab, () => {
        const source = open();
        if (first !== undefined) return source;
        first = recorded(source);
        return first;
      });
      return { outcome, choices: scheduleOf(first?.choices ?? []), why: undefined };
    } catch (error) {
      if (!isStop(error)) throw error;
      return { outcome: undefined, choices: [], why: error.message };
    } finally {
      this.#events += lab.world.events;
    }
  }

  /** A world for each scenario, on the disks of the last one where they are the same. */
  #laboratory(scenario: Scenario): Laboratory {
    const last = this.#lab;
    if (last?.scenario === scenario) return last;
    const base = last !== undefined && sameDisks(last.scenario, scenario) ? last.base : undefined;
    const conditions = { ...conditionsIn(scenario), mostEvents: this.#mostEvents };
    this.#lab = laboratory(scenario, this.#strategy, conditions, base);
    return this.#lab;
  }
}

/** Whatever makes the disks before a run; the paths of the workload have a template each. */
function sameDisks(a: Scenario, b: Scenario): boolean {
  return JSON.stringify(disksOf(a)) === JSON.stringify(disksOf(b));
}

function disksOf({ filesystem, files, mirror, workload }: Scenario): unknown {
  const paths = JSON.stringify(workload).match(/"path":"[^"]*"/g) ?? [];
  return [filesystem, files, mirror.initially, mirror.legs.length, [...new Set(paths)]];
}
