/**
 * The course of a sweep: chunks go out to the lanes as these are free, and come in in the order of
 * the plan.
 *
 * What is told of a sweep is always a beginning of it: runs 1 to n, whoever made them. It ends
 * early with the run that is the last to be borne (`bail`), with the first that threw, or when
 * somebody says so; then each lane finishes the run that it is at.
 */
import type { ChunkSum } from '../../lab/sweep/chunk-sum.js';
import { placesAgain } from '../../lab/sweep/again.js';
import { chunkAt, type Chunk, type Plan } from '../../lab/sweep/plan.js';
import type { Lanes } from './lanes.js';
import type { Broken, Made, Task } from './make-chunk.js';
import type { Signals } from './signals.js';

export interface Wanted {
  readonly plan: Plan;
  readonly keep: boolean;
  readonly again: boolean;
  /** Numbers of chunks, ascending. */
  readonly numbers: Iterator<number>;
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

/** How many chunks a lane may be ahead of the slowest: they wait in memory. */
const AHEAD = 16;

interface Waiting {
  readonly chunk: Chunk;
  readonly made: Made;
}

export class Course {
  readonly #wanted: Wanted;
  readonly #lanes: Lanes;
  readonly #signals: Signals;
  readonly #receiver: Receiver;
  readonly #waiting = new Map<number, Waiting>();
  readonly #turns: (() => void)[] = [];
  #taken = 0;
  #told = 0;
  #failed = 0;
  #left: Left | undefined;
  #last: { readonly chunk: Chunk; readonly runs: number } | undefined;

  constructor(wanted: Wanted, lanes: Lanes, signals: Signals, receiver: Receiver) {
    this.#wanted = wanted;
    this.#lanes = lanes;
    this.#signals = signals;
    this.#receiver = receiver;
  }

  async run(): Promise<Left> {
    const lanes = Array.from({ length: this.#lanes.count }, (_, lane) => this.#lane(lane));
    await Promise.all(lanes);
    if (this.#last !== undefined) await this.#tellLast(this.#last);
    if (this.#left !== undefined) return this.#left;
    return { kind: this.#wanted.numbers.next().done === true ? 'done' : 'stopped' };
  }

  async #lane(lane: number): Promise<void> {
    const { plan, numbers } = this.#wanted;
    for (;;) {
      while (this.#isFarAhead()) await new Promise<void>((resolve) => this.#turns.push(resolve));
      if (this.#isOver) return;
      const next = numbers.next();
      if (next.done === true) return;
      const chunk = chunkAt(plan, next.value);
      const place = this.#taken++;
      const made = await this.#lanes.make(lane, this.#taskOf(chunk));
      this.#waiting.set(place, { chunk, made });
      this.#tell();
    }
  }

  get #isOver(): boolean {
    return this.#left !== undefined || this.#signals.stopped;
  }

  #isFarAhead(): boolean {
    return !this.#isOver && this.#taken - this.#told >= AHEAD * this.#lanes.count;
  }

  #taskOf(chunk: Chunk, runs = chunk.runs): Task {
    const { series, first } = chunk;
    const { plan, keep } = this.#wanted;
    const again = this.#wanted.again ? placesAgain(plan, { ...chunk, runs }) : [];
    return { series, first, runs, keep, alone: plan.count === 1, again };
  }

  /** All that has come in and whose turn it is. */
  #tell(): void {
    for (;;) {
      const next = this.#waiting.get(this.#told);
      if (next === undefined || this.#left !== undefined) break;
      this.#waiting.delete(this.#told++);
      this.#tellOne(next);
    }
    for (const turn of this.#turns.splice(0)) turn();
  }

  #tellOne({ chunk, made }: Waiting): void {
    if (made.kind === 'broken') {
      this.#end({ kind: 'broken', breach: { chunk, made } });
      return;
    }
    const { sum } = made;
    const last = sum.failed[this.#wanted.bail - this.#failed - 1];
    if (last !== undefined) {
      this.#last = { chunk, runs: last + 1 };
      this.#end({ kind: 'bail' });
      if (last + 1 < sum.runs) return;
      this.#last = undefined;
    }
    this.#failed += sum.failed.length;
    const isWhole = sum.runs === chunk.runs || last !== undefined;
    if (!isWhole) this.#end({ kind: 'stopped' });
    if (sum.runs > 0) this.#tellThat(chunk, sum, isWhole);
  }

  /** Where it cannot be taken it is over: what another lane brings would stand behind a gap. */
  #tellThat(chunk: Chunk, sum: ChunkSum, isWhole: boolean): void {
    try {
      this.#receiver.chunk(chunk, sum, isWhole);
    } catch (error) {
      this.#end({ kind: 'stopped' });
      throw error;
    }
  }

  /** A chunk that has more than may be told is made again, as far as it may. */
  async #tellLast({ chunk, runs }: { chunk: Chunk; runs: number }): Promise<void> {
    this.#signals.resume();
    const made = await this.#lanes.make(0, this.#taskOf(chunk, runs));
    if (made.kind === 'broken') this.#left = { kind: 'broken', breach: { chunk, made } };
    else if (made.sum.runs < runs) this.#left = { kind: 'stopped' };
    else this.#receiver.chunk(chunk, made.sum, true);
  }

  #end(left: Left): void {
    this.#left = left;
    this.#signals.stop();
    for (const turn of this.#turns.splice(0)) turn();
  }
}
