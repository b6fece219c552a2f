/**
 * Asks the strategy about regions and does what it answers. The one place in which a strategy is
 * called, and in which its answers are held against its contract.
 */
import type { RegionAges } from './region-ages.js';
import { DIRTY, type RegionHash } from './region-hash.js';
import { isError, said, thrown } from '../said.js';
import {
  StrategyFault,
  type Cause,
  type Choose,
  type FixStrategy,
  type Then,
} from '../strategy.js';
import type { Agenda, Slot } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import type { Door } from '../../sim/door.js';
import type { Duration } from '../../sim/time.js';

export interface RegionKeeperParts {
  readonly strategy: FixStrategy;
  readonly regions: RegionHash;
  readonly ages: RegionAges;
  readonly agenda: Agenda;
  /** Woken when there is something to clear. */
  readonly kmirrord: Slot;
  readonly door: Door;
}

export class RegionKeeper {
  readonly strategy: FixStrategy;
  readonly #parts: RegionKeeperParts;
  readonly #memory: Int32Array;
  readonly #choose: Choose;
  /** What chance itself threw, alone in a list: whoever asked is not to blame. */
  #fromDoor: readonly unknown[] = [];

  constructor(parts: RegionKeeperParts, state: Bank) {
    this.strategy = parts.strategy;
    this.#parts = parts;
    this.#memory = state.i32(parts.regions.regions * (parts.strategy.remembers ?? 0));
    this.#choose = Object.freeze((bound: number, what: string) => this.#chosen(bound, what));
    parts.ages.attach((region) => {
      // One that gave way to another since then has nothing left to clear.
      if (parts.regions.state(region) === DIRTY) this.#ask('aged', region);
    });
  }

  /** A region that is out of sync stays marked until it has recovered, whatever a strategy says. */
  written(region: number): void {
    if (this.#parts.regions.state(region) !== DIRTY) return;
    this.#parts.ages.forget(region);
    this.#ask('written', region);
  }

  /** The region gave way to another one: its mark is gone. */
  evicted(region: number): void {
    this.#parts.ages.forget(region);
  }

  /** `changed`: some block there was not the same at the end of its last write as at its start. */
  drained(region: number, changed: boolean): void {
    this.#ask(changed ? 'changed' : 'drained', region);
  }

  /** Whether the strategy wants a sync() on its account. */
  period(region: number): boolean {
    return this.#ask('period', region);
  }

  synced(region: number): void {
    this.#ask('synced', region);
  }

  /** True: the answer was `sync`. */
  #ask(cause: Cause, region: number): boolean {
    const { regions, ages, agenda, kmirrord } = this.#parts;
    const then = this.#answer(cause, region);
    if (then === 'hold') return false;
    const isOne = then === 'clear' || then === 'sync' || isDuration(then);
    if (!isOne) this.#refuse(then, `to '${cause}'`);
    if (cause === 'written') this.#refuse(then, 'while a write to the region begins');
    if (then === 'sync') {
      if (cause !== 'period') this.#refuse(then, `to '${cause}'`);
      return true;
    }
    if (regions.pending(region) > 0) this.#refuse(then, 'with a write in flight to the region');
    if (then === 'clear') {
      ages.forget(region);
      regions.clearSoon(region);
      // mirror_end_io wakes kmirrord in any case.
      if (cause !== 'drained' && cause !== 'changed') agenda.wake(kmirrord);
      return false;
    }
    ages.wait(region, then);
    return false;
  }

  #answer(cause: Cause, region: number): Then {
    const { strategy } = this.#parts;
    try {
      return strategy.region(cause, region, this.#memory, this.#choose);
    } catch (error) {
      const isTold = isError(error) && error instanceof StrategyFault;
      if (isTold || this.#fromDoor.includes(error)) throw error;
      throw new StrategyFault(strategy, `it threw ${thrown(error)} when told '${cause}'`);
    }
  }

  #chosen(bound: number, what: string): number {
    const { strategy, door } = this.#parts;
    if (!Number.isSafeInteger(bound) || bound < 1 || typeof what !== 'string') {
      throw new StrategyFault(
        strategy,
        `it asked choose(${said(bound)}, ${said(what)}), which takes a whole number and a text`,
      );
    }
    try {
      return door.choose(bound, what);
    } catch (error) {
      this.#fromDoor = [error];
      throw error;
    }
  }

  #refuse(then: unknown, when: string): never {
    throw new StrategyFault(this.#parts.strategy, `it answered ${said(then)} ${when}`);
  }
}

/** No run lasts longer, and any instant of a run plus that is an exact number. */
const LONGEST = 2 ** 52;

/** Whole nanoseconds that an age or a period may have. */
export function isDuration(value: unknown): value is Duration {
  return Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= LONGEST;
}
