/** The one run that `replay` and `export` are about: a file, a strategy, a seed. */
import type { FixStrategy } from '../machine/strategy.js';
import { refuseSeeds, strategiesFor } from './chosen.js';
import { seedOf, type Given } from './given.js';
import { rehearsed } from './own/rehearsed.js';
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

/** `usual`: the file where none is named. */
export async function askedRun(given: Given, session: Session, usual?: string): Promise<OneRun> {
  const wanted = given.text('seed');
  const seed = wanted === undefined ? undefined : seedOf(wanted);
  const one = given.text('strategy');
  const names = one === undefined ? [] : [one];
  const sets = given.texts('set');
  const named = given.texts('file');
  const paths = named.length === 0 && usual !== undefined ? [usual] : named;
  const [file] = await loadAll(paths, sets, session);
  if (file === undefined) throw new Error('no file was loaded');
  refuseSeeds(given, file.file, file.scenario);
  const known = await strategiesKnown(names, [file], session);
  const [strategy] = strategiesFor(file.scenario, names, known);
  if (strategy === undefined) throw new Error('no strategy was chosen');
  const { scenario } = file;
  const counts = seed ?? scenario.seed;
  await rehearsed({ scenario, strategy }, counts, session);
  const saidSeed = scenario.choices === undefined ? counts : undefined;
  return { file, strategy, seed: counts, saidSeed, sets };
}
