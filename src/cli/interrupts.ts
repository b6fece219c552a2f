/**
 * Ctrl-C, which a run in progress cannot hear: the model computes and never waits.
 *
 * While nothing is computed it ends the program with its exit code. One long run is left to the
 * system, which ends it at once (a shell calls that 130 too). Of many runs the one in progress is
 * finished and what is done is reported; a second Ctrl-C ends those at once as well.
 */
import { leave } from './leave.js';
import { INTERRUPTED } from '../report/verdict.js';

export class Interrupts {
  readonly #quit = (): never => leave(INTERRUPTED);

  #heard: (() => void) | undefined;

  constructor() {
    process.on('SIGINT', this.#quit);
  }

  /** Before one long run, or what takes as long. */
  leave(): void {
    process.off('SIGINT', this.#quit);
    if (this.#heard !== undefined) process.off('SIGINT', this.#heard);
  }

  /** Before many runs, between which signals are let in: the first one is heard. */
  watch(heard: () => void): void {
    this.leave();
    this.#heard = heard;
    process.once('SIGINT', heard);
  }
}
