/** One use of the program: what was typed, where answers go, and what it works with. */
import type { Interrupts } from './interrupts.js';
import type { Rooms } from './laboratory.js';
import type { OwnCode } from './own/own-code.js';
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
  readonly own: OwnCode;
}

/** The whole command again. */
export function repeatOf(session: Session): string {
  return desyncCommand(session.args);
}

/** One run of it; `seed`: undefined where its choices are fixed. */
export function repeatOfRun(
  command: string,
  file: string,
  strategy: string,
  seed: string | undefined,
  sets: readonly string[],
): string {
  return repeatOfRuns(command, file, strategy, seed === undefined ? [] : ['--seed', seed], sets);
}

/** `seeds`: the option that names them, and its value. */
export function repeatOfRuns(
  command: string,
  file: string,
  strategy: string,
  seeds: readonly string[],
  sets: readonly string[],
): string {
  const name = /^-./.test(file) ? `./${file}` : file;
  const changes = sets.flatMap((change) => ['--set', change]);
  return desyncCommand([command, name, '--strategy', strategy, ...seeds, ...changes]);
}
