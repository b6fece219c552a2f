/** The one run that `replay` and `export` are about: a file, a strategy, a seed. */
import type { FixStrategy } from '../machine/strategy.js';
import { refuseSeeds, strategiesFor } from './chosen.js';
import { seedOf, type Given } from './given.js';
import { strategiesKnown } from './own-strategy.js';
import type { Session } from './session.js';
import { loadAll, type LoadedFile } from './sources.js';

export interface OneRun {
  readonly file: LoadedFile;
  readonly strategy: FixStrategy;
  readonly seed: string;
  /** The seed where one counts: in commands that repeat the run. */
  readonly saidSeed: string | undefined;
  readonly sets: readonly string[];
}

export async function askedRun(given: Given, session: Session): Promise<OneRun> {
  const wanted = given.text('seed');
  const seed = wanted === undefined ? undefined : seedOf(wanted);
  const one = given.text('strategy');
  const named = one === undefined ? [] : [one];
  const sets = given.texts('set');
  const [file] = await loadAll(given.texts('file'), sets, session);
  if (file === undefined) throw new Error('no file was loaded');
  refuseSeeds(given, file.file, file.scenario);
  const known = await strategiesKnown(named, [file], session);
  const [strategy] = strategiesFor(file.scenario, named, known);
  if (strategy === undefined) throw new Error('no strategy was chosen');
  const { scenario } = file;
  const counts = seed ?? scenario.seed;
  const saidSeed = scenario.choices === undefined ? counts : undefined;
  return { file, strategy, seed: counts, saidSeed, sets };
}
