/**
 * What the lanes of a sweep and whoever watches them tell each other, in memory that threads share:
 * that it is time to stop, which chunks are taken, how many are told, and at which run of which
 * chunk each lane is.
 *
 * A lane takes its next chunk by itself, so that none waits for an answer. Where it is is written
 * down before it begins: of a lane that died it is known where.
 */
const STOP = 0;
const TAKEN = 1;
const TOLD = 2;
const FIRST_LANE = 3;
/** Of each lane: the chunk, and the run of it. */
const OF_LANE = 2;

/** Of a lane that has taken no chunk yet. */
const NOWHERE = -1;

export class Signals {
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#cells = new Int32Array(buffer);
  }

  static forLanes(lanes: number): Signals {
    const cells = FIRST_LANE + lanes * OF_LANE;
    const signals = new Signals(new SharedArrayBuffer(cells * Int32Array.BYTES_PER_ELEMENT));
    for (let lane = 0; lane < lanes; lane++) {
      Atomics.store(signals.#cells, FIRST_LANE + lane * OF_LANE, NOWHERE);
    }
    return signals;
  }

  get lanes(): number {
    return (this.#cells.length - FIRST_LANE) / OF_LANE;
  }

  stop(): void {
    Atomics.store(this.#cells, STOP, 1);
    Atomics.notify(this.#cells, TOLD);
  }

  resume(): void {
    Atomics.store(this.#cells, STOP, 0);
  }

  get stopped(): boolean {
    return Atomics.load(this.#cells, STOP) === 1;
  }

  /** The place of the next chunk, which is now the lane's. */
  take(lane: number): number {
    const place = Atomics.add(this.#cells, TAKEN, 1);
    this.goes(lane, place);
    return place;
  }

  /** The lane is about to make that chunk. */
  goes(lane: number, place: number): void {
    this.begins(lane, 0);
    Atomics.store(this.#cells, FIRST_LANE + lane * OF_LANE, place);
  }

  /** The lane is about to make the n-th run of its chunk. */
  begins(lane: number, n: number): void {
    Atomics.store(this.#cells, FIRST_LANE + lane * OF_LANE + 1, n);
  }

  /** The place of the chunk that the lane took last; undefined: it took none. */
  chunkOf(lane: number): number | undefined {
    const place = Atomics.load(this.#cells, FIRST_LANE + lane * OF_LANE);
    return place === NOWHERE ? undefined : place;
  }

  /** How many runs of its chunk the lane has made, which is the number of the one it is at. */
  runOf(lane: number): number {
    return Atomics.load(this.#cells, FIRST_LANE + lane * OF_LANE + 1);
  }

  /** How many runs all lanes have made of their chunks. */
  get underWay(): number {
    let runs = 0;
    for (let lane = 0; lane < this.lanes; lane++) runs += this.runOf(lane);
    return runs;
  }

  /** So many chunks are told: who was too far ahead of that may look again. */
  tell(chunks: number): void {
    Atomics.store(this.#cells, TOLD, chunks);
    Atomics.notify(this.#cells, TOLD);
  }

  get told(): number {
    return Atomics.load(this.#cells, TOLD);
  }

  /** Blocks the thread until more is told than that, or so long. */
  awaitMore(told: number, ms: number): void {
    Atomics.wait(this.#cells, TOLD, told, ms);
  }
}
