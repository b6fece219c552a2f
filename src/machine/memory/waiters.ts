/**
 * Threads that wait for I/O, and what for. A thread waits for one thing at a time and asks again
 * when it goes on.
 */
import type { Agenda, Slot } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';

/** `wait_on_buffer`, `wait_on_page_writeback`: a block is no longer under write. */
export const FOR_BLOCK = 1;
/** `filemap_fdatawait`: no page of an inode is under write. */
export const FOR_PAGES = 2;
/** `inode_wait_for_writeback`: nobody syncs an inode. */
export const FOR_SYNC = 3;
/** `dio_await_completion`: no O_DIRECT write of an inode is under way. */
export const FOR_DIRECT = 4;

export class Waiters {
  readonly #agenda: Agenda;
  /** By slot: what it waits for, of which kind; 0: nothing. */
  readonly #kind: Uint8Array;
  readonly #awaited: Int32Array;
  readonly #count: Int32Array;

  constructor(slots: number, agenda: Agenda, state: Bank) {
    this.#agenda = agenda;
    this.#kind = state.u8(slots);
    this.#awaited = state.i32(slots);
    this.#count = state.i32(1);
  }

  wait(slot: Slot, kind: number, awaited: number): void {
    if (this.#kind[slot] !== 0) throw new Error(`slot ${slot} waits already`);
    this.#kind[slot] = kind;
    this.#awaited[slot] = awaited;
    this.#count[0]!++;
  }

  /** Those who wait for one of [from, end) go on, in slot order of what is due. */
  wake(kind: number, from: number, end = from + 1): void {
    if (this.#count[0] === 0) return;
    for (let slot = 0; slot < this.#kind.length; slot++) {
      const awaited = this.#awaited[slot]!;
      if (this.#kind[slot] !== kind || awaited < from || awaited >= end) continue;
      this.#kind[slot] = 0;
      this.#awaited[slot] = 0;
      this.#count[0]!--;
      this.#agenda.arm(slot, 0);
    }
  }
}
