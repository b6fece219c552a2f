/**
 * Entropy that can give again the answers that it gave after a mark, and then goes on with new
 * ones.
 */
import type { Entropy, Stream } from '../../src/sim/entropy.js';

export interface RewindableEntropy extends Entropy {
  /** From here on answers are to be given again. */
  mark(): void;
  rewind(): void;
}

export function rewindable(source: Entropy): RewindableEntropy {
  const streams: RewindableStream[] = [];
  return {
    stream(name) {
      const stream = new RewindableStream(source.stream(name));
      streams.push(stream);
      return stream;
    },
    mark() {
      for (const stream of streams) stream.mark();
    },
    rewind() {
      for (const stream of streams) stream.rewind();
    },
  };
}

class RewindableStream implements Stream {
  readonly #source: Stream;
  #answers: number[] = [];
  #next = 0;

  constructor(source: Stream) {
    this.#source = source;
  }

  choose(bound: number, what: string): number {
    const known = this.#answers[this.#next];
    const answer = known ?? this.#source.choose(bound, what);
    if (known === undefined) this.#answers.push(answer);
    this.#next++;
    if (answer >= bound) throw new Error(`'${what}' of ${bound} was answered ${answer} before`);
    return answer;
  }

  mark(): void {
    this.#answers = this.#answers.slice(this.#next);
    this.#next = 0;
  }

  rewind(): void {
    this.#next = 0;
  }
}
