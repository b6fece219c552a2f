/** Tries the inputs of one kind, one after another, and tells what became of them. */
import { parentPort, workerData } from 'node:worker_threads';
import { KINDS } from './kinds.js';

export interface Task {
  readonly kind: string;
  readonly seed: number;
  readonly from: number;
  readonly end: number;
  /** The number of the input that is being tried, how many were refused, how many came right. */
  readonly counts: Int32Array;
}

export interface Fault {
  readonly number: number;
  readonly what: string;
  /** The input, its beginning. */
  readonly shown: string;
}

export type Told = 'end' | Fault;

/** With more, the rest is likely to be the same. */
const MOST_FAULTS = 10;
const MOST_SHOWN = 900;

async function work({ kind, seed, from, end, counts }: Task): Promise<void> {
  const [found] = KINDS.find(([{ name }]) => name === kind) ?? [];
  if (found === undefined) throw new RangeError(`no kind is called ${kind}`);
  const trial = found.open();
  let faults = 0;
  for (let number = from; number < end && faults < MOST_FAULTS; number++) {
    Atomics.store(counts, 0, number);
    try {
      const answer = await trial.judge(seed, number);
      Atomics.add(counts, answer === 'refused' ? 1 : 2, 1);
    } catch (error) {
      faults++;
      const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const shown = trial.shown(seed, number).slice(0, MOST_SHOWN);
      tell({ number, what: what.slice(0, MOST_SHOWN), shown });
    }
  }
  tell('end');
}

function tell(told: Told): void {
  parentPort?.postMessage(told);
}

await work(workerData as Task);
