/** One use of the program: what was typed, where answers go, and what it works with. */
import type { Rooms } from './laboratory.js';
import { desyncCommand } from './shell.js';
import type { Screen } from './terminal.js';

export interface Session {
  /** As it was typed. */
  readonly args: readonly string[];
  readonly version: string;
  /** Results. */
  readonly out: Screen;
  /** Everything else. */
  readonly err: Screen;
  readonly rooms: Rooms;
  readonly interrupts: Interrupts;
}

/** The whole command again. */
export function repeatOf(session: Session): string {
  return desyncCommand(session.args);
}

/** One run of it. */
export function repeatOfRun(
  command: string,
  file: string,
  strategy: string,
  seed: string,
  sets: readonly string[],
): string {
  const name = /^-./.test(file) ? `./${file}` : file;
  const changes = sets.flatMap((change) => ['--set', change]);
  return desyncCommand([command, name, '--strategy', strategy, '--seed', seed, ...changes]);
}

/**
 * Ctrl-C. Where nothing can be saved it ends the program at once; where runs are being made, the one that is being made
 * is finished and what is done is reported. A second one always ends it.
 */
export class Interrupts {
  #patient = false;
  #count = 0;

  arrived(): 'finish' | 'end' {
    this.#count++;
    return this.#patient && this.#count === 1 ? 'finish' : 'end';
  }

  /** From now on the caller asks now and then. */
  begin(): void {
    this.#patient = true;
  }

  /** Lets a signal in, and says whether one came. */
  async came(): Promise<boolean> {
    await new Promise((resolve) => void setImmediate(resolve));
    return this.#count > 0;
  }
}
