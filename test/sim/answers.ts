import { Door } from '../../src/sim/door.js';
import type { Stream } from '../../src/sim/entropy.js';
import { Fingerprint } from '../../src/sim/fingerprint.js';

/** A question as a stream heard it. */
export interface Heard {
  readonly what: string;
  readonly bound: number;
}

/** Gives a list of answers, then 0 for ever, and remembers what was asked. */
export class Answers implements Stream {
  readonly heard: Heard[] = [];
  readonly #answers: number[];

  constructor(...answers: number[]) {
    this.#answers = answers;
  }

  choose(bound: number, what: string): number {
    this.heard.push({ what, bound });
    return this.#answers.shift() ?? 0;
  }
}

/** A door behind which this stream stands. */
export function doorTo(stream: Stream, fingerprint = new Fingerprint()): Door {
  const door = new Door('test', fingerprint);
  door.open(stream);
  return door;
}
