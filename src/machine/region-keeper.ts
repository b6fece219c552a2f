/**
 * Asks the strategy about regions and does what it answers. The one place in which a strategy is
 * called, and in which its answers are held against its contract.
 */
import type { RegionAges } from './region-ages.js';
import { DIRTY, type RegionHash } from './region-hash.js';
import { StrategyFault, type Cause, type Choose, type FixStrategy } from './strategy.js';
import type { Agenda, Slot } from '../sim/agenda.js';
import type { Bank } from '../sim/arena.js';
import type { Door } from '../sim/door.js';
import { durationOf } from '../sim/time.js';

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

  constructor(parts: RegionKeeperParts, state: Bank) {
    this.strategy = parts.strategy;
    this.#parts = parts;
    this.#memory = state.i32(parts.regions.regions * (parts.strategy.remembers ?? 0));
    this.#choose = (bound, what) => parts.door.choose(bound, what);
    parts.ages.attach((region) => {
      this.#ask('aged', region);
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
    const { strategy, regions, ages, agenda, kmirrord } = this.#parts;
    const then = strategy.region(cause, region, this.#memory, this.#choose);
    if (then === 'hold') return false;
    if (cause === 'written') this.#refuse(then, 'while a write to the region begins');
    if (then === 'sync') {
      if (cause !== 'period') this.#refuse(then, `to '${cause}'`);
      return true;
    }
    if (regions.pending(region) > 0) this.#refuse(then, 'with a write in flight to the region');
    if (then === 'clear') {
      ages.forget(region);
      regions.clearSoon(region);
      agenda.wake(kmirrord);
      return false;
    }
    if (!Number.isSafeInteger(then) || then < 0) this.#refuse(then, `to '${cause}'`);
    ages.wait(region, durationOf(then));
    return false;
  }

  #refuse(then: unknown, when: string): never {
    const { strategy } = this.#parts;
    const said = typeof then === 'string' || typeof then === 'number' ? String(then) : typeof then;
    throw new StrategyFault(strategy, `it answered ${said.slice(0, 40)} ${when}`);
  }
}
