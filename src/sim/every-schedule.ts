/**
 * The third answerer of the one door: every possibility in turn, as an odometer counts.
 *
 * A piece of work is done again and again, each time with the next answers, until all have been
 * given. The piece is a whole run, or one event from a saved state: the class does not care.
 */
import type { Entropy, Stream } from './entropy.js';

/** The largest bound of a question that is tried out. */
export const MOST_ANSWERS = 4096;

/** A question has more answers than can be tried: bad input, not a bug. */
export class TooManyAnswers extends Error {
  override readonly name = 'TooManyAnswers';
}

/** A question of the piece of work, and the answer that it has now. */
export interface Asked {
  readonly stream: string;
  readonly what: string;
  readonly bound: number;
  readonly answer: number;
}

export class EverySchedule implements Entropy {
  readonly #streams: string[] = [];
  readonly #whats: string[] = [];
  readonly #bounds: number[] = [];
  readonly #answers: number[] = [];
  /** How many questions were answered since the piece of work began. */
  #position = 0;
  /** The first question whose answer is another than the last time; all before it are the same. */
  #changed = -1;

  stream(name: string): Stream {
    return { choose: (bound, what) => this.#choose(name, bound, what) };
  }

  /** A piece of work begins, with 0 for every answer. */
  begin(): void {
    this.#answers.length = 0;
    this.#position = 0;
    this.#changed = -1;
  }

  /**
   * The piece of work has been done; true: it is to be done again, with the next answers; false:
   * all have been given.
   */
  next(): boolean {
    const answers = this.#answers;
    if (this.#position !== answers.length) {
      throw new Error('the same answers led to fewer questions: the work does not repeat');
    }
    while (answers.length > 0 && answers.at(-1) === this.#bounds[answers.length - 1]! - 1) {
      answers.pop();
    }
    this.#position = 0;
    this.#changed = answers.length - 1;
    if (answers.length === 0) return false;
    answers[answers.length - 1]!++;
    return true;
  }

  /** Whether what has happened until now has not happened before. */
  get isNew(): boolean {
    return this.#position > this.#changed;
  }

  /** The questions of this piece of work, until now. */
  asked(): Asked[] {
    return this.#answers.slice(0, this.#position).map((answer, n) => ({
      stream: this.#streams[n]!,
      what: this.#whats[n]!,
      bound: this.#bounds[n]!,
      answer,
    }));
  }

  #choose(stream: string, bound: number, what: string): number {
    const n = this.#position++;
    if (n < this.#answers.length) {
      if (this.#bounds[n] !== bound || this.#streams[n] !== stream || this.#whats[n] !== what) {
        throw new Error(`the same answers led to another question: '${what}' of ${bound}`);
      }
      return this.#answers[n]!;
    }
    if (bound > MOST_ANSWERS) {
      throw new TooManyAnswers(
        `stream '${stream}': '${what}' has ${bound} answers, more than the ${MOST_ANSWERS} that can be tried`,
      );
    }
    this.#streams[n] = stream;
    this.#whats[n] = what;
    this.#bounds[n] = bound;
    this.#answers[n] = 0;
    return 0;
  }
}
