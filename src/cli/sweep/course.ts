/**
 * The course of a sweep: the lanes take chunks as they are free, and what they made is told in the
 * order of the plan.
 *
 * What is told of a sweep is always a beginning of it: runs 1 to n, whoever made them. It ends
 * early with the run that is the last to be borne (`bail`), with the first that threw, or when
 * somebody says so; then each lane finishes the run that it is at.
 */
import type { ChunkSum } from '../../lab/sweep/chunk-sum.js';
import type { Chunk } from '../../lab/sweep/plan.js';
import type { Lanes } from './lanes.js';
import type { Broken, Made } from './make-chunk.js';
import { chunkIn, type Order } from './order.js';
import type { Signals } from './signals.js';

export interface Wanted {
  readonly order: Order;
  /** How many runs that do not pass end it. */
  readonly bail: number;
}

export interface Receiver {
  /** `isWhole`: nothing of this chunk is missing, or it is as long as it will ever be. */
  chunk(chunk: Chunk, sum: ChunkSum, isWhole: boolean): void;
}

/** A run threw, or the lane that made it died. */
export interface Breach {
  readonly chunk: Chunk;
  readonly made: Broken;
}

export type Left =
  | { readonly kind: 'done' | 'bail' | 'stopped' }
  | { readonly kind: 'broken'; readonly breach: Breach };

export class Course {
  readonly #wanted: Wanted;
  readonly #lanes: Lanes;
  readonly #signals: Signals;
  readonly #receiver: Receiver;
  /** By their places: made, while one before them is not. */
  readonly #waiting = new Map<number, Made>();
  #told = 0;
  #failed = 0;
  #left: Left | undefined;
  #last: { readonly place: number; readonly runs: number } | undefined;

  constructor(wanted: Wanted, lanes: Lanes, signals: Signals, receiver: Receiver) {
    this.#wanted = wanted;
    this.#lanes = lanes;
    this.#signals = signals;
    this.#receiver = receiver;
  }

  async run(): Promise<Left> {
    await this.#untilLanesEnd();
    if (this.#last !== undefined) await this.#tellLast(this.#last);
    return this.#left ?? { kind: this.#isAllTold ? 'done' : 'stopped' };
  }

  /** A lane that has not even begun when all is told is not waited for. */
  #untilLanesEnd(): Promise<void> {
    return new Promise((resolve, reject) => {
      const receive = (place: number, made: Made): void => {
        this.#waiting.set(place, made);
        try {
          this.#tell();
        } catch (error) {
          // What another lane brings would stand behind a gap.
          this.#end({ kind: 'stopped' });
          reject(error instanceof Error ? error : new Error(String(error)));
        }
        if (this.#isAllTold) resolve();
      };
      const { order } = this.#wanted;
      const lanes = Array.from({ length: this.#lanes.count }, (_, lane) =>
        this.#lanes.work(lane, order, receive),
      );
      Promise.all(lanes).then(() => {
        resolve();
      }, reject);
    });
  }

  get #isAllTold(): boolean {
    return this.#told === this.#wanted.order.chunks;
  }

  /** All that has come in and whose turn it is. */
  #tell(): void {
    for (;;) {
      const place = this.#told;
      const next = this.#waiting.get(place);
      if (next === undefined || this.#left !== undefined) break;
      this.#waiting.delete(place);
      this.#told++;
      this.#tellOne(place, next);
    }
    this.#signals.tell(this.#told);
  }

  #tellOne(place: number, made: Made): void {
    const chunk = chunkIn(this.#wanted.order, place);
    if (made.kind === 'broken') {
      this.#end({ kind: 'broken', breach: { chunk, made } });
      return;
    }
    const { sum } = made;
    const last = sum.failed[this.#wanted.bail - this.#failed - 1];
    if (last !== undefined) {
      this.#last = { place, runs: last + 1 };
      this.#end({ kind: 'bail' });
      if (last + 1 < sum.runs) return;
      this.#last = undefined;
    }
    this.#failed += sum.failed.length;
    const isWhole = sum.runs === chunk.runs || last !== undefined;
    if (!isWhole) this.#end({ kind: 'stopped' });
    if (sum.runs > 0) this.#receiver.chunk(chunk, sum, isWhole);
  }

  /** A chunk that has more than may be told is made again, as far as it may. */
  async #tellLast({ place, runs }: { place: number; runs: number }): Promise<void> {
    const { order } = this.#wanted;
    const chunk = chunkIn(order, place);
    this.#signals.resume();
    const all: Made[] = [];
    await this.#lanes.work(0, { ...order, only: { place, runs } }, (_, made) => all.push(made));
    const [made] = all;
    if (made?.kind === 'broken') this.#left = { kind: 'broken', breach: { chunk, made } };
    else if (made?.sum.runs === runs) this.#receiver.chunk(chunk, made.sum, true);
    else this.#left = { kind: 'stopped' };
  }

  #end(left: Left): void {
    this.#left = left;
    this.#signals.stop();
  }
}
