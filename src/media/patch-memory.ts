/**
 * Which value a patch made of which: a repeated patch costs a look-up, not a copy and a hash of 512
 * bytes.
 *
 * A cache: forgetting changes no result.
 */

/** Rows; at half of them the memory forgets and starts again. */
const ROWS = 1 << 16;
const INTS = 5;

export class PatchMemory {
  /** Open addressing: (value, place, patch, second patch, result + 1). */
  readonly #rows = new Int32Array(ROWS * INTS);
  #used = 0;
  /** Where the last search that failed ended. */
  #free = 0;

  /** The value that the patch made, or -1. */
  find(value: number, place: number, patch: number, second: number): number {
    const rows = this.#rows;
    let row = hashOf(value, place, patch, second) & (ROWS - 1);
    for (;;) {
      const from = row * INTS;
      const result = rows[from + 4]!;
      if (result === 0) {
        this.#free = row;
        return -1;
      }
      if (
        rows[from] === value &&
        rows[from + 1] === place &&
        rows[from + 2] === patch &&
        rows[from + 3] === second
      ) {
        return result - 1;
      }
      row = (row + 1) & (ROWS - 1);
    }
  }

  /** Remembers what {@link find} has just not found. */
  remember(value: number, place: number, patch: number, second: number, result: number): void {
    if (this.#used === ROWS / 2) {
      this.forget();
      return;
    }
    this.#used++;
    const from = this.#free * INTS;
    this.#rows[from] = value;
    this.#rows[from + 1] = place;
    this.#rows[from + 2] = patch;
    this.#rows[from + 3] = second;
    this.#rows[from + 4] = result + 1;
  }

  forget(): void {
    this.#rows.fill(0);
    this.#used = 0;
  }
}

function hashOf(value: number, place: number, patch: number, second: number): number {
  let hash = Math.imul(value ^ 0x9e3779b1, 0x85ebca6b);
  hash = Math.imul((hash ^ place) + (hash >>> 15), 0xc2b2ae35);
  hash = Math.imul((hash ^ patch) + (hash >>> 13), 0x27d4eb2f);
  hash = Math.imul((hash ^ second) + (hash >>> 15), 0x165667b1);
  return hash ^ (hash >>> 16);
}
