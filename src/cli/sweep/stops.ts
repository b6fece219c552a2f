/** What ends a sweep before its time: Ctrl-C, or the time that the user gave it. */
import type { Interrupts } from '../interrupts.js';
import { LONGEST_MS } from './how.js';
import type { Lanes } from './lanes.js';
import type { Signals } from './signals.js';

export type StoppedBy = 'timeout' | 'interrupted';

/** How long lanes may take to finish the runs that they are at when the time is up. */
const GRACE_MS = 5_000;

export class Stops {
  #by: StoppedBy | undefined;
  #abandoned = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(signals: Signals, lanes: Lanes, timeoutMs: number | undefined, from: Interrupts) {
    from.watch(() => {
      this.#by ??= 'interrupted';
      signals.stop();
    }, lanes.canHear);
    if (timeoutMs === undefined) return;
    const abandon = (): void => {
      this.#abandoned = true;
      void lanes.end();
    };
    const stop = (): void => {
      this.#by ??= 'timeout';
      signals.stop();
      this.#timer = setTimeout(abandon, GRACE_MS);
    };
    this.#timer = setTimeout(stop, Math.min(timeoutMs, LONGEST_MS));
  }

  get by(): StoppedBy | undefined {
    return this.#by;
  }

  /** A run did not end in time: its lane was ended. */
  get abandoned(): boolean {
    return this.#abandoned;
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
