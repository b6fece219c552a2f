/**
 * Requests to the mirror that are under way, as rows of one table: a row is taken, filled, and
 * zeroed when it ends.
 *
 * A request covers consecutive sectors and reads them from memory while it is transferred, or from
 * a private copy that was made when it was submitted.
 */
import type { Bank } from '../sim/arena.js';

/** No request: rows are numbered from 1. */
export const NO_REQUEST = 0;

/** More requests were under way than the table has rows: a limit of the run, not a bug. */
export class TooManyRequests extends Error {
  override readonly name = 'TooManyRequests';
}

export class Requests {
  readonly sector: Int32Array;
  readonly sectors: Int32Array;
  /** Legs on which it has not completed. */
  readonly pendingLegs: Int32Array;
  /** Bit l: leg l has completed it. */
  readonly doneLegs: Int32Array;
  /** Whose it is: see the part that submits. */
  readonly purpose: Uint8Array;
  /** For whom: the inode of pages. */
  readonly owner: Int32Array;
  /** Start of the private copy plus 1; 0: the legs read live memory. */
  readonly copy: Int32Array;
  /**
   * Links the lists in which a request waits; a request waits in one list of the mirror at a time.
   */
  readonly next: Int32Array;
  readonly #used: Uint8Array;
  readonly capacity: number;

  constructor(capacity: number, state: Bank) {
    this.capacity = capacity;
    const rows = capacity + 1;
    this.sector = state.i32(rows);
    this.sectors = state.i32(rows);
    this.pendingLegs = state.i32(rows);
    this.doneLegs = state.i32(rows);
    this.purpose = state.u8(rows);
    this.owner = state.i32(rows);
    this.copy = state.i32(rows);
    this.next = state.i32(rows);
    this.#used = state.u8(rows);
  }

  /** The lowest free row: which rows are used depends on what is under way, not on what was. */
  take(sector: number, sectors: number, purpose: number): number {
    const row = this.#used.indexOf(0, 1);
    if (row === -1) {
      throw new TooManyRequests(`more than ${this.capacity} requests under way`);
    }
    this.#used[row] = 1;
    this.sector[row] = sector;
    this.sectors[row] = sectors;
    this.purpose[row] = purpose;
    return row;
  }

  release(row: number): void {
    if (this.#used[row] !== 1) throw new Error(`request ${row} is not under way`);
    this.#used[row] = 0;
    this.sector[row] = 0;
    this.sectors[row] = 0;
    this.pendingLegs[row] = 0;
    this.doneLegs[row] = 0;
    this.purpose[row] = 0;
    this.owner[row] = 0;
    this.copy[row] = 0;
    this.next[row] = 0;
  }
}
