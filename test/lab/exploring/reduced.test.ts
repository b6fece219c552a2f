import { expect, it } from 'vitest';
import { conditionsOf, lastInstant } from '../../../src/lab/explore.js';
import { searchStates } from '../../../src/lab/exploring/reduced.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../../support/shipped-scenarios.js';

it('counts the state in which a search begins, and each that is met once', () => {
  const scenario = shippedScenario('explore/one-page-1-store.yaml', 'bound.writebacks=1');
  const { world } = laboratory(
    scenario,
    clearWhenIdle,
    conditionsOf({ timing: 'free', levels: 2 }),
  );
  let met = 0;
  const watch = { diverges: () => {}, meets: () => met++, ends: () => {} };
  const found = searchStates({
    world,
    watch,
    until: lastInstant(scenario, 'free'),
    countsAll: false,
    lead: 0,
    mostSteps: Infinity,
    mostStates: Infinity,
    untilFirst: false,
    stop: () => false,
  });
  expect([found.end, found.states, found.frontier]).toEqual(['complete', 1 + met, 0]);
  expect(met).toBeGreaterThan(50);
});
