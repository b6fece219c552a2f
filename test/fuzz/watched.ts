/**
 * Inputs of one kind, tried in a worker that is watched from outside: an input may not take longer
 * than it is given, nor the worker have more memory.
 */
import { Worker } from 'node:worker_threads';
import { Patience, type Used } from './patience.js';
import type { Fault, Piece } from './piece.js';
import type { Task, Told } from './worker.js';

/** Of what a worker keeps. */
const MOST_MiB = 512;
/** Workers that one kind may use up. */
const MOST_LOST = 10;
const LOOK_EVERY_MS = 200;

export type Range = Omit<Task, 'counts'>;

/** Tries them all, but for what is behind many faults; hands over each piece when it is done. */
export async function tried(range: Range, done: (piece: Piece) => void): Promise<void> {
  let next = range.from;
  for (let lost = 0; next < range.end && lost < MOST_LOST; lost++) {
    next = await triedUntilItIsLost({ ...range, from: next }, done);
  }
}

/** Answers with the number of the next input: the end, or that behind the one that was too much. */
function triedUntilItIsLost(range: Range, done: (piece: Piece) => void): Promise<number> {
  const { kind, seed, from, end } = range;
  const counts = new Int32Array(new SharedArrayBuffer(12));
  counts[0] = from;
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: { ...range, counts },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MiB },
  });
  return new Promise((resolve) => {
    let piece = { from, began: performance.now(), peakMiB: 0, faults: new Array<Fault>() };
    const patience = new Patience();
    const closed = (till: number, refused: number, right: number): void => {
      const seconds = (performance.now() - piece.began) / 1000;
      const { peakMiB, faults } = piece;
      done({ kind, seed, from: piece.from, end: till, refused, right, faults, seconds, peakMiB });
      piece = { from: till, began: performance.now(), peakMiB: 0, faults: [] };
    };
    const ended = (next: number): void => {
      clearInterval(watch);
      void worker.terminate().then(() => {
        resolve(next);
      });
    };
    const lost = (what: string): void => {
      const [number, refused, right] = [0, 1, 2].map((n) => Atomics.load(counts, n));
      piece.faults.push({ number: number!, what, shown: '' });
      closed(number! + 1, refused!, right!);
      ended(number! + 1);
    };
    const watch = setInterval(() => {
      piece.peakMiB = Math.max(piece.peakMiB, process.memoryUsage.rss() / 2 ** 20);
      const what = patience.lostWith(Atomics.load(counts, 0), usedNow());
      if (what !== undefined) lost(what);
    }, LOOK_EVERY_MS);
    worker.on('message', (told: Told) => {
      if (told.what === 'fault') piece.faults.push(told.fault);
      else if (told.what === 'piece') closed(told.end, told.refused, told.right);
      else ended(end);
    });
    worker.on('error', (error) => {
      lost(`the worker ended: ${String(error)}`);
    });
  });
}

/** Of this process with all its threads. */
function usedNow(): Used {
  const { user, system } = process.cpuUsage();
  return { processorSeconds: (user + system) / 1e6, wallSeconds: performance.now() / 1000 };
}
