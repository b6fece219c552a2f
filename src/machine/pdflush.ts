/**
 * pdflush: writes what has been dirty for too long, or what is too much.
 *
 * Follows: mm/page-writeback.c of 2.6.25 `wb_timer_fn`, `wb_kupdate`, `background_writeout`;
 * fs/fs-writeback.c `writeback_inodes`, `sync_sb_inodes`, `__sync_single_inode`; fs/super.c
 * `sync_supers`; fs/ext2/super.c `ext2_write_super`.
 * Models: super blocks from the newest to the oldest, so files come before the block device that
 * holds their inodes.
 * What a pass of the old ones leaves of an inode's pages is tried again a tenth of a second later
 * (`requeue_io`, `more_io`, `congestion_wait`).
 * Leaves out: slices of 1024 pages, congestion, more than one thread for each of the two jobs.
 */
import {
  BLOCK_DEVICE,
  DIRTY_INODE,
  DIRTY_PAGES,
  type DirtyInodes,
  type DirtyList,
} from './dirty-inodes.js';
import type { Inodes } from './inodes.js';
import type { PageCache } from './page-cache.js';
import { DONE, WAITS, type PageWriter } from './page-writer.js';
import type { StoreGate } from './store-gate.js';
import type { SuperBlock } from './super-block.js';
import type { LatencyModel } from '../media/latency.js';
import type { Agenda, Slot, Task } from '../sim/agenda.js';
import type { Bank } from '../sim/arena.js';
import type { Door } from '../sim/door.js';
import { milliseconds, type Duration } from '../sim/time.js';
import { clearLocals } from '../sim/locals.js';

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

  step(): void {
    this.#agenda.wake(this.#wakes);
  }
}

export interface PdflushOptions {
  readonly name: string;
  /** Which inodes: those that have expired, or all until few enough pages are dirty. */
  readonly job: 'kupdate' | 'background';
  readonly backgroundPages: number;
  readonly agenda: Agenda;
  readonly slot: Slot;
  readonly cache: PageCache;
  readonly dirty: DirtyInodes;
  readonly inodes: Inodes;
  readonly gate: StoreGate;
  readonly superBlock: SuperBlock;
  readonly writer: PageWriter;
  readonly preemption: LatencyModel;
  readonly door: Door;
}

/** Where it stands. */
const SLEEPS = 0;
const INODE = 1;
const PAGES = 2;
const INODE_STORED = 3;
const TRIES_AGAIN = 4;
const STORES_INODE = 5;

/** Its locals. */
const POINT = 0;
const ON_DEVICE = 1;
const LEFT = 2;
const CURRENT = 3;
const STORE_INODE = 4;
const BUFFER = 5;
/** `more_io`: pages were left. */
const MORE_IO = 6;

/** `congestion_wait(WRITE, HZ/10)`, which nothing ends early here. */
const NAP = milliseconds(100);

export class Pdflush implements Task {
  readonly #options: PdflushOptions;
  readonly #now: Int32Array;

  constructor(options: PdflushOptions, state: Bank) {
    this.#options = options;
    this.#now = state.i32(7);
  }

  /** It sleeps until it is woken. */
  reset(): void {
    this.#options.agenda.idle(this.#options.slot);
  }

  step(): void {
    switch (this.#now[POINT]) {
      case SLEEPS:
        this.#wakeUp();
        return;
      case TRIES_AGAIN:
        this.#startList(0);
        this.#goOn(INODE);
        return;
      case INODE: // sync_sb_inodes
        this.#nextInode();
        return;
      case PAGES: // do_writepages
        this.#writePage();
        return;
      case STORES_INODE: // write_inode
        this.#storeInode();
        return;
      case INODE_STORED: // ext2_update_inode: the buffer is changed and not yet dirty
        this.#options.cache.markBufferDirty(this.#now[BUFFER]!);
        this.#now[BUFFER] = 0;
        this.#endInode();
        return;
      default:
        throw new Error(`${this.#options.name} stands nowhere: ${this.#now[POINT]}`);
    }
  }

  #wakeUp(): void {
    const { job, superBlock, cache } = this.#options;
    if (job === 'kupdate' && superBlock.takeDirt()) cache.markBufferDirty(superBlock.block);
    this.#startList(0);
    this.#goOn(INODE);
  }

  #startList(onDevice: number): void {
    const list = this.#list(onDevice);
    this.#now[ON_DEVICE] = onDevice;
    this.#now[LEFT] = this.#options.job === 'kupdate' ? list.expired : list.length;
  }

  #nextInode(): void {
    if (this.#hasEnough() || (this.#now[ON_DEVICE] === 1 && this.#now[LEFT] === 0)) {
      this.#endPass();
      return;
    }
    if (this.#now[LEFT] === 0) {
      this.#startList(1);
      this.#goOn(INODE);
      return;
    }
    const { job, dirty, writer } = this.#options;
    const list = this.#list(this.#now[ON_DEVICE]!);
    this.#now[LEFT]!--;
    const gone = list.length === 0 || (job === 'kupdate' && !dirty.isExpired(list.oldest));
    if (gone) {
      this.#now[LEFT] = 0;
      this.#goOn(INODE);
      return;
    }
    const inode = list.oldest;
    this.#now[CURRENT] = inode;
    this.#now[STORE_INODE] = dirty.isDirty(inode, DIRTY_INODE) ? 1 : 0;
    dirty.beginSync(inode);
    writer.start(inode);
    this.#goOn(PAGES);
  }

  #endPass(): void {
    const { agenda, slot } = this.#options;
    const more = this.#now[MORE_IO] === 1;
    clearLocals(this.#now);
    if (!more) {
      agenda.idle(slot);
      return;
    }
    this.#now[POINT] = TRIES_AGAIN;
    agenda.arm(slot, NAP);
  }

  #hasEnough(): boolean {
    const { job, cache, backgroundPages } = this.#options;
    return job === 'background' && cache.dirtyPages <= backgroundPages;
  }

  #writePage(): void {
    const { writer } = this.#options;
    const progress = writer.step();
    if (progress === WAITS) return;
    if (progress !== DONE) this.#goOn(PAGES);
    else if (this.#now[STORE_INODE] === 0) this.#endInode();
    else {
      this.#now[POINT] = STORES_INODE;
      this.#storeInode();
    }
  }

  #storeInode(): void {
    const { inodes, gate, agenda, slot, preemption, door, name } = this.#options;
    const inode = this.#now[CURRENT]!;
    if (!gate.admits(slot, inodes.tableBlock(inode))) return;
    this.#now[BUFFER] = inodes.update(inode, name);
    this.#now[POINT] = INODE_STORED;
    agenda.arm(slot, preemption.at(door.choose(preemption.bound, 'preempted')));
  }

  #endInode(): void {
    const { dirty, cache } = this.#options;
    const inode = this.#now[CURRENT]!;
    const { job } = this.#options;
    const pagesLeft = cache.dirtyPagesOf(inode) > 0;
    if (job === 'kupdate' && pagesLeft && !dirty.isDirty(inode, DIRTY_PAGES | DIRTY_INODE)) {
      dirty.endSyncRequeued(inode);
      this.#now[MORE_IO] = 1;
    } else dirty.endSync(inode, pagesLeft);
    cache.syncEnded(inode);
    this.#now[CURRENT] = BLOCK_DEVICE;
    this.#now[STORE_INODE] = 0;
    this.#goOn(INODE);
  }

  #goOn(point: number): void {
    this.#now[POINT] = point;
    this.#options.agenda.arm(this.#options.slot, 0);
  }

  #list(onDevice: number): DirtyList {
    const { dirty } = this.#options;
    return onDevice === 1 ? dirty.device : dirty.files;
  }
}
