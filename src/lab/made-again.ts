/**
 * A run of a sweep made again in a fresh world. Whatever differs, in the events or in what came of
 * them, is a run that does not repeat: it went by more than scenario, strategy and seed.
 */
import { firstDifferingField } from './differing-field.js';
import type { Outcome } from './outcome.js';
import { Runner } from './runner.js';
import type { Scenario } from '../scenario/scenario.js';
import type { FixStrategy } from '../machine/strategy.js';

/** `alone`: the first one was judged by itself, not among those of other seeds. */
export function madeAgain(
  first: Outcome,
  scenario: Scenario,
  strategy: FixStrategy,
  seed: string,
  alone: boolean,
): Outcome {
  const fresh = new Runner();
  const second = alone
    ? fresh.run(scenario, strategy, seed)
    : fresh.runAmongSeeds(scenario, strategy, seed);
  const field = firstDifferingField(first, second);
  if (field === undefined || first.verdict === 'NONDETERMINISTIC') return first;
  const told = ({ events, fingerprint }: Outcome): string => `${events} events, ${fingerprint}`;
  const why = `the same seed came out otherwise in a fresh world: \`${field}\` differs`;
  const reason = `${why} (${told(first)}; ${told(second)})`;
  return { ...first, verdict: 'NONDETERMINISTIC', reasons: [reason] };
}
