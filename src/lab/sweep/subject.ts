/**
 * What a series of runs is about: the plain facts of scenario and strategy by which its results are
 * judged and named. With them a report can be made where neither of the two is at hand.
 */
import type { FixStrategy, StrategySource } from '../../machine/strategy.js';
import type { Expectation, Scenario } from '../../scenario/scenario.js';

export interface Subject {
  readonly scenario: string;
  readonly story: string;
  /** Whether its choices are fixed, so that no seed counts. */
  readonly fixed: boolean;
  readonly simulatedNs: number;
  readonly strategy: string;
  /** The file of a strategy of the user's own. */
  readonly source: StrategySource | undefined;
  readonly record: FixStrategy['record'];
  readonly expected: Expectation | undefined;
}

export function subjectOf(scenario: Scenario, strategy: FixStrategy): Subject {
  return {
    scenario: scenario.name,
    story: scenario.story,
    fixed: scenario.choices !== undefined,
    simulatedNs: scenario.duration,
    strategy: strategy.name,
    source: strategy.source,
    record: strategy.record,
    expected: scenario.expect[strategy.name],
  };
}
