/**
 * Requests to the mirror that are under way, as rows of one table: a row is taken, filled, and
 * zeroed when it ends.
 *
 * A request covers consecutive sectors and reads them from memory while it is transferred, or from
 * a private copy that was made when it was submitted.
 *
 * Which row a request has means nothing. Where everything is tried each has a home by what it
 * covers: else the same requests in rows the other way round would be another state.
 */
import type { Bank } from '../sim/arena.js';

/** ext2 has no smaller ones. */
const SMALLEST_BLOCK_SECTORS = 2;

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
  readonly #hasHomes: boolean;
  readonly capacity: number;

  constructor(capacity: number, state: Bank, hasHomes = false) {
    this.capacity = capacity;
    this.#hasHomes = hasHomes;
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

  /**
   * The first free row, from its home on where it has one: which rows are used depends on what is
   * under way, not on what was.
   */
  take(sector: number, sectors: number, purpose: number): number {
    const home = this.#hasHomes ? this.#homeOf(sector) : 1;
    let row = this.#used.indexOf(0, home);
    if (row === -1) row = this.#used.indexOf(0, 1);
    if (row === -1) {
      throw new TooManyRequests(`more than ${this.capacity} requests under way`);
    }
    this.#used[row] = 1;
    this.sector[row] = sector;
    this.sectors[row] = sectors;
    this.purpose[row] = purpose;
    return row;
  }

  /** By the smallest block in which it begins: buffers of one page are written one by one. */
  #homeOf(sector: number): number {
    return 1 + (Math.floor(sector / SMALLEST_BLOCK_SECTORS) % this.capacity);
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
