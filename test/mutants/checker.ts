/**
 * Carries out trials on the program that it stands beside, be it as it is or with a bug in it.
 *
 *     node checker.js MOST CHECK...
 *
 * MOST trials of each check, until one finds something. Prints a line of JSON.
 */
import { CHECKS } from './checks.js';

export interface Found {
  /** Trials that were carried out, of the check that noticed or of all. */
  readonly trials: number;
  readonly caught:
    | { readonly by: string; readonly trial: string; readonly after: number; readonly why: string }
    | undefined;
}

const [most = '0', ...names] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(found(Number(most), names))}\n`);

function found(most: number, names: readonly string[]): Found {
  let trials = 0;
  for (const name of names) {
    const check = CHECKS.find((one) => one.name === name);
    if (check === undefined) throw new Error(`there is no check '${name}'`);
    for (const [n, trial] of check.trials.slice(0, most).entries()) {
      trials++;
      const why = faultOf(trial.faults);
      if (why === undefined) continue;
      return { trials, caught: { by: name, trial: trial.what, after: n + 1, why } };
    }
  }
  return { trials, caught: undefined };
}

/** An assertion of the model that fails notices as well. */
function faultOf(faults: () => readonly string[]): string | undefined {
  try {
    return faults()[0];
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}
