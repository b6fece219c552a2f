/** The shipped scenarios as a user runs them: each with its own seed, held to its `expect:`. */
import { Runner } from '../../src/lab/runner.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { mixed, type Law, type Trial } from '../laws/law.js';
import { shippedScenario, shippedScenarios } from '../support/shipped-scenarios.js';

export const SWEEP: Law = { name: 'sweep', trials: mixed(trials()) };

function trials(): Trial[] {
  const runner = new Runner();
  return shippedScenarios()
    .filter((path) => !path.startsWith('explore/'))
    .flatMap((path) => {
      const scenario = shippedScenario(path);
      return SHIPPED.filter(({ name }) => name in scenario.expect).map((strategy): Trial => {
        const { name } = strategy;
        const faults = (): string[] => {
          const { verdict, reasons } = runner.run(scenario, strategy, scenario.seed);
          return verdict === 'PASS-BOUNDED' ? [] : [`${verdict}: ${reasons.join('; ')}`];
        };
        return { what: `${path}, ${name}`, faults };
      });
    });
}
