import { describe, expect, it } from 'vitest';
import { Laboratories } from '../../src/lab/laboratories.js';
import { Runner } from '../../src/lab/runner.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { smallScenario } from '../support/small-scenario.js';

describe('laboratories', () => {
  it('keep the world of a strategy, also of one that the scenario tunes', () => {
    const scenario = smallScenario();
    for (const strategy of SHIPPED) {
      const laboratories = new Laboratories();
      const first = laboratories.of(scenario, strategy);
      expect(laboratories.of(scenario, strategy)).toBe(first);
      expect(first.strategy.name).toBe(strategy.name);
    }
  });

  it('start all strategies of a scenario on the same disks, and another scenario on its own', () => {
    const laboratories = new Laboratories();
    const scenario = smallScenario();
    const { base, world } = laboratories.of(scenario, clearWhenIdle);
    for (const strategy of SHIPPED.slice(1)) {
      const next = laboratories.of(scenario, strategy);
      expect(next.base).toBe(base);
      expect(next.world).not.toBe(world);
    }
    expect(laboratories.of(smallScenario(), clearWhenIdle).base).not.toBe(base);
  });

  it('give the same outcomes, whoever worked on the disks before', () => {
    const scenario = smallScenario();
    const shared = new Runner();
    for (const strategy of SHIPPED) {
      const alone = new Runner().run(scenario, strategy, '5');
      expect(shared.run(scenario, strategy, '5')).toEqual(alone);
    }
  });
});
