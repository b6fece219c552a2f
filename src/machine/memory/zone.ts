/**
 * Memory as pages that are free or in use.
 *
 * Follows: mm/page_alloc.c of 2.6.25 `__alloc_pages`: kswapd is woken when fewer than pages_low are
 * free; whoever takes a page when fewer than pages_min are reclaims some itself.
 * Models: pages of files, of the block device and of processes. A page counts from the moment at
 * which it is first stored to.
 * A thread takes its page first and reclaims before its next step: the few pages of one step come
 * out of the reserve below pages_min, from which the kernel serves whoever cannot wait.
 * Leaves out: the kernel's own pages, so all of `memory:` can hold pages; more than one zone;
 * orders above 0; the OOM killer: a run that has no page left ends.
 */
import { NotModelled } from '../operation.js';
import { watermarksOf, type Watermarks } from './watermarks.js';
import type { Bank } from '../../sim/arena.js';

const USED = 0;
const ANONYMOUS = 1;
/** Whoever runs took a page below pages_min. */
const OWES = 2;
/** pages_scanned: looked at since the last one was freed. */
const SCANNED = 3;

/** Pages that can be in use at once in a run. */
export interface MostPages {
  /** Of files and of the block device: they alone can be dirty. */
  readonly files: number;
  readonly processes: number;
}

export class Zone {
  readonly pages: number;
  readonly most: MostPages;
  readonly watermarks: Watermarks;
  /** Whatever the run does, kswapd will never be woken: then pages are not counted. */
  readonly isAmple: boolean;
  readonly #counts: Int32Array;
  readonly #wakeKswapd: () => void;

  constructor(pages: number, most: MostPages, wakeKswapd: () => void, state: Bank) {
    this.pages = pages;
    this.most = most;
    this.watermarks = watermarksOf(pages);
    this.isAmple = pages - most.files - most.processes >= this.watermarks.low;
    this.#wakeKswapd = wakeKswapd;
    this.#counts = state.i32(4);
  }

  get free(): number {
    return this.pages - this.#counts[USED]!;
  }

  /** NR_ANON_PAGES. */
  get anonymous(): number {
    return this.#counts[ANONYMOUS]!;
  }

  set anonymous(pages: number) {
    this.#counts[ANONYMOUS] = pages;
  }

  /** Whether kswapd sleeps on if a process takes so many, and files all that they ever will. */
  hasRoomFor(pages: number): boolean {
    return this.free - pages - this.most.files >= this.watermarks.low;
  }

  get isBelowMin(): boolean {
    return this.free < this.watermarks.min;
  }

  take(): void {
    if (this.free === 0) throw new NotModelled('no page is free (the OOM killer is not modelled)');
    this.#counts[USED]!++;
    if (this.free < this.watermarks.low) this.#wakeKswapd();
    if (this.isBelowMin) this.#counts[OWES] = 1;
  }

  /** `free_pages_bulk`: the zone is not hopeless after all. */
  give(): void {
    this.#counts[USED]!--;
    this.#counts[SCANNED] = 0;
  }

  looked(pages: number): void {
    this.#counts[SCANNED]! += pages;
  }

  /** `zone_is_all_unreclaimable`: six times round without a page. */
  get isHopeless(): boolean {
    return this.#counts[SCANNED]! >= this.#counts[USED]! * 6;
  }

  /** Whether a page was taken below pages_min since this was asked last. */
  takeDebt(): boolean {
    const owes = this.#counts[OWES] === 1;
    this.#counts[OWES] = 0;
    return owes;
  }
}
