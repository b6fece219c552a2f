/**
 * The questions of pieces of work, by number, so that they can be asked without the work.
 *
 * Where a piece turns out to be unknown after some of its questions were asked, it is done, and
 * gets the answers that were given already.
 */
import type { Entropy, Stream } from './entropy.js';
import type { Footprint } from './footprint.js';

interface Question {
  readonly name: string;
  readonly stream: Stream;
  readonly bound: number;
  readonly what: string;
}

export class Questions implements Entropy {
  readonly #entropy: Entropy;
  readonly #footprint: Footprint;
  readonly #questions: Question[] = [];
  /** Of the piece at hand; those up to `#heard` were given to the work as well. */
  readonly #answers: number[] = [];
  #heard = 0;

  constructor(entropy: Entropy, footprint: Footprint) {
    this.#entropy = entropy;
    this.#footprint = footprint;
  }

  /** Another piece of work. */
  begin(): void {
    if (this.#answers.length > 0) this.#answers.length = 0;
    this.#heard = 0;
  }

  ask(question: number): number {
    const { stream, bound, what } = this.#questions[question]!;
    const answer = stream.choose(bound, what);
    this.#answers.push(answer);
    return answer;
  }

  stream(name: string): Stream {
    const stream = this.#entropy.stream(name);
    return {
      choose: (bound, what) => {
        const question = this.#numberOf({ name, stream, bound, what });
        if (this.#heard === this.#answers.length) this.ask(question);
        const answer = this.#answers[this.#heard++]!;
        this.#footprint.hears(question, answer);
        return answer;
      },
    };
  }

  #numberOf(asked: Question): number {
    const known = this.#questions.findIndex(
      ({ name, bound, what }) =>
        name === asked.name && bound === asked.bound && what === asked.what,
    );
    return known === -1 ? this.#questions.push(asked) - 1 : known;
  }
}
