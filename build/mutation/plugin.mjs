// What Stryker lacks for a sample. A range of text that holds a drawn mutant may hold others: the
// checker lets only the drawn ones pass. The reporter keeps each result as it comes, so that
// nothing is lost when a run is broken off.
import { PluginKind, declareClassPlugin } from '@stryker-mutator/api/plugin';
import { appendFileSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { keyOf } from '../../dist-mutants/test/mutants/sample.js';

const variable = (name) => process.env[name] ?? '';
const positionFromOne = ({ line, column }) => ({ line: line + 1, column: column + 1 });

/** Within, Stryker's places begin at 0. */
export function placedFromOne(mutant) {
  const { start, end } = mutant.location;
  return { ...mutant, location: { start: positionFromOne(start), end: positionFromOne(end) } };
}

/** As in the list of all mutants, where names of files begin at the root. */
export function nameOf(mutant, root) {
  return keyOf({ ...mutant, fileName: mutant.fileName.replace(`${root}/`, '') });
}

class Sieve {
  #drawn = new Set(JSON.parse(readFileSync(variable('DESYNC_DRAWN'), 'utf8')));

  async init() {}

  async group(mutants) {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants) {
    return Object.fromEntries(
      mutants.map((mutant) => {
        const name = nameOf(placedFromOne(mutant), variable('DESYNC_ROOT'));
        return [mutant.id, { status: this.#drawn.has(name) ? 'passed' : 'compileError' }];
      }),
    );
  }
}

class Keeper {
  #drawn = new Set(JSON.parse(readFileSync(variable('DESYNC_DRAWN'), 'utf8')));

  onMutantTested(mutant) {
    const name = nameOf(mutant, variable('DESYNC_ROOT'));
    if (!this.#drawn.has(name)) return;
    const { status, statusReason: reason = '', killedBy = [] } = mutant;
    const line = { name, status, reason: reason.slice(0, 200), killedBy };
    appendFileSync(variable('DESYNC_KEPT'), `${JSON.stringify(line)}\n`);
  }
}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.Checker, 'sieve', Sieve),
  declareClassPlugin(PluginKind.Reporter, 'keeper', Keeper),
];
