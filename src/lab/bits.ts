/** One bit a seed: what two strategies on the same seeds are paired by, at 125 KB a million. */
export class Bits {
  #words = new Uint32Array(32);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(bit: boolean): void {
    const word = this.#length >>> 5;
    if (word === this.#words.length) {
      const twice = new Uint32Array(2 * word);
      twice.set(this.#words);
      this.#words = twice;
    }
    if (bit) this.#words[word]! |= 1 << (this.#length & 31);
    this.#length++;
  }

  at(n: number): boolean {
    return n < this.#length && ((this.#words[n >>> 5]! >>> (n & 31)) & 1) === 1;
  }
}
