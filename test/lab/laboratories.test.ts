import { describe, expect, it } from 'vitest';
import { experiment } from '../../src/lab/experiment.js';
import { Laboratories } from '../../src/lab/laboratories.js';
import { Runner } from '../../src/lab/runner.js';
import { seeded } from '../../src/sim/seeded.js';
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

  it('forget what runs left in the pool, and keep the disks and the templates', () => {
    const scenario = smallScenario();
    const laboratories = new Laboratories();
    const { base } = laboratories.of(scenario, clearWhenIdle);
    const kept = (): number[] =>
      [...base.memory, ...base.templates].map((value) => base.pool.digestLow(value));
    const before = kept();
    const next = laboratories.of(scenario, SHIPPED[1]!);
    const outcome = experiment(next, () => seeded('5'));
    for (const round of [1, 2]) {
      for (let n = 1; n <= 70_000; n++) base.pool.withTwoU32(0, 0, n, round);
      expect(experiment(next, () => seeded('5'))).toEqual(outcome);
    }
    expect(kept()).toEqual(before);
    expect(base.pool.count).toBeLessThan(70_000);
  });
});
