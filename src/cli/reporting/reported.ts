/** A command whose results go to reporters, who learn as well that it was refused or broke. */
import type { About } from '../../report/reporters/reporter.js';
import { isPath } from '../chosen.js';
import type { Given } from '../given.js';
import type { Session } from '../session.js';
import { Outputs } from './outputs.js';
import { troubleOf } from './trouble.js';
import { reportersWanted } from './wanted.js';

/** Answers with the exit code. */
export async function reported(
  command: About['command'],
  given: Given,
  session: Session,
  work: (outputs: Outputs) => Promise<number>,
): Promise<number> {
  const outputs = opened(command, given, session);
  try {
    return await Promise.race([work(outputs), session.own.astray]);
  } catch (error) {
    outputs.refused(troubleOf(error, session));
    throw error;
  }
}

function opened(command: About['command'], given: Given, session: Session): Outputs {
  try {
    return Outputs.opened(reportersWanted(given, process.env), command, inputsOf(given), session);
  } catch (error) {
    if (given.flag('json')) {
      const only = [{ name: 'json', to: { kind: 'stdout' } }] as const;
      Outputs.opened(only, command, [], session).refused(troubleOf(error, session));
    }
    throw error;
  }
}

/** What the command line names besides; strategies that only a scenario names are not known yet. */
function inputsOf(given: Given): readonly string[] {
  const files = ['files', 'parts', 'output', 'resume', 'out'].flatMap((name) => given.texts(name));
  const listed = given.texts('strategies').flatMap((list) => list.split(','));
  const strategies = [...given.texts('strategy'), ...listed].map((name) => name.trim());
  return [...files, ...strategies.filter(isPath)];
}
