/**
 * What the lanes of a sweep and whoever watches them tell each other while a chunk is being made,
 * in memory that threads share: that it is time to stop, and at which run each lane is.
 *
 * The place is written down before the run begins: of a lane that died it is known where.
 */
const STOP = 0;
const FIRST_LANE = 1;

export class Signals {
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#cells = new Int32Array(buffer);
  }

  static forLanes(lanes: number): Signals {
    return new Signals(new SharedArrayBuffer((FIRST_LANE + lanes) * Int32Array.BYTES_PER_ELEMENT));
  }

  stop(): void {
    Atomics.store(this.#cells, STOP, 1);
  }

  resume(): void {
    Atomics.store(this.#cells, STOP, 0);
  }

  get stopped(): boolean {
    return Atomics.load(this.#cells, STOP) === 1;
  }

  /** The lane is about to make the n-th run of its chunk. */
  begins(lane: number, n: number): void {
    Atomics.store(this.#cells, FIRST_LANE + lane, n);
  }

  /** How many runs of its chunk the lane has made, which is the number of the one it is at. */
  placeOf(lane: number): number {
    return Atomics.load(this.#cells, FIRST_LANE + lane);
  }

  /** How many runs all lanes have made of their chunks. */
  get underWay(): number {
    const lanes = this.#cells.length - FIRST_LANE;
    let runs = 0;
    for (let lane = 0; lane < lanes; lane++) runs += this.placeOf(lane);
    return runs;
  }
}
