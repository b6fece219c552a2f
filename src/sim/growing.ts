/** A list of 32-bit numbers that grows. */
export class Growing {
  values: Int32Array;
  length = 0;

  constructor(capacity = 1024) {
    this.values = new Int32Array(capacity);
  }

  push(value: number): void {
    if (this.length === this.values.length) this.#reserve(1);
    this.values[this.length++] = value;
  }

  /** Appends the first `length` numbers of a list. */
  append(list: Int32Array, length: number): void {
    if (this.length + length > this.values.length) this.#reserve(length);
    for (let n = 0; n < length; n++) this.values[this.length + n] = list[n]!;
    this.length += length;
  }

  #reserve(more: number): void {
    const values = new Int32Array(Math.max(this.values.length * 2, this.length + more));
    values.set(this.values.subarray(0, this.length));
    this.values = values;
  }
}
