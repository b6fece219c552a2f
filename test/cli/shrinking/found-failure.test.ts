import { describe, expect, it } from 'vitest';
import { failureIn } from '../../../src/cli/shrinking/found-failure.js';
import type { Outcome } from '../../../src/lab/outcome.js';
import { Runner } from '../../../src/lab/runner.js';
import { Summing } from '../../../src/lab/sweep/chunk-sum.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../../support/shipped-scenarios.js';

const scenario = shippedScenario('short.yaml');
const chunk = { number: 0, series: 4, first: 11, runs: 3 };
const run = new Runner().run(scenario, clearWhenIdle, '3');

function found(...runs: readonly Pick<Outcome, 'verdict' | 'outcome'>[]): object | undefined {
  const summing = new Summing(undefined);
  for (const each of runs) summing.add({ ...run, ...each });
  return failureIn(chunk, summing.sum(null));
}

describe('the failure of a chunk that is made small', () => {
  it('is the first that went wrong and must not', () => {
    const expected = { verdict: 'PASS-BOUNDED', outcome: 'diverged' } as const;
    const failed = { verdict: 'FAIL', outcome: 'exposed' } as const;
    expect(found(expected, failed, failed)).toEqual({ series: 4, seed: '12' });
    expect(found(expected)).toBeUndefined();
  });

  it('is none that did not happen where it should', () => {
    const missing = { verdict: 'FAIL', outcome: 'clean' } as const;
    expect(found(missing)).toBeUndefined();
    expect(found(missing, { ...missing, outcome: 'harmed' })).toEqual({ series: 4, seed: '12' });
  });
});
