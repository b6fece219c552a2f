/** Words that pieces of work read and write; each is a function of them and of what it asks. */
import { arena } from '../../src/sim/arena.js';
import type { Entropy, Stream } from '../../src/sim/entropy.js';
import { Footprint } from '../../src/sim/footprint.js';
import type { Work } from '../../src/sim/learned.js';
import type { Snapshot } from '../../src/sim/snapshot.js';

export const WORDS = 8;

export class Toy implements Work {
  readonly arena = arena(new Footprint());
  readonly words = this.arena.state.i32(WORDS);
  readonly times = this.arena.clock.i32(WORDS);
  readonly meters = this.arena.meters.i32(1);
  readonly chores: number;
  done = 0;
  #stream: Stream | undefined;
  readonly #does: readonly ((toy: Toy) => number)[];

  constructor(does: readonly ((toy: Toy) => number)[], chores = 0) {
    this.#does = does;
    this.chores = chores;
    this.arena.seal();
  }

  get pieces(): number {
    return this.#does.length;
  }

  ask(bound: number): number {
    return this.#stream!.choose(bound, 'which');
  }

  do(piece: number): number {
    this.done++;
    return this.#does[piece]!(this);
  }

  open(entropy: Entropy): void {
    this.#stream = entropy.stream('toy');
  }

  goBack(to: Snapshot): void {
    this.arena.restore(to);
  }
}
