/**
 * Pages of files that are mapped shared: which of them a thread can store into without the kernel
 * hearing of it.
 *
 * Follows: mm/memory.c of 2.6.25 `do_wp_page` (the entry becomes writable when the page becomes
 * dirty), mm/rmap.c `page_mkclean` (called by `clear_page_dirty_for_io`: it is write-protected
 * again).
 * Models: one writable bit a page of a file, known by the block of its first buffer. Whoever has
 * the file mapped shares one mapping. A page that is writable is dirty.
 * Leaves out: entries of several processes, mappings that are private, pages that are not in
 * memory.
 */
import type { BlockMap } from '../memory/dirty-pages.js';
import type { Bank } from '../../sim/arena.js';

export class Mappings {
  readonly #map: BlockMap;
  readonly #blocksPerPage: number;
  readonly #writable: Uint8Array;

  constructor(map: BlockMap, blocks: number, blocksPerPage: number, state: Bank) {
    this.#map = map;
    this.#blocksPerPage = blocksPerPage;
    this.#writable = state.u8(blocks);
  }

  isWritable(file: number, page: number): boolean {
    return this.#writable[this.#firstBlock(file, page)] === 1;
  }

  /** `pte_mkdirty`, `maybe_mkwrite`. */
  makeWritable(file: number, page: number): void {
    this.#writable[this.#firstBlock(file, page)] = 1;
  }

  /** `page_mkclean`: the next store faults. */
  writeProtect(file: number, page: number): void {
    this.#writable[this.#firstBlock(file, page)] = 0;
  }

  #firstBlock(file: number, page: number): number {
    return this.#map.blockOf(file, page * this.#blocksPerPage);
  }
}
