/**
 * Private copies of what a write is about, so that all legs read the same.
 *
 * Follows: drivers/md/raid1.c `alloc_behind_pages` (one copy when the write is submitted, which
 * all legs read); Bill Davidsen, linux-raid, April 2008 (a copy-on-write bit: the page is copied
 * when a store is about to change it in flight).
 * Models: room in whole pages, side by side. A copy that a store makes holds the write whole; what
 * is counted is the pages that were stored to. A page of a mapping that became writable while it
 * waited to be submitted is copied at its first store, not at its submission: the same bytes.
 * Leaves out: memory that fails to be had; a run that needs more than there is has run away.
 */
import { SECTORS_PER_PAGE, SECTOR_BYTES } from '../../media/geometry.js';
import type { Requests } from '../../media/requests.js';
import type { Arena } from '../../sim/arena.js';

/** More was copied at once than there is room for: a limit of the run, not a bug. */
export class TooManyCopies extends Error {
  override readonly name = 'TooManyCopies';
}

export interface PrivateCopiesParts {
  readonly requests: Requests;
  /** Values of memory, by sector. */
  readonly memory: Int32Array;
  readonly sectorsPerBlock: number;
  /** Where copies stand, from sector `from` on; before it others have theirs. */
  readonly copies: Int32Array;
  readonly from: number;
}

export class PrivateCopies {
  readonly #parts: PrivateCopiesParts;
  /** By page of room. */
  readonly #used: Uint8Array;
  /** By block: it was stored to while in flight, and copied. */
  readonly #copied: Uint8Array;
  readonly #bytes: Float64Array;

  constructor(parts: PrivateCopiesParts, { state, meters }: Arena) {
    this.#parts = parts;
    this.#used = state.u8(Math.floor((parts.copies.length - parts.from) / SECTORS_PER_PAGE));
    this.#copied = state.u8(Math.ceil(parts.memory.length / parts.sectorsPerBlock));
    this.#bytes = meters.f64(1);
  }

  get copiedBytes(): number {
    return this.#bytes[0]!;
  }

  /** When a write is submitted. */
  copy(request: number): void {
    this.#take(request);
    this.#bytes[0]! += this.#parts.requests.sectors[request]! * SECTOR_BYTES;
  }

  /** A store is about to change a sector that the write is about. */
  beforeStore(request: number, sector: number): void {
    const { requests, sectorsPerBlock } = this.#parts;
    if (this.#copied[Math.floor(sector / sectorsPerBlock)] === 1) return;
    if (requests.copy[request] === 0) this.#take(request);
    const first = requests.sector[request]!;
    const page = sector - ((sector - first) % SECTORS_PER_PAGE);
    const end = Math.min(page + SECTORS_PER_PAGE, first + requests.sectors[request]!);
    this.#copied.fill(1, Math.floor(page / sectorsPerBlock), Math.ceil(end / sectorsPerBlock));
    this.#bytes[0]! += (end - page) * SECTOR_BYTES;
  }

  /** The write is on all legs: its copy is gone. */
  release(request: number): void {
    const { requests, copies, sectorsPerBlock, from } = this.#parts;
    const at = requests.copy[request]! - 1;
    if (at < from) return;
    const pages = Math.ceil(requests.sectors[request]! / SECTORS_PER_PAGE);
    const page = (at - from) / SECTORS_PER_PAGE;
    copies.fill(0, at, at + pages * SECTORS_PER_PAGE);
    this.#used.fill(0, page, page + pages);
    const first = requests.sector[request]!;
    const end = first + requests.sectors[request]!;
    this.#copied.fill(0, Math.floor(first / sectorsPerBlock), Math.ceil(end / sectorsPerBlock));
    requests.copy[request] = 0;
  }

  /**
   * The lowest room that is large enough: which, depends on what is in flight and not on what was.
   */
  #take(request: number): void {
    const { requests, memory, copies, from } = this.#parts;
    const sectors = requests.sectors[request]!;
    const pages = Math.ceil(sectors / SECTORS_PER_PAGE);
    const page = this.#roomFor(pages);
    this.#used.fill(1, page, page + pages);
    const at = from + page * SECTORS_PER_PAGE;
    const first = requests.sector[request]!;
    for (let k = 0; k < sectors; k++) copies[at + k] = memory[first + k]!;
    requests.copy[request] = at + 1;
  }

  #roomFor(pages: number): number {
    const used = this.#used;
    let page = used.indexOf(0);
    while (page !== -1 && page + pages <= used.length) {
      const taken = used.subarray(page, page + pages).indexOf(1);
      if (taken === -1) return page;
      page = used.indexOf(0, page + taken + 1);
    }
    throw new TooManyCopies(`more than ${used.length} pages of copies of writes in flight`);
  }
}
