/** The thread that sees when a hook does not return, and breaks into the one that waits for it. */
import { workerData } from 'node:worker_threads';
import { Asking, LOOKS, Patience } from '../../lab/asking.js';

export interface Watch {
  /** Of what is asked. */
  readonly buffer: SharedArrayBuffer;
  /** Set before it breaks in, so that it can be told from Ctrl-C. */
  readonly givenUp: Int32Array;
  readonly patienceMs: number;
}

function watch({ buffer, givenUp, patienceMs }: Watch): void {
  const patience = new Patience(new Asking(buffer));
  setInterval(() => {
    if (!patience.look()) return;
    Atomics.store(givenUp, 0, 1);
    process.kill(process.pid, 'SIGINT');
  }, patienceMs / LOOKS);
}

watch(workerData as Watch);
