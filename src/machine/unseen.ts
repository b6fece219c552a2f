/**
 * In free timing a step that nobody sees goes at once: whatever could come before it could as well
 * come after. Each task says so of its own next step (docs/decisions.md).
 */
import type { Inodes } from './files/inodes.js';
import type { Instruction } from './instruction.js';
import { NOTHING_DUE, type Agenda, type Slot, type Task } from '../sim/agenda.js';

export class Unseen {
  readonly #agenda: Agenda;
  readonly #tasks: readonly Task[];
  /** Whose tasks have such steps. */
  readonly slots: readonly Slot[];

  constructor(agenda: Agenda, tasks: readonly Task[]) {
    this.#agenda = agenda;
    this.#tasks = tasks;
    this.slots = [...tasks.keys()].filter((slot) => 'isUnseen' in tasks[slot]!);
  }

  /** Disarms a slot whose task's next step nobody sees; NOTHING_DUE: there is none. */
  next(): Slot {
    for (const slot of this.slots) {
      if (this.takes(slot)) return slot;
    }
    return NOTHING_DUE;
  }

  /** Disarms that slot if nobody sees its task's next step. */
  takes(slot: Slot): boolean {
    if (!this.#agenda.isArmed(slot) || this.#tasks[slot]!.isUnseen !== true) return false;
    this.#agenda.disarm(slot);
    return true;
  }
}

/**
 * Whether an application that fetches this next only sleeps, ends, or finds the file locked.
 * `waits`: whether to begin a call that has to wait is seen by nobody.
 */
export function isFetchUnseen(
  instruction: Instruction | undefined,
  now: number,
  inodes: Inodes,
  waits: boolean,
): boolean {
  switch (instruction?.op) {
    case undefined:
    case 'sleep':
      return true;
    case 'at':
      return instruction.at > now;
    case 'overwrite':
      return waits && inodes.isLocked(instruction.file);
    default:
      return false;
  }
}
