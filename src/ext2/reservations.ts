/**
 * Reservation windows: runs of blocks in which only one file allocates, and what a file remembers
 * of its last block.
 *
 * Follows: balloc.c `alloc_new_reservation`, `find_next_reservable_window`,
 * `try_to_extend_reservation`, `ext2_init_block_alloc_info`, `ext2_discard_reservation`.
 * Models: one record a file in an array that the host owns, saves and rewinds; a linear search in
 * place of the red-black tree, with the same neighbours (the tree's head is a window [0, 0]).
 * Leaves out: the ioctl that sets a window's size, the lock (nobody is preempted inside one call).
 */
import type { Sectors } from '../media/sectors.js';
import { nextZeroBit } from './bitmap.js';
import type { Layout } from './layout.js';

/** Int32s a file slot takes in the host's array. All zero: no file is open there. */
export const WINDOW_INTS = 6;
/** EXT2_DEFAULT_RESERVE_BLOCKS */
const FIRST_WINDOW = 8;
/** EXT2_MAX_RESERVE_BLOCKS */
export const LARGEST_WINDOW = 1027;

const START = 0;
const END = 1;
const HITS = 2;
const GOAL_SIZE = 3;
const LAST_LOGICAL = 4;
const LAST_PHYSICAL = 5;

/** The window [0, 0] that stands at the head of the kernel's tree. */
const HEAD = -1;

export class Reservations {
  readonly #state: Int32Array;
  readonly #slots: number;

  /** Works in `state`, WINDOW_INTS for each slot, and keeps nothing beside it. */
  constructor(state: Int32Array) {
    this.#state = state;
    this.#slots = Math.floor(state.length / WINDOW_INTS);
  }

  get slots(): number {
    return this.#slots;
  }

  /** A file gets its record when it first needs a block (`ext2_init_block_alloc_info`). */
  open(slot: number): void {
    this.close(slot);
    this.#state[slot * WINDOW_INTS + GOAL_SIZE] = FIRST_WINDOW;
  }

  isOpen(slot: number): boolean {
    return this.goalSize(slot) > 0;
  }

  /**
   * The window goes, its size and the last block stay (`ext2_discard_reservation`, at the last
   * close).
   */
  discard(slot: number): void {
    const at = slot * WINDOW_INTS;
    this.#state[at + START] = 0;
    this.#state[at + END] = 0;
    this.#state[at + HITS] = 0;
  }

  /** The whole record goes (`ext2_clear_inode`). */
  close(slot: number): void {
    this.#state.fill(0, slot * WINDOW_INTS, (slot + 1) * WINDOW_INTS);
  }

  start(slot: number): number {
    return slot === HEAD ? 0 : this.#state[slot * WINDOW_INTS + START]!;
  }

  /** The window's last block; 0: there is no window. */
  end(slot: number): number {
    return slot === HEAD ? 0 : this.#state[slot * WINDOW_INTS + END]!;
  }

  goalSize(slot: number): number {
    return this.#state[slot * WINDOW_INTS + GOAL_SIZE]!;
  }

  isEmpty(slot: number): boolean {
    return this.end(slot) === 0;
  }

  /** Blocks of the window that were allocated. */
  hit(slot: number, blocks: number): void {
    this.#state[slot * WINDOW_INTS + HITS]! += blocks;
  }

  wish(slot: number, size: number): void {
    if (this.goalSize(slot) < size) this.#state[slot * WINDOW_INTS + GOAL_SIZE] = size;
  }

  lastLogical(slot: number): number {
    return this.#state[slot * WINDOW_INTS + LAST_LOGICAL]!;
  }

  lastPhysical(slot: number): number {
    return this.#state[slot * WINDOW_INTS + LAST_PHYSICAL]!;
  }

  /**
   * What `ext2_splice_branch` remembers: the last logical block that was allocated, and where it
   * went.
   */
  remember(slot: number, logical: number, physical: number): void {
    this.#state[slot * WINDOW_INTS + LAST_LOGICAL] = logical;
    this.#state[slot * WINDOW_INTS + LAST_PHYSICAL] = physical;
  }

  /**
   * Makes a new window in the group, at or after the goal (a bit; -1: from the group's first
   * block), with at least one free block in it. False: the group has no room for one; the slot then
   * has no window, unless the old one reaches into the next group.
   */
  renew(disk: Sectors, layout: Layout, slot: number, goal: number, group: number): boolean {
    const first = layout.firstBlockOf(group);
    const last = first + layout.blocksPerGroup - 1;
    let from = goal < 0 ? first : first + goal;
    const at = slot * WINDOW_INTS;
    if (!this.isEmpty(slot)) {
      const start = this.start(slot);
      const end = this.end(slot);
      if (start <= last && end > last && from >= start) return false;
      if (this.#state[at + HITS]! > (end - start + 1) >> 1) {
        this.#state[at + GOAL_SIZE] = Math.min(this.goalSize(slot) * 2, LARGEST_WINDOW);
      }
    }
    const bitmap = layout.sectorOfBlock(layout.blockBitmapOf(group));
    let before = this.#windowAtOrBefore(from);
    for (;;) {
      if (!this.#place(slot, before, from, last)) return this.#gone(slot);
      const bit = nextZeroBit(disk, bitmap, this.start(slot) - first, layout.blocksPerGroup);
      if (bit >= layout.blocksPerGroup) return this.#gone(slot);
      from = bit + first;
      if (from >= this.start(slot) && from <= this.end(slot)) return true;
      before = slot;
    }
  }

  /** Makes the window longer by up to `blocks`, as far as the next file's window. */
  extend(slot: number, blocks: number): void {
    const next = this.#windowAfter(slot);
    const end = this.end(slot);
    const room = next === HEAD ? blocks : Math.min(blocks, this.start(next) - end - 1);
    this.#state[slot * WINDOW_INTS + END] = end + room;
  }

  #gone(slot: number): false {
    this.discard(slot);
    return false;
  }

  /**
   * `find_next_reservable_window`: books the first gap of the wished size after window `before`.
   */
  #place(slot: number, before: number, from: number, last: number): boolean {
    const size = this.goalSize(slot);
    let at = from;
    let window = before;
    for (;;) {
      if (at <= this.end(window)) at = this.end(window) + 1;
      if (at > last) return false;
      const next = this.#windowAfter(window);
      if (next === HEAD || at + size <= this.start(next)) break;
      window = next;
    }
    this.#state[slot * WINDOW_INTS + START] = at;
    this.#state[slot * WINDOW_INTS + END] = at + size - 1;
    this.#state[slot * WINDOW_INTS + HITS] = 0;
    return true;
  }

  #windowAtOrBefore(block: number): number {
    let found = HEAD;
    for (let slot = 0; slot < this.#slots; slot++) {
      if (this.isEmpty(slot) || this.start(slot) > block) continue;
      if (found === HEAD || this.start(slot) > this.start(found)) found = slot;
    }
    return found;
  }

  /** The next window in order of blocks; HEAD: there is none. */
  #windowAfter(window: number): number {
    const start = this.start(window);
    let found = HEAD;
    for (let slot = 0; slot < this.#slots; slot++) {
      if (slot === window || this.isEmpty(slot) || this.start(slot) <= start) continue;
      if (found === HEAD || this.start(slot) < this.start(found)) found = slot;
    }
    return found;
  }
}
