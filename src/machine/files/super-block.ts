/**
 * The super block in memory: whether ext2 wants it written (`s_dirt`).
 *
 * Follows: fs/ext2/super.c of 2.6.25 `ext2_write_super`, `ext2_commit_super`: its totals are not
 * refreshed while the file system is mounted, so a write of it changes nothing but s_wtime, and
 * time does not advance in our stamps.
 */
import type { Bank } from '../../sim/arena.js';

export class SuperBlock {
  /** The device block in which it stands. */
  readonly block: number;
  readonly #dirt: Uint8Array;
  readonly #onDirt: () => void;

  /** `onDirt`: the next tick of pdflush has something to find. */
  constructor(block: number, onDirt: () => void, state: Bank) {
    this.block = block;
    this.#onDirt = onDirt;
    this.#dirt = state.u8(1);
  }

  /** `sb->s_dirt = 1`. */
  dirty(): void {
    if (this.#dirt[0] === 1) return;
    this.#dirt[0] = 1;
    this.#onDirt();
  }

  get isDirty(): boolean {
    return this.#dirt[0] === 1;
  }

  /** Whether it wanted to be written; it does no longer. */
  takeDirt(): boolean {
    const dirt = this.#dirt[0] === 1;
    this.#dirt[0] = 0;
    return dirt;
  }
}
