/** A scenario under a strategy as it crosses to a worker: a strategy is code, and goes by name. */
import type { Asking } from '../../lab/asking.js';
import type { FixStrategy } from '../../machine/strategy.js';
import type { Scenario } from '../../scenario/scenario.js';
import { isPath, strategyNamed } from '../chosen.js';
import type { Rooms } from '../laboratory.js';
import type { OwnCode } from '../own/own-code.js';
import { ownStrategyAt } from '../own-strategy.js';
import { Refused } from '../refused.js';
import type { Tried } from './make-chunks.js';

export interface NamedSeries {
  readonly scenario: Scenario;
  readonly strategy: { readonly name: string; readonly sha256: string | undefined };
}

export function namedSeries({ scenario, strategy: { name, source } }: Tried): NamedSeries {
  return { scenario, strategy: { name, sha256: source?.sha256 } };
}

/** Throws Refused where it is not what it was when it was named. `own` as {@link ownStrategyAt}. */
export async function strategyOf(
  named: NamedSeries['strategy'],
  rooms: Rooms,
  asking: Asking,
  own?: OwnCode,
): Promise<FixStrategy> {
  const { name } = named;
  if (!isPath(name)) return strategyNamed(name, await rooms.strategies());
  const loaded = await ownStrategyAt(name, rooms, asking, own, named);
  if (!loaded.ok) throw new Refused(`${name}: ${loaded.problems.join('; ')}`);
  return loaded.strategy;
}
