/** A scenario that expects of one strategy the failure that it was found to show. */
import type { FailureClass } from './failure-class.js';
import type { Expectation, Scenario } from './scenario.js';

export function expecting(
  scenario: Scenario,
  strategy: string,
  { outcome, harm }: FailureClass,
): Scenario {
  const before = scenario.expect[strategy];
  const expected: Expectation = {
    outcome,
    exposed: undefined,
    withoutTime: undefined,
    harm: harm === undefined ? undefined : [harm],
    applicationsFault: before?.applicationsFault,
  };
  return { ...scenario, expect: { [strategy]: expected } };
}
