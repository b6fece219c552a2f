/** Tries the inputs of one kind, one after another, and tells what became of them. */
import { parentPort, workerData } from 'node:worker_threads';
import { KINDS } from './kinds.js';
import { endOfPiece, type Fault, type Piece } from './piece.js';

export interface Task {
  readonly kind: string;
  readonly seed: number;
  readonly from: number;
  readonly end: number;
  /** The number of the input that is being tried, how many were refused, how many came right. */
  readonly counts: Int32Array;
}

/** A fault as soon as it is met, a piece when all of it was tried. */
export type Told =
  | { readonly what: 'fault'; readonly fault: Fault }
  | ({ readonly what: 'piece' } & Pick<Piece, 'end' | 'refused' | 'right'>)
  | { readonly what: 'end' };

/** With more, the rest is likely to be the same. */
const MOST_FAULTS = 10;
const MOST_SHOWN = 900;

async function work({ kind, seed, from, end, counts }: Task): Promise<void> {
  const [found] = KINDS.find(([{ name }]) => name === kind) ?? [];
  if (found === undefined) throw new RangeError(`no kind is called ${kind}`);
  const trial = found.open();
  let faults = 0;
  let next = from;
  while (next < end && faults < MOST_FAULTS) {
    const pieceEnd = endOfPiece(next, end);
    Atomics.store(counts, 1, 0);
    Atomics.store(counts, 2, 0);
    for (; next < pieceEnd && faults < MOST_FAULTS; next++) {
      Atomics.store(counts, 0, next);
      try {
        const answer = await trial.judge(seed, next);
        Atomics.add(counts, answer === 'refused' ? 1 : 2, 1);
      } catch (error) {
        faults++;
        const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
        const shown = trial.shown(seed, next).slice(0, MOST_SHOWN);
        tell({ what: 'fault', fault: { number: next, what: what.slice(0, MOST_SHOWN), shown } });
      }
    }
    const [refused, right] = [Atomics.load(counts, 1), Atomics.load(counts, 2)];
    tell({ what: 'piece', end: next, refused, right });
  }
  tell({ what: 'end' });
}

function tell(told: Told): void {
  parentPort?.postMessage(told);
}

await work(workerData as Task);
