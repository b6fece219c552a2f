/**
 * Ctrl-C, and the signal by which a system ends a program. A run in progress cannot hear them: the
 * model computes and never waits.
 *
 * While nothing is computed each ends the program with its exit code. One long run is left to the
 * system, which ends it at once (a shell calls that 130 or 143 too). Of many runs those in progress
 * are finished and what is done is reported; a second signal ends those at once as well.
 * Leaves out: SIGHUP, which `nohup` has had ignored, and whoever listens to it has not.
 */
import { leave } from './leave.js';
import { INTERRUPTED } from '../report/verdict.js';

type Signal = 'SIGINT' | 'SIGTERM';

/** 128 and the number of the signal. */
const EXIT_CODES: Readonly<Record<Signal, number>> = {
  SIGINT: INTERRUPTED,
  SIGTERM: 143,
};

export class Interrupts {
  readonly #heard = new Map<Signal, () => void>();
  #exitCode: number | undefined;

  constructor() {
    this.hear();
  }

  /** The exit code of the first one that was heard. */
  get exitCode(): number {
    return this.#exitCode ?? INTERRUPTED;
  }

  /** Whether one was heard that did not end the program. */
  get isHeard(): boolean {
    return this.#exitCode !== undefined;
  }

  /** Whatever comes ends the program, and what it was about to write is gone. */
  hear(): void {
    this.#on((signal) => () => leave(EXIT_CODES[signal]));
  }

  /** Before one long run, or what takes as long. */
  leave(): void {
    for (const [signal, heard] of this.#heard) process.off(signal, heard);
    this.#heard.clear();
  }

  /**
   * Before many runs, between which signals are let in: the first one is heard. `apart`: they are
   * made elsewhere, so that a second one is heard too and leaves nothing half written.
   */
  watch(heard: () => void, apart: boolean): void {
    this.#on((signal) => () => {
      this.#exitCode = EXIT_CODES[signal];
      if (apart) this.hear();
      else this.leave();
      heard();
    });
  }

  #on(heardOf: (signal: Signal) => () => void): void {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const before = this.#heard.get(signal);
      const heard = heardOf(signal);
      this.#heard.set(signal, heard);
      process.on(signal, heard);
      // Only now: a signal that is on its way is lost where nobody listens for a moment.
      if (before !== undefined) process.off(signal, before);
    }
  }
}
