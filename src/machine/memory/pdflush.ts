/**
 * pdflush: writes what has been dirty for too long, or what is too much.
 *
 * Follows: mm/page-writeback.c of 2.6.25 `wb_timer_fn`, `wb_kupdate`, `background_writeout`;
 * fs/super.c `sync_supers`; fs/ext2/super.c `ext2_write_super`. What a pass of the old ones leaves
 * of an inode's pages is tried again a tenth of a second later (`requeue_io`, `more_io`,
 * `congestion_wait`).
 * Leaves out: slices of 1024 pages, congestion, more than one thread for each of the two jobs.
 */
import type { PageCache } from './page-cache.js';
import { DONE, WAITS } from './page-writer.js';
import type { SuperBlock } from '../files/super-block.js';
import { STORED, UNLIMITED, type WritebackInodes } from './writeback-inodes.js';
import type { LatencyModel } from '../../media/latency.js';
import type { Agenda, Slot, Task } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import type { Budget } from '../../sim/budget.js';
import type { Door } from '../../sim/door.js';
import { milliseconds, type Duration } from '../../sim/time.js';

/** `wb_timer`: ticks on its grid, and only when there is something to find. */
export class WritebackTimer implements Task {
  readonly #agenda: Agenda;
  readonly #slot: Slot;
  readonly #interval: Duration;
  readonly #wakes: Slot;

  constructor(agenda: Agenda, slot: Slot, interval: Duration, wakes: Slot) {
    this.#agenda = agenda;
    this.#slot = slot;
    this.#interval = interval;
    this.#wakes = wakes;
  }

  /** The next tick will find something. */
  expect(): void {
    if (this.#agenda.isArmed(this.#slot)) return;
    const toTick = this.#interval - (this.#agenda.now % this.#interval);
    this.#agenda.arm(this.#slot, toTick as Duration);
  }

  /** An inode is old enough from now on: a tick at this very instant finds it. */
  expectExpired(): void {
    if (this.#agenda.now % this.#interval === 0) this.#agenda.arm(this.#slot, 0);
    else this.expect();
  }

  /** pdflush, once awake, may wait as long as it likes. */
  get isUnseen(): boolean {
    return true;
  }

  step(): void {
    this.#agenda.wake(this.#wakes);
  }
}

export interface PdflushParts {
  readonly name: string;
  /** Which inodes: those that have expired, or all until few enough pages are dirty. */
  readonly job: 'kupdate' | 'background';
  readonly agenda: Agenda;
  readonly slot: Slot;
  readonly cache: PageCache;
  readonly superBlock: SuperBlock;
  readonly writeback: WritebackInodes;
  readonly preemption: LatencyModel;
  readonly door: Door;
  /** Whether no more than one inode, a file's, is ever dirty. */
  readonly oneIsDirty: boolean;
  /** How often it may go over what is dirty, and find something. */
  readonly passes: Budget;
}

/** Where it stands. */
const SLEEPS = 0;
const WRITES = 1;
const TRIES_AGAIN = 2;

/** `congestion_wait(WRITE, HZ/10)`, which nothing ends early here. */
const NAP = milliseconds(100);

export class Pdflush implements Task {
  readonly #parts: PdflushParts;
  readonly #point: Int32Array;

  constructor(parts: PdflushParts, state: Bank) {
    this.#parts = parts;
    this.#point = state.i32(1);
  }

  /** It sleeps until it is woken. */
  reset(): void {
    this.#parts.agenda.idle(this.#parts.slot);
  }

  /** Who finds nothing sleeps again: what comes later wakes it anew. */
  get isUnseen(): boolean {
    const { writeback, oneIsDirty } = this.#parts;
    if (this.#point[0] === SLEEPS) return oneIsDirty && this.#findsNothing();
    return this.#point[0] === WRITES && writeback.isUnseen;
  }

  step(): void {
    const { agenda, slot } = this.#parts;
    switch (this.#point[0]) {
      case SLEEPS:
        if (agenda.timing === 'free' && this.#findsNothing()) {
          agenda.idle(slot);
          return;
        }
        if (!this.#mayPass()) return;
        this.#syncSupers();
        this.#begin();
        return;
      case TRIES_AGAIN:
        if (this.#mayPass()) this.#begin();
        return;
      case WRITES: // writeback_inodes
        this.#write();
        return;
      default:
        throw new Error(`${this.#parts.name} stands nowhere: ${this.#point[0]}`);
    }
  }

  #findsNothing(): boolean {
    const { job, superBlock, writeback } = this.#parts;
    return !(job === 'kupdate' && superBlock.isDirty) && writeback.findsNothing;
  }

  #mayPass(): boolean {
    const { agenda, slot, passes } = this.#parts;
    if (passes.take()) return true;
    this.#point[0] = SLEEPS;
    agenda.idle(slot);
    return false;
  }

  #syncSupers(): void {
    const { job, superBlock, cache } = this.#parts;
    if (job === 'kupdate' && superBlock.takeDirt()) cache.markBufferDirty(superBlock.block);
  }

  #begin(): void {
    const { writeback, agenda, slot } = this.#parts;
    writeback.start(UNLIMITED);
    this.#point[0] = WRITES;
    agenda.arm(slot, 0);
  }

  #write(): void {
    const { writeback, agenda, slot, preemption, door } = this.#parts;
    const progress = writeback.step();
    // What it would find when it sleeps will wake it anew.
    if (writeback.pagesTellAll && this.#findsNothing()) agenda.forgetWake(slot);
    switch (progress) {
      case WAITS:
        return;
      case DONE:
        this.#endPass();
        return;
      case STORED:
        agenda.arm(slot, preemption.at(door.choose(preemption.bound, 'preempted')));
        return;
      default:
        agenda.arm(slot, 0);
    }
  }

  #endPass(): void {
    const { agenda, slot, writeback, passes } = this.#parts;
    if (!writeback.foundAny) passes.giveBack();
    if (writeback.takeMore()) {
      // Whether it was woken or tries again is all the same where only pages tell.
      this.#point[0] = writeback.pagesTellAll ? SLEEPS : TRIES_AGAIN;
      agenda.arm(slot, NAP);
      return;
    }
    this.#point[0] = SLEEPS;
    agenda.idle(slot);
  }
}
