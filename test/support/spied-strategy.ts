/**
 * A strategy that holds every mark but for a test's answers, and notes what it was asked, and when.
 */
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { Cause, FixStrategy, Then } from '../../src/machine/strategy.js';
import type { Scenario } from '../../src/scenario/scenario.js';

export interface Asked {
  readonly cause: Cause;
  readonly region: number;
  readonly at: number;
}

export interface Spied {
  readonly lab: Laboratory;
  readonly asked: readonly Asked[];
}

export function spied(
  scenario: Scenario,
  others: Partial<FixStrategy> = {},
  answer: (cause: Cause, region: number) => Then = () => 'hold',
): Spied {
  const asked: Asked[] = [];
  const strategy: FixStrategy = {
    name: 'of-a-test',
    summary: 'A strategy for a test.',
    record: 'dm-log',
    region: (cause, region) => {
      asked.push({ cause, region, at: lab.world.now });
      return answer(cause, region);
    },
    ...others,
  };
  const lab = laboratory(scenario, strategy);
  return { lab, asked };
}
