/**
 * A run of a sweep made again in a fresh world. Whatever differs, in the events or in what came of
 * them, is a run that does not repeat: it went by more than scenario, strategy and seed.
 */
import { firstDifferingField } from './differing-field.js';
import type { Difference, Outcome } from './outcome.js';
import { Runner } from './runner.js';
import type { Scenario } from '../scenario/scenario.js';
import type { FixStrategy } from '../machine/strategy.js';

/** By itself, among those of other seeds, or among them to be added up. */
export type How = 'run' | 'runAmongSeeds' | 'runToSum';

/** `how`: in the way in which the first one was made. */
export function madeAgain<Differing extends Difference>(
  first: Outcome<Differing>,
  scenario: Scenario,
  strategy: FixStrategy,
  seed: string,
  how: How,
): Outcome<Differing> {
  const second = new Runner()[how](scenario, strategy, seed);
  const field = firstDifferingField(first, second);
  if (field === undefined || first.verdict === 'NONDETERMINISTIC') return first;
  const told = ({ events, fingerprint }: Outcome<Difference>): string =>
    `${events} events, ${fingerprint}`;
  const why = `the same seed came out otherwise in a fresh world: \`${field}\` differs`;
  const reason = `${why} (${told(first)}; ${told(second)})`;
  return { ...first, verdict: 'NONDETERMINISTIC', reasons: [reason] };
}
