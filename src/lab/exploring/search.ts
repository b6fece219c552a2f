/** What the two searches are given, and what both tell. */
import type { World } from '../../machine/world.js';
import type { Choice } from '../../sim/entropy.js';
import type { Instant } from '../../sim/time.js';

export interface SearchOptions {
  readonly world: World;
  /** Makes the same world on the same base, one that learns; undefined: each event happens. */
  readonly twin?: (() => World) | undefined;
  /** After how many states it learns: a short search does not make up for a second world. */
  readonly learnsAfter?: number;
  /** How many pieces of events it learns, done again or not, before it asks whether that pays. */
  readonly patience?: number;
  /** The last instant of the run. */
  readonly until: Instant;
  /** Whether what an application does to itself counts as well. */
  readonly countsAll: boolean;
  /** Events with quiet answers before the search begins. */
  readonly lead: number;
  /** Events of one schedule after which nothing is looked at any more. */
  readonly mostSteps: number;
  readonly watch?: SearchWatcher | undefined;
}

export interface SearchWatcher {
  /** A crash now would end in divergence. */
  diverges(): void;
  /** A state that was not met before. */
  meets?(): void;
  /** Nothing happens any more. */
  ends(): void;
}

/** How many events, and the answers on the way. */
export interface Way {
  readonly steps: number;
  readonly choices: readonly Choice[];
}

/** How many schedules there are, and how many instants at which power may fail in one of them. */
export interface Paths {
  /** Ways from the first state to one after which nothing happens. */
  readonly schedules: number;
  /** Ways from the first state to any. */
  readonly crashPoints: number;
  readonly divergentCrashPoints: number;
}

/** What happened in all events of a search together: only whether it is 0 says something. */
export interface Met {
  readonly storesUnderWrite: number;
  /** How often the record came to cover a region, and ceased to. */
  readonly marks: number;
  readonly clears: number;
}

export function metIn({ memory, prices }: World): Met {
  const { marks, clears } = prices.coverage;
  return { storesUnderWrite: memory.storesUnderWrite + prices.gate.waitsBegun, marks, clears };
}

export function metTogether(one: Met, other: Met): Met {
  return {
    storesUnderWrite: one.storesUnderWrite + other.storesUnderWrite,
    marks: one.marks + other.marks,
    clears: one.clears + other.clears,
  };
}

/** Whose fault an exposure is, as bits. */
export const MIRRORS = 1;
export const APPLICATIONS = 2;

/** The bits that count. */
export function countedFaults(countsAll: boolean): number {
  return countsAll ? MIRRORS | APPLICATIONS : MIRRORS;
}

/**
 * Whether a crash would end in divergence, looked at around each event: what opens and closes again
 * while sectors land counts too.
 */
export class Watch {
  readonly #world: World;
  readonly #counted: number;
  #mirrors = 0;
  #applications = 0;

  constructor({ world, countsAll }: Pick<SearchOptions, 'world' | 'countsAll'>) {
    this.#world = world;
    this.#counted = countedFaults(countsAll);
  }

  before(): void {
    this.#mirrors = this.#world.exposure.windowCount;
    this.#applications = this.#world.byApplication.windowCount;
  }

  /** By whose fault the mirror is exposed. */
  get exposed(): number {
    const { exposure, byApplication } = this.#world;
    return (exposure.exposedNow ? MIRRORS : 0) | (byApplication.exposedNow ? APPLICATIONS : 0);
  }

  /** By whose it came to be so since {@link before}. */
  get opened(): number {
    const { exposure, byApplication } = this.#world;
    return (
      (exposure.windowCount > this.#mirrors ? MIRRORS : 0) |
      (byApplication.windowCount > this.#applications ? APPLICATIONS : 0)
    );
  }

  /** Whether it is exposed, or was since {@link before}, by a fault that counts. */
  get diverges(): boolean {
    return ((this.exposed | this.opened) & this.#counted) !== 0;
  }
}
