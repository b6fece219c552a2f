import { describe, expect, it } from 'vitest';
import { Runner } from '../../src/lab/runner.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { shippedScenario, shippedScenarios } from '../support/shipped-scenarios.js';

const names = SHIPPED.map(({ name }) => name);

/** Those under `explore` are not run but tried out whole: see test/lab/explore.test.ts. */
const RUN = shippedScenarios().filter((path) => !path.startsWith('explore/'));

describe.each(RUN)('scenarios/%s', (path) => {
  const scenario = shippedScenario(path);

  it('says what it expects, of strategies that there are', () => {
    expect(Object.keys(scenario.expect).length).toBeGreaterThan(0);
    for (const name of Object.keys(scenario.expect)) expect(names).toContain(name);
  });

  it.each(
    SHIPPED.filter(({ name }) => name in scenario.expect).map((one) => [one.name, one] as const),
  )('holds it with its own seed: %s', (_, strategy) => {
    const { verdict, reasons } = new Runner().run(scenario, strategy, scenario.seed);
    expect(reasons).toEqual([]);
    expect(verdict).toBe('PASS-BOUNDED');
  });
});
