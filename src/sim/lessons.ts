/**
 * What pieces of work were seen to do: by piece a tree of what it looked at, one place or question
 * after another, and at its end what it answered and wrote.
 *
 * What a piece looks at first is always the same, and what it looks at next follows from what it
 * saw: so to find out what it would do is to look where it would look.
 */
import type { Sight } from './footprint.js';
import { questionAt } from './footprint.js';
import { Growing } from './growing.js';
import type { Questions } from './questions.js';

/** What {@link Lessons.find} answers when the piece was never seen to go on from there. */
export const UNKNOWN = -1;

/** A node: a place, its bits, what was there; where that leads; the node of another value. */
const BITS = 1;
const VALUE = 2;
const NEXT = 3;
const OTHER = 4;

/** An effect: a place, its bits, what is there now. */
export const EFFECT = 3;

/** A lesson: its answer, and from where to where its effects stand. */
const LESSON = 3;

/** A piece of work as it was seen, all that it looked at and all that it wrote. */
export interface Seen {
  readonly piece: number;
  readonly sights: readonly Sight[];
  readonly effects: readonly Sight[];
  readonly answer: number;
}

export class Lessons {
  readonly #pieces: number;
  /** First by piece, then by node: where to go on. 0: nowhere yet; below 0: see {@link ended}. */
  readonly #nodes = new Growing();
  readonly #lessons = new Growing();
  readonly effects = new Growing();
  /** Where the piece that was looked for last asked its first question; 0: it asked none. */
  askedAt = 0;

  constructor(pieces: number) {
    this.#pieces = pieces;
    this.forget();
  }

  forget(): void {
    this.askedAt = 0;
    this.#nodes.length = 0;
    this.#lessons.length = 0;
    this.effects.length = 0;
    for (let piece = 0; piece <= this.#pieces; piece++) this.#nodes.push(0);
  }

  get count(): number {
    return this.#lessons.length / LESSON;
  }

  /**
   * What the piece does where these words stand, if that is known. `from`: where it asked its first
   * question, {@link askedAt}, when it was looked for before with the same words.
   */
  find(piece: number, words: Int32Array, questions: Questions, from = 0): number {
    const nodes = this.#nodes.values;
    let way = from === 0 ? rootOf(piece) : from;
    this.askedAt = from;
    let at = nodes[way]!;
    while (at > 0) {
      const place = nodes[at]!;
      if (place < 0 && this.askedAt === 0) this.askedAt = way;
      const value =
        place >= 0 ? words[place]! & nodes[at + BITS]! : questions.ask(questionAt(place));
      while (nodes[at + VALUE] !== value) {
        at = nodes[at + OTHER]!;
        if (at === 0) return UNKNOWN;
      }
      way = at + NEXT;
      at = nodes[way]!;
    }
    return at === 0 ? UNKNOWN : ended(at);
  }

  learn({ piece, sights, effects, answer }: Seen): number {
    const nodes = this.#nodes;
    let from = rootOf(piece);
    for (const sight of sights) from = this.#nodeOf(from, sight) + NEXT;
    if (nodes.values[from] !== 0) throw new Error('a piece of work that is known was learned');
    const lesson = this.count;
    nodes.values[from] = ended(lesson);
    this.#lessons.push(answer);
    this.#lessons.push(this.effects.length);
    for (const { place, bits, value } of effects) {
      this.effects.push(place);
      this.effects.push(bits);
      this.effects.push(value);
    }
    this.#lessons.push(this.effects.length);
    return lesson;
  }

  answerOf(lesson: number): number {
    return this.#lessons.values[lesson * LESSON]!;
  }

  /** Where its effects stand in {@link effects}: from here to {@link endOf}. */
  startOf(lesson: number): number {
    return this.#lessons.values[lesson * LESSON + 1]!;
  }

  endOf(lesson: number): number {
    return this.#lessons.values[lesson * LESSON + 2]!;
  }

  /** The node of this sight, among those that are looked at there. */
  #nodeOf(from: number, { place, bits, value }: Sight): number {
    const nodes = this.#nodes;
    const first = nodes.values[from]!;
    if (first < 0 || (first > 0 && !isOf(nodes.values, first, place, bits))) {
      throw new Error('a piece of work saw the same and looked elsewhere: it does not repeat');
    }
    for (let at = first; at !== 0; at = nodes.values[at + OTHER]!) {
      if (nodes.values[at + VALUE] === value) return at;
    }
    const at = nodes.length;
    for (const word of [place, bits, value, 0, first]) nodes.push(word);
    nodes.values[from] = at;
    return at;
  }
}

function isOf(nodes: Int32Array, at: number, place: number, bits: number): boolean {
  return nodes[at] === place && nodes[at + BITS] === bits;
}

/** The first root is at 1, because 0 is nowhere. */
function rootOf(piece: number): number {
  return piece + 1;
}

/** The end of a lesson as a way to go on; the same backwards. */
function ended(lesson: number): number {
  return -1 - lesson;
}
