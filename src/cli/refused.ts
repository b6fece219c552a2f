/**
 * What the user asked for cannot be done, and why: a usage error, a bad scenario, a file in the
 * way. No bug of ours.
 */
import { RunStopped } from '../lab/run-stopped.js';
import { safe } from '../report/lines.js';
import type { ProblemJson } from '../report/reporters/reporter.js';

export class Refused extends Error {
  override readonly name = 'Refused';
  /** Of scenario files; then the message has their places and frames already. */
  readonly problems: readonly ProblemJson[] | undefined;

  constructor(message: string, problems?: readonly ProblemJson[]) {
    super(message);
    this.problems = problems;
  }
}

/** The command line itself makes no sense; to repeat it would tell nothing. */
export class Misused extends Error {
  override readonly name = 'Misused';
}

/** Of a file that could not be read, or of no file at all. */
export function plainProblem(file: string | null, found: string): ProblemJson {
  return { file, line: null, column: null, path: null, expected: null, found, hint: null };
}

/** A run threw: our bug, with the command that runs that one again. */
export class BrokenRun extends Error {
  override readonly name = 'BrokenRun';
  readonly repeat: string;

  constructor(cause: unknown, repeat: string) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.repeat = repeat;
  }
}

/** A strategy of a user's own was asked, and did not answer. */
export class Endless extends Error {
  override readonly name = 'Endless';
  /** Its name, safe to show. */
  readonly strategy: string;

  constructor(strategy: string, why: string) {
    super(why);
    this.strategy = strategy;
  }
}

export function attempted<T>(work: () => T, repeat: string): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Endless) {
      throw new Refused(`strategy ${error.strategy}: ${error.message}`);
    }
    if (error instanceof RunStopped) throw new Refused(safe(error.message));
    throw new BrokenRun(error, repeat);
  }
}
