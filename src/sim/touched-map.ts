/** Numbers over a base of which few change in a run. */
export class TouchedMap {
  /** Read freely; written by {@link set} alone. */
  readonly values: Int32Array;
  /** The same; nobody is told who uses these. */
  readonly #own: Int32Array;
  readonly #base: Int32Array;
  readonly #isTouched: Uint8Array;
  readonly #touched: Int32Array;
  #count = 0;

  /** `told`: the array through which others read and write. */
  constructor(base: Int32Array, told = (values: Int32Array) => values) {
    this.#base = base;
    this.#own = base.slice();
    this.values = told(this.#own);
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

  /** What stands there now; nobody is told. */
  now(index: number): number {
    return this.#own[index]!;
  }

  get length(): number {
    return this.#own.length;
  }

  /** The array in which it stands. */
  isOver(words: Int32Array): boolean {
    return words.buffer === this.#own.buffer;
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
      this.#own[index] = this.#base[index]!;
      this.#isTouched[index] = 0;
    }
    this.#count = 0;
  }
}
