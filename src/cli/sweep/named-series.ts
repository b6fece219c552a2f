/** A scenario under a strategy as it crosses to a worker: a strategy is code, and goes by name. */
import type { Asking } from '../../lab/asking.js';
import type { FixStrategy } from '../../machine/strategy.js';
import type { Scenario } from '../../scenario/scenario.js';
import { isPath, strategyNamed } from '../chosen.js';
import type { Rooms } from '../laboratory.js';
import { ownStrategyAt } from '../own-strategy.js';
import type { Tried } from './make-chunks.js';

export interface NamedSeries {
  readonly scenario: Scenario;
  readonly strategy: { readonly name: string; readonly sha256: string | undefined };
}

export function namedSeries({ scenario, strategy: { name, source } }: Tried): NamedSeries {
  return { scenario, strategy: { name, sha256: source?.sha256 } };
}

/** Throws where it is not what it was when it was named. */
export async function strategyOf(
  { name, sha256 }: NamedSeries['strategy'],
  rooms: Rooms,
  asking: Asking,
): Promise<FixStrategy> {
  if (!isPath(name)) return strategyNamed(name, await rooms.strategies());
  const loaded = await ownStrategyAt(name, rooms, asking);
  if (!loaded.ok) throw new Error(`${name}: ${loaded.problems.join('; ')}`);
  if (loaded.strategy.source?.sha256 !== sha256) {
    throw new Error(`${name} was changed while it was tried`);
  }
  return loaded.strategy;
}
