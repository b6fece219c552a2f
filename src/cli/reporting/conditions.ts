/** `--fail-on`, read. */
import { parseFailOn, type FailOn } from '../../lab/fail-on.js';
import { shown } from '../given.js';
import { Refused } from '../refused.js';

/** All problems of all of them at once. Throws Refused. */
export function conditionsIn(texts: readonly string[]): readonly FailOn[] {
  const conditions: FailOn[] = [];
  const problems: string[] = [];
  for (const text of texts) {
    const read = parseFailOn(text);
    if (!('problem' in read)) conditions.push(read);
    else problems.push(`--fail-on "${shown(text)}", column ${read.column}: ${read.problem}`);
  }
  if (problems.length > 0) throw new Refused(problems.join('\n'));
  return conditions;
}
