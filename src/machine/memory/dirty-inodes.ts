/**
 * Which inodes are dirty, since when, and which of them have been so for too long.
 *
 * Follows: fs/fs-writeback.c of 2.6.25, `__mark_inode_dirty`, `redirty_tail`, `queue_io`: an inode
 * ages from the moment at which it first became dirty, whatever is dirtied in it later. Age is an
 * event, not a comparison: it sets a flag. One list a super block: the files', and the block
 * device's with its single inode.
 */
import type { Agenda, Slot, Task } from '../../sim/agenda.js';
import type { Arena } from '../../sim/arena.js';
import type { Duration } from '../../sim/time.js';

/** The inode of the block device: all metadata buffers are pages of it. Files follow from 1. */
export const BLOCK_DEVICE = 0;

export const DIRTY_PAGES = 1;
/** I_DIRTY_SYNC and I_DIRTY_DATASYNC: the inode in memory differs from its buffer. */
export const DIRTY_INODE = 2;
const SYNCING = 4;
const LISTED = 8;
const EXPIRED = 16;

/**
 * One `s_dirty` list, oldest first; its task is the expiry of the oldest inode that has not
 * expired.
 */
export class DirtyList implements Task {
  readonly #inodes: DirtyInodes;
  readonly #agenda: Agenda;
  readonly #slot: Slot;
  readonly #members: Int32Array;
  readonly #count: Int32Array;

  constructor(inodes: DirtyInodes, most: number, agenda: Agenda, slot: Slot, arena: Arena) {
    this.#inodes = inodes;
    this.#agenda = agenda;
    this.#slot = slot;
    this.#members = arena.state.i32(most);
    this.#count = arena.state.i32(1);
  }

  get length(): number {
    return this.#count[0]!;
  }

  /** How many inodes at the head have expired. */
  get expired(): number {
    let n = 0;
    while (n < this.length && this.#inodes.isExpired(this.#members[n]!)) n++;
    return n;
  }

  /** The oldest dirty inode. */
  get oldest(): number {
    return this.#members[0]!;
  }

  /** The one that became dirty last. */
  get newest(): number {
    return this.#members[this.length - 1]!;
  }

  /**
   * Where only one inode is ever dirty, the pass of pdflush that its age makes room for may come as
   * late as any.
   */
  get isUnseen(): boolean {
    return this.#inodes.oneIsDirty;
  }

  append(inode: number): void {
    this.#members[this.#count[0]!++] = inode;
    this.watchOldest();
  }

  /** One that has expired: who expires next is who did before. */
  prepend(inode: number): void {
    this.#members.copyWithin(1, 0, this.length);
    this.#members[0] = inode;
    this.#count[0]!++;
  }

  remove(inode: number): void {
    const members = this.#members;
    const at = members.indexOf(inode);
    if (at < 0 || at >= this.length) throw new Error(`inode slot ${inode} is on no list`);
    this.#count[0]!--;
    members.copyWithin(at, at + 1, this.length + 1);
    members[this.length] = 0;
    this.watchOldest();
  }

  /** Arms the expiry of the oldest inode that has not expired. */
  watchOldest(): void {
    const n = this.expired;
    if (n === this.length) this.#agenda.disarm(this.#slot);
    else this.#agenda.arm(this.#slot, this.#inodes.untilExpiry(this.#members[n]!));
  }

  step(): void {
    this.#inodes.expire(this.#members[this.expired]!);
    this.watchOldest();
  }
}

export class DirtyInodes {
  readonly #flags: Uint8Array;
  readonly #dirtiedAt: Float64Array;
  readonly #agenda: Agenda;
  readonly #expireAfter: Duration;
  readonly #jiffy: Duration;
  readonly #onExpiry: () => void;
  /** Whether no more than one inode is ever dirty. */
  readonly oneIsDirty: boolean;
  /**
   * Whether, in addition, nobody can tell a dirty inode from one with dirty pages: without time,
   * and without fsync().
   */
  readonly pagesTellAll: boolean;
  readonly files: DirtyList;
  readonly device: DirtyList;

  /**
   * `jiffy`: the step of the kernel's clock, in which ages are counted. `onExpiry`: an inode has
   * become old enough for pdflush.
   */
  constructor(
    inodes: number,
    agenda: Agenda,
    slots: { readonly files: Slot; readonly device: Slot },
    expireAfter: Duration,
    jiffy: Duration,
    onExpiry: () => void,
    arena: Arena,
    { oneIsDirty, pagesTellAll }: Pick<DirtyInodes, 'oneIsDirty' | 'pagesTellAll'>,
  ) {
    this.oneIsDirty = oneIsDirty;
    this.pagesTellAll = pagesTellAll;
    this.#flags = arena.state.u8(inodes);
    this.#dirtiedAt = arena.clock.f64(inodes);
    this.#agenda = agenda;
    this.#expireAfter = expireAfter;
    this.#jiffy = jiffy;
    this.#onExpiry = onExpiry;
    this.files = new DirtyList(this, inodes, agenda, slots.files, arena);
    this.device = new DirtyList(this, 1, agenda, slots.device, arena);
  }

  /** `__mark_inode_dirty`. */
  mark(inode: number, what: number): void {
    const flags = this.#flags[inode]!;
    if ((flags & what) === what) return;
    if (this.pagesTellAll && (flags & SYNCING) !== 0) return; // its pages will tell
    this.#flags[inode] = flags | what;
    if ((flags & (SYNCING | LISTED)) === 0) this.#list(inode, true);
  }

  isDirty(inode: number, what: number): boolean {
    return (this.#flags[inode]! & what) !== 0;
  }

  isSyncing(inode: number): boolean {
    return (this.#flags[inode]! & SYNCING) !== 0;
  }

  isListed(inode: number): boolean {
    return (this.#flags[inode]! & LISTED) !== 0;
  }

  isExpired(inode: number): boolean {
    return (this.#flags[inode]! & EXPIRED) !== 0;
  }

  /**
   * `__sync_single_inode` begins: the inode counts as clean, whatever is dirtied from here on
   * counts anew. To one that was clean only sync() comes: it is as old as when it was held.
   */
  beginSync(inode: number): void {
    const flags = this.#flags[inode]!;
    if ((flags & SYNCING) !== 0) throw new Error(`inode slot ${inode} is synced by two`);
    if ((flags & LISTED) !== 0) this.#listOf(inode).remove(inode);
    else if (this.#dirtiedAt[inode] === 0) this.#dirtiedAt[inode] = this.#jiffies();
    this.#flags[inode] = SYNCING;
  }

  /**
   * It ends: an inode that is dirty again goes to the tail of its list, and is as old as it was
   * only if nobody there is younger (`redirty_tail`). `isHeld`: sync() will come to it again, and
   * it has its age from now on (WB_SYNC_HOLD).
   */
  endSync(inode: number, pagesLeft: boolean, isHeld = false): void {
    const flags = (this.#flags[inode]! & ~SYNCING) | (pagesLeft ? DIRTY_PAGES : 0);
    this.#flags[inode] = flags;
    if ((flags & (DIRTY_PAGES | DIRTY_INODE)) === 0) {
      this.#dirtiedAt[inode] = isHeld ? this.#jiffies() : 0;
      return;
    }
    const list = this.#listOf(inode);
    const hasYounger = list.length > 0 && this.#dirtiedAt[list.newest]! > this.#dirtiedAt[inode]!;
    this.#list(inode, isHeld || hasYounger);
  }

  /** `requeue_io`: it ends with pages left over that are as old as they were; they come first. */
  endSyncRequeued(inode: number): void {
    this.#flags[inode] = DIRTY_PAGES | LISTED | EXPIRED;
    this.#listOf(inode).prepend(inode);
  }

  /** The inode is gone: deleted. */
  forget(inode: number): void {
    if (this.isListed(inode)) this.#listOf(inode).remove(inode);
    this.#flags[inode] = this.#flags[inode]! & SYNCING;
    this.#dirtiedAt[inode] = 0;
  }

  untilExpiry(inode: number): Duration {
    const left = this.#dirtiedAt[inode]! + this.#expireAfter - this.#agenda.now;
    return Math.max(0, left) as Duration;
  }

  expire(inode: number): void {
    this.#flags[inode] = this.#flags[inode]! | EXPIRED;
    this.#onExpiry();
  }

  #list(inode: number, fromNow: boolean): void {
    this.#flags[inode] = this.#flags[inode]! | LISTED;
    if (fromNow) this.#dirtiedAt[inode] = this.#jiffies();
    this.#listOf(inode).append(inode);
  }

  /** `jiffies`. */
  #jiffies(): number {
    return this.#agenda.now - (this.#agenda.now % this.#jiffy);
  }

  #listOf(inode: number): DirtyList {
    return inode === BLOCK_DEVICE ? this.device : this.files;
  }
}
