/**
 * What a piece of work asked, what it read of an arena before it wrote there, and what it wrote:
 * whatever it did follows from the first two.
 *
 * Places are 32-bit words, numbered as in a snapshot; a byte is eight bits of its word.
 */

/** Where an array stands among the places of its arena. */
export class Stretch {
  /** The place of its first word; -1: the arena was not sealed yet. */
  first = -1;
  readonly words: Int32Array;

  constructor(words: Int32Array) {
    this.words = words;
  }
}

/** A place that was read, or a question (below 0, see {@link questionAt}), and what was there. */
export interface Sight {
  readonly place: number;
  readonly bits: number;
  readonly value: number;
}

export class Footprint {
  /** In the order in which they were met. */
  readonly sights: Sight[] = [];
  readonly #stretches: Stretch[] = [];
  readonly #written = new Map<number, { stretch: Stretch; bits: number }>();
  /** By place: the bits that were read or written. */
  readonly #known = new Map<number, number>();
  #isOpen = false;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** An array that is watched stands here. */
  covers(words: Int32Array): Stretch {
    const stretch = new Stretch(words);
    this.#stretches.push(stretch);
    return stretch;
  }

  get stretches(): readonly Stretch[] {
    return this.#stretches;
  }

  open(): void {
    this.sights.length = 0;
    this.#written.clear();
    this.#known.clear();
    this.#isOpen = true;
  }

  close(): void {
    this.#isOpen = false;
  }

  reads(stretch: Stretch, word: number, bits: number): void {
    const place = placeOf(stretch, word);
    const known = this.#known.get(place) ?? 0;
    const fresh = bits & ~known;
    if (fresh === 0) return;
    this.#known.set(place, known | fresh);
    this.sights.push({ place, bits: fresh, value: stretch.words[word]! & fresh });
  }

  writes(stretch: Stretch, word: number, bits: number): void {
    const place = placeOf(stretch, word);
    this.#known.set(place, (this.#known.get(place) ?? 0) | bits);
    const written = this.#written.get(place);
    if (written === undefined) this.#written.set(place, { stretch, bits });
    else written.bits |= bits;
  }

  hears(question: number, answer: number): void {
    if (this.#isOpen) this.sights.push({ place: questionAt(question), bits: -1, value: answer });
  }

  /** What was written, as it stands now. */
  written(): Sight[] {
    return [...this.#written].map(([place, { stretch, bits }]) => {
      return { place, bits, value: stretch.words[place - stretch.first]! & bits };
    });
  }
}

function placeOf({ first }: Stretch, word: number): number {
  if (first < 0) throw new Error('an arena is sealed before its footprints are taken');
  return first + word;
}

/** A question stands where no place can be; the same backwards. */
export function questionAt(question: number): number {
  return -1 - question;
}
