/** A shipped strategy as a scenario and its kernel have it; any other one is as it is. */
import type { FixStrategy } from '../machine/strategy.js';
import type { Scenario } from '../scenario/scenario.js';
import { tuned } from '../strategies/shipped.js';

export type Tuning = Pick<Scenario, 'strategies' | 'kernel'>;

export function tunedBy({ strategies, kernel }: Tuning, strategy: FixStrategy): FixStrategy {
  return tuned(strategy, strategies[strategy.name] ?? {}, kernel);
}
