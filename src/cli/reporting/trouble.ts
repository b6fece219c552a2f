/** What was thrown, as reporters tell it. */
import type { Trouble } from '../../report/reporters/reporter.js';
import { BrokenRun, Misused, plainProblem, Refused } from '../refused.js';
import { repeatOf, type Session } from '../session.js';

export function troubleOf(error: unknown, session: Session): Trouble {
  const message = error instanceof Error ? error.message : String(error);
  const repeat = error instanceof BrokenRun ? error.repeat : repeatOf(session);
  if (error instanceof Refused || error instanceof Misused) {
    const told = error instanceof Refused ? error.problems : undefined;
    const problems = told ?? [plainProblem(null, message)];
    return { kind: 'ERROR', problems, repeat };
  }
  const problems = [plainProblem(null, `internal error: ${message}`)];
  return { kind: 'INTERNAL ERROR', problems, repeat };
}
