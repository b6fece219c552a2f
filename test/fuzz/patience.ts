/**
 * When an input that does not come to an end hangs. What counts is processor time: a machine that
 * has other things to do gives none, and nobody's input is to blame for that. The clock on the wall
 * counts only for what waits and computes nothing.
 */

/** Of a process: who else computes in it counts too, so with two workers it is half as long. */
export const MOST_PROCESSOR_SECONDS = 30;
export const MOST_WALL_SECONDS = 1_800;

/** How much has been used up so far, of whatever began somewhen. */
export interface Used {
  readonly processorSeconds: number;
  readonly wallSeconds: number;
}

export class Patience {
  #number = -1;
  #since: Used = { processorSeconds: 0, wallSeconds: 0 };

  /** What is wrong, where the input of that number has been tried for too long. */
  lostWith(number: number, used: Used): string | undefined {
    if (number !== this.#number) {
      this.#number = number;
      this.#since = used;
    }
    const computed = used.processorSeconds - this.#since.processorSeconds;
    if (computed > MOST_PROCESSOR_SECONDS) return `it hangs: ${computed.toFixed(0)} s of processor`;
    const waited = used.wallSeconds - this.#since.wallSeconds;
    return waited > MOST_WALL_SECONDS ? `it waits: ${waited.toFixed(0)} s` : undefined;
  }
}
