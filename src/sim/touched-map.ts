/** Numbers over a base of which few change in a run. */
export class TouchedMap {
  /** Read freely; written by {@link set} alone. */
  readonly values: Int32Array;
  readonly #base: Int32Array;
  readonly #isTouched: Uint8Array;
  readonly #touched: Int32Array;
  #count = 0;

  constructor(base: Int32Array) {
    this.#base = base;
    this.values = base.slice();
    this.#isTouched = new Uint8Array(base.length);
    this.#touched = new Int32Array(base.length);
  }

  set(index: number, value: number): void {
    if (this.#isTouched[index] === 0) {
      this.#isTouched[index] = 1;
      this.#touched[this.#count++] = index;
    }
    this.values[index] = value;
  }

  /** How many entries were ever set since the last reset; {@link touched} numbers them. */
  get touchedCount(): number {
    return this.#count;
  }

  touched(n: number): number {
    return this.#touched[n]!;
  }

  base(index: number): number {
    return this.#base[index]!;
  }

  reset(): void {
    for (let n = 0; n < this.#count; n++) {
      const index = this.#touched[n]!;
      this.values[index] = this.#base[index]!;
      this.#isTouched[index] = 0;
    }
    this.#count = 0;
  }
}
