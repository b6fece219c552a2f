/**
 * Whether one process takes memory and never gives any back, and all that happens besides is stores
 * into one file: then pages of others never come between its own on a list, and it does not matter
 * who came first.
 */
import { oneIsDirty } from './one-is-dirty.js';
import type { Step } from '../../machine/program.js';
import type { Scenario } from '../../scenario/scenario.js';

export function takesAlone(scenario: Scenario): boolean {
  const { workload } = scenario;
  const takers = workload.filter(({ steps }) => steps.some(takes));
  const rest = workload.map((each) => {
    return { ...each, steps: each.steps.filter(({ do: call }) => call !== 'use') };
  });
  return takers.length === 1 && oneIsDirty({ ...scenario, workload: rest });
}

function takes(step: Step): boolean {
  return step.do === 'use';
}
