/**
 * The helper thread of a strategy that looks at its regions from time to time: the mail's fourth
 * idea ("periodically, once in few minutes"), md's bitmap daemon.
 *
 * Follows: the mail; linux-raid, April 2008 ("a helper thread"); md's `bitmap_daemon_work`, and the
 * timer of md-llbitmap.
 * Models: a thread that sleeps as long as no region is marked. A sync() that it makes is like any
 * other, over all file systems on the mirror.
 */
import { AT_ONCE, PREEMPTIBLE, RETURNED, WAITING, type Operation } from '../operation.js';
import { NO_REGION } from './region-list.js';
import type { RegionHash } from './region-hash.js';
import type { RegionKeeper } from './region-keeper.js';
import type { LatencyModel } from '../../media/latency.js';
import type { Agenda, Slot, Task } from '../../sim/agenda.js';
import type { Arena } from '../../sim/arena.js';
import type { Budget } from '../../sim/budget.js';
import type { Door } from '../../sim/door.js';
import type { Duration } from '../../sim/time.js';

/** The actor of its writes. */
export const REGION_HELPER = 'region helper';

/** A sync() of all that is above the mirror, an {@link Operation} of its own. */
export interface SyncOfAll extends Operation {
  start(): void;
  /** Whether nobody sees its next step. */
  readonly isUnseen: boolean;
}

export interface RegionHelperParts {
  readonly keeper: RegionKeeper;
  readonly regions: RegionHash;
  readonly agenda: Agenda;
  readonly slot: Slot;
  readonly preemption: LatencyModel;
  readonly door: Door;
}

const SLEEPS = 0;
const SYNCS = 1;

export class RegionHelper implements Task {
  readonly #parts: RegionHelperParts;
  readonly #now: Int32Array;
  readonly #syncs: Int32Array;
  #sync: SyncOfAll | undefined;
  /** How many it may make, with all others. */
  #most: Budget | undefined;

  constructor(parts: RegionHelperParts, { state, meters }: Arena) {
    this.#parts = parts;
    this.#now = state.i32(1);
    this.#syncs = meters.i32(1);
  }

  attach(sync: SyncOfAll, most: Budget): void {
    this.#sync = sync;
    this.#most = most;
  }

  /** How often it has made a sync(). */
  get syncs(): number {
    return this.#syncs[0]!;
  }

  /** A region is marked: there will be something to look at. */
  expect(): void {
    const { agenda, slot } = this.#parts;
    if (this.#now[0] === SLEEPS && !agenda.isArmed(slot)) this.#sleep();
  }

  /** Its sync() passes over what is never dirty. */
  get isUnseen(): boolean {
    return this.#now[0] === SYNCS && this.#sync!.isUnseen;
  }

  step(): void {
    if (this.#now[0] === SLEEPS) this.#look();
    else this.#goOn();
  }

  #sleep(): void {
    const { keeper, agenda, slot } = this.#parts;
    const { period } = keeper.strategy;
    if (period === undefined) return;
    const since = period.from === 'boot' ? agenda.now % period.every : 0;
    agenda.arm(slot, (period.every - since) as Duration);
  }

  #look(): void {
    const { keeper, regions, agenda, slot } = this.#parts;
    let wanted = false;
    for (let region = regions.firstMarked; region !== NO_REGION;) {
      const next = regions.nextMarked(region);
      if (keeper.period(region)) wanted = true;
      region = next;
    }
    if (wanted) {
      if (this.#sync === undefined) throw new Error('no file system is mounted');
      // Behind its bound the thread does not come to it any more.
      if (this.#most?.take() !== true) return;
      this.#sync.start();
      this.#syncs[0]!++;
      this.#now[0] = SYNCS;
      agenda.arm(slot, 0);
    } else if (regions.marked > 0) this.#sleep();
  }

  #goOn(): void {
    const { agenda, slot, preemption, door } = this.#parts;
    const progress = this.#sync!.step();
    switch (progress) {
      case PREEMPTIBLE:
        agenda.arm(slot, preemption.at(door.choose(preemption.bound, 'preempted')));
        return;
      case AT_ONCE:
        agenda.arm(slot, 0);
        return;
      case WAITING:
        return;
      case RETURNED:
        this.#synced();
        return;
      default:
        throw new Error(`sync answered ${progress}`);
    }
  }

  #synced(): void {
    const { keeper, regions } = this.#parts;
    this.#now[0] = SLEEPS;
    for (let region = regions.firstMarked; region !== NO_REGION;) {
      const next = regions.nextMarked(region);
      keeper.synced(region);
      region = next;
    }
    if (regions.marked > 0) this.#sleep();
  }
}
