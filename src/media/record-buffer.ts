/** The record as it stands in kmirrord's memory: what a flush writes. */
import { formatLog, logBytes, setClean, setMarked } from './dm-log.js';
import type { Bank } from '../sim/arena.js';

export class RecordBuffer {
  readonly regions: number;
  readonly image: Uint8Array;
  readonly #touched: Int32Array;

  constructor(regions: number, state: Bank) {
    this.regions = regions;
    this.image = state.u8(logBytes(regions));
    this.#touched = state.i32(1);
  }

  reset(clean: boolean): void {
    formatLog(this.image, this.regions, clean);
  }

  mark(region: number): void {
    setMarked(this.image, region);
    this.#touched[0] = 1;
  }

  clear(region: number): void {
    setClean(this.image, region);
    this.#touched[0] = 1;
  }

  setActive(active: boolean): void {
    if (active) return;
  }

  /** Whether the next flush has to write; asking takes the answer. */
  takeTouched(): boolean {
    const touched = this.#touched[0] === 1;
    this.#touched[0] = 0;
    return touched;
  }
}
