/**
 * Answers that were given once, given again.
 *
 * A recording holds every answer and refuses any difference: it proves that two runs are one. A
 * schedule holds only answers other than 0, and a question that it does not know gets 0, the quiet
 * answer: that is what lets a promoted failure survive later changes of the model.
 */
import type { Choice, Entropy, Stream } from './entropy.js';

/** Entropy that remembers what another one answered. */
export interface RecordedEntropy extends Entropy {
  /** Every answer so far, stream after stream in the order in which they were opened. */
  readonly choices: readonly Choice[];
}

/** Thrown when stored answers do not fit the questions of this run. */
export class AnswersDoNotFit extends Error {
  override readonly name = 'AnswersDoNotFit';
}

export function recorded(source: Entropy): RecordedEntropy {
  const streams: RecordedStream[] = [];
  const names = new Set<string>();
  return {
    stream(name) {
      if (names.has(name)) throw new Error(`the stream '${name}' is recorded already`);
      names.add(name);
      const stream = new RecordedStream(name, source.stream(name));
      streams.push(stream);
      return stream;
    },
    get choices() {
      return streams.flatMap((stream) => stream.choices());
    },
  };
}

/**
 * Gives the answers of a recording; throws AnswersDoNotFit at the first question that it did not
 * hear.
 */
export function replay(recording: readonly Choice[]): StoredEntropy {
  const unasked = new Set(recording);
  const streams = byStream(recording);
  return {
    stream: (name) => new ReplayedStream(name, streams.get(name) ?? [], unasked),
    get unasked() {
      return [...unasked];
    },
  };
}

export interface StoredEntropy extends Entropy {
  /** Stored answers whose question has not come: once a run is over, they do not fit it. */
  readonly unasked: readonly Choice[];
}

/** Gives the answers of a schedule, and 0 to every question that it does not know. */
export function scheduled(schedule: readonly Choice[]): StoredEntropy {
  const unasked = new Set(schedule);
  const streams = byStream(schedule);
  return {
    stream: (name) => new ScheduledStream(name, streams.get(name) ?? [], unasked),
    get unasked() {
      return [...unasked];
    },
  };
}

/** What of a recording a schedule keeps. */
export function scheduleOf(recording: readonly Choice[]): readonly Choice[] {
  return recording.filter((choice) => choice.answer !== 0);
}

class RecordedStream implements Stream {
  readonly #name: string;
  readonly #source: Stream;
  readonly #whats: string[] = [];
  readonly #bounds: number[] = [];
  readonly #answers: number[] = [];

  constructor(name: string, source: Stream) {
    this.#name = name;
    this.#source = source;
  }

  choose(bound: number, what: string): number {
    const answer = this.#source.choose(bound, what);
    this.#whats.push(what);
    this.#bounds.push(bound);
    this.#answers.push(answer);
    return answer;
  }

  choices(): Choice[] {
    return this.#answers.map((answer, n) => ({
      stream: this.#name,
      n,
      what: this.#whats[n] ?? '',
      bound: this.#bounds[n] ?? 0,
      answer,
    }));
  }
}

class ReplayedStream implements Stream {
  readonly #name: string;
  readonly #choices: readonly Choice[];
  readonly #unasked: Set<Choice>;
  #next = 0;

  constructor(name: string, choices: readonly Choice[], unasked: Set<Choice>) {
    this.#name = name;
    this.#choices = choices;
    this.#unasked = unasked;
  }

  choose(bound: number, what: string): number {
    const n = this.#next++;
    const stored = this.#choices[n];
    if (stored === undefined) {
      throw new AnswersDoNotFit(
        `stream '${this.#name}', question ${n}: the recording ends before '${what}' of ${bound}`,
      );
    }
    this.#unasked.delete(stored);
    return fitting(stored, n, bound, what);
  }
}

class ScheduledStream implements Stream {
  readonly #byNumber: Map<number, Choice>;
  readonly #unasked: Set<Choice>;
  #next = 0;

  constructor(name: string, choices: readonly Choice[], unasked: Set<Choice>) {
    this.#byNumber = new Map(choices.map((choice) => [choice.n, choice]));
    this.#unasked = unasked;
    if (this.#byNumber.size !== choices.length) {
      throw new AnswersDoNotFit(`stream '${name}': two answers to one question`);
    }
  }

  choose(bound: number, what: string): number {
    const n = this.#next++;
    const stored = this.#byNumber.get(n);
    if (stored === undefined) return 0;
    this.#unasked.delete(stored);
    return fitting(stored, n, bound, what);
  }
}

function fitting(stored: Choice, n: number, bound: number, what: string): number {
  if (stored.bound !== bound || stored.what !== what || stored.n !== n) {
    throw new AnswersDoNotFit(
      `stream '${stored.stream}', question ${n}: stored '${stored.what}' of ${stored.bound}, asked '${what}' of ${bound}`,
    );
  }
  if (!(Number.isInteger(stored.answer) && stored.answer >= 0 && stored.answer < bound)) {
    throw new AnswersDoNotFit(
      `stream '${stored.stream}', question ${n}: the answer ${stored.answer} is not in [0, ${bound})`,
    );
  }
  return stored.answer;
}

function byStream(choices: readonly Choice[]): Map<string, Choice[]> {
  const streams = new Map<string, Choice[]>();
  for (const choice of choices) {
    const stream = streams.get(choice.stream);
    if (stream === undefined) streams.set(choice.stream, [choice]);
    else stream.push(choice);
  }
  return streams;
}
