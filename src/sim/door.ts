/**
 * Where a part meets chance: a stream of the entropy that is open now, with every answer in the
 * fingerprint.
 *
 * Parts hold their doors for as long as the world lives; opening other entropy changes only what
 * stands behind.
 */
import { LARGEST_BOUND, type Entropy, type Stream } from './entropy.js';
import type { Fingerprint } from './fingerprint.js';

export class Door {
  readonly name: string;
  readonly #fingerprint: Fingerprint;
  #stream: Stream | undefined;

  constructor(name: string, fingerprint: Fingerprint) {
    this.name = name;
    this.#fingerprint = fingerprint;
  }

  open(stream: Stream): void {
    this.#stream = stream;
  }

  /** A whole number in [0, bound); 0 without a question when there is nothing to choose. */
  choose(bound: number, what: string): number {
    if (bound === 1) return 0;
    if (!(bound > 1 && bound <= LARGEST_BOUND))
      throw new RangeError(`${what}: a bound of ${bound}`);
    if (this.#stream === undefined) throw new Error(`the door '${this.name}' was never opened`);
    const answer = this.#stream.choose(bound, what);
    this.#fingerprint.mixWide(answer);
    return answer;
  }
}

/** All doors of one world, so that it can open them together. */
export class Doors {
  readonly #doors = new Map<string, Door>();
  readonly #fingerprint: Fingerprint;

  constructor(fingerprint: Fingerprint) {
    this.#fingerprint = fingerprint;
  }

  /** The door of that name; throws when another part has it already. */
  door(name: string): Door {
    if (this.#doors.has(name)) throw new Error(`two parts share the stream '${name}'`);
    const door = new Door(name, this.#fingerprint);
    this.#doors.set(name, door);
    return door;
  }

  open(entropy: Entropy): void {
    for (const door of this.#doors.values()) door.open(entropy.stream(door.name));
  }
}
