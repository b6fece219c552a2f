/**
 * The two streams that people and programs read: where there are colours, how wide a line may be.
 */
import { Chalk } from 'chalk';
import { inJobLog } from '../report/job-log.js';
import type { Paint } from '../report/paint.js';
import type { View } from '../report/view.js';

export interface Screen {
  readonly view: View;
  readonly coloured: boolean;
  /** Whether somebody looks at it as it grows. */
  readonly isTerminal: boolean;
  /** For people: in the log of a job on GitHub nothing of it is a command. */
  write(text: string): void;
  /** As it is: for programs, or because it is meant as a command. */
  writeAsIs(text: string): void;
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const NARROWEST = 24;
/** Longer lines are hard to read, however broad the terminal. */
const BROADEST = 120;
const USUAL = 80;

/** `wanted`: what --color or --no-color said. */
export function screen(stream: Stream, env: Environment, wanted: boolean | undefined): Screen {
  const coloured = wanted ?? colouredByDefault(stream, env);
  return {
    view: { paint: paint(coloured), width: width(stream, env) },
    coloured,
    isTerminal: stream.isTTY === true && env['TERM'] !== 'dumb',
    write: (text) => void stream.write(isOnGitHub(env) ? inJobLog(text) : text),
    writeAsIs: (text) => void stream.write(text),
  };
}

export function isOnGitHub(env: Environment): boolean {
  return env['GITHUB_ACTIONS'] === 'true';
}

/** chalk alone would colour a terminal although NO_COLOR is set. */
function colouredByDefault(stream: Stream, env: Environment): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

function width(stream: Stream, env: Environment): number {
  const told = stream.columns ?? Number(env['COLUMNS'] ?? USUAL);
  const columns = Number.isInteger(told) && told > 0 ? told : USUAL;
  return Math.min(BROADEST, Math.max(NARROWEST, columns));
}

/** The sixteen colours that every terminal has, so that its owner's theme decides how they look. */
function paint(coloured: boolean): Paint {
  const chalk = new Chalk({ level: coloured ? 1 : 0 });
  return {
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    warn: (text) => chalk.yellow(text),
    dim: (text) => chalk.dim(text),
    strong: (text) => chalk.bold(text),
  };
}
