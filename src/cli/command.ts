/** What a command of the program is, before it is loaded. */
import type { Given } from './given.js';
import type { Session } from './session.js';

export interface Command {
  readonly name: string;
  /** What follows the name, in yargs' notation. */
  readonly operands: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly string[];
  readonly load: () => Promise<Start>;
}

/** Answers with the exit code. */
export type Start = (given: Given, session: Session) => Promise<number>;

export interface Option {
  readonly type: 'boolean' | 'string';
  readonly describe: string;
  /** What the value is called. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly required?: true;
}
