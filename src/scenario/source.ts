/** A text that was read, and where in it something stands. */

/** The scenario file, or one `--set path=value`. */
export class Source {
  readonly file: string;
  readonly text: string;
  /** Sources are read, and their problems told, in this order. */
  readonly order: number;
  /** Where the YAML begins: after the `=` of a change. */
  readonly #begin: number;
  /** Offsets at which lines begin, ascending. */
  readonly #starts: readonly number[];

  constructor(file: string, text: string, order: number, begin = 0) {
    this.file = file;
    this.text = text;
    this.order = order;
    this.#begin = begin;
    const starts = [0];
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.#starts = starts;
  }

  get yaml(): string {
    return this.text.slice(this.#begin);
  }

  get lines(): number {
    return this.#starts.length;
  }

  /** From 1; an offset past the end is in the last line. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** In UTF-16 units, as editors count, from 1. */
  columnAt(offset: number): number {
    return offset - this.#start(this.lineAt(offset)) + 1;
  }

  /** Without its line break. */
  line(number: number): string {
    const end = number < this.lines ? this.#start(number + 1) - 1 : this.text.length;
    const text = this.text.slice(this.#start(number), end);
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  }

  place(from: number, to: number): Place {
    const start = Math.min(Math.max(0, from), this.text.length);
    return { source: this, from: start, to: Math.min(Math.max(start, to), this.text.length) };
  }

  /** The same for offsets into the YAML. */
  placeInYaml(from: number, to: number): Place {
    return this.place(this.#begin + from, this.#begin + to);
  }

  #start(line: number): number {
    return this.#starts[line - 1] ?? this.text.length;
  }
}

/** A stretch of a source, `to` excluded. */
export interface Place {
  readonly source: Source;
  readonly from: number;
  readonly to: number;
}
