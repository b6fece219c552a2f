/** What `desync schema` and `desync strategies` call usual is what a strategy does by itself. */
import { describe, expect, it } from 'vitest';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { PARAMETERS } from '../../src/scenario/strategies-schema.js';
import { strategyNamed, tuned } from '../../src/strategies/shipped.js';

const KERNEL = 'linux-2.6.25';

function shipped(name: string): FixStrategy {
  const strategy = strategyNamed(name);
  if (strategy === undefined) throw new Error(`there is no strategy ${name}`);
  return strategy;
}

/** All that a parameter may change: its data, and what it answers to a drained region. */
function traits(strategy: FixStrategy): unknown {
  const { granule, mostMarked, period, patience } = strategy;
  const drained = strategy.region('drained', 0, new Int32Array(1), () => 0);
  return { granule, mostMarked, period, patience, drained };
}

const CASES = Object.entries(PARAMETERS).flatMap(([strategy, parameters]) =>
  parameters.map((parameter) => [strategy, parameter.name, parameter] as const),
);

describe.each(CASES)('%s: %s', (name, _, { field, usual, values }) => {
  const given = /^\d+$/.test(usual) ? Number(usual) : usual;
  const value = values.parse(given);

  it('is by default what is said to be usual', () => {
    const strategy = shipped(name);
    expect(traits(tuned(strategy, { [field]: value }, KERNEL))).toEqual(traits(strategy));
  });

  it('changes the strategy', () => {
    const strategy = shipped(name);
    expect(traits(tuned(strategy, { [field]: value * 2 }, KERNEL))).not.toEqual(traits(strategy));
  });
});

describe('parameters', () => {
  it('are only of strategies that there are', () => {
    expect(Object.keys(PARAMETERS).filter((name) => strategyNamed(name) === undefined)).toEqual([]);
  });
});
