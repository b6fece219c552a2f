import { describe, expect, it } from 'vitest';
import { casesOf } from './benches.js';
import { brokenPromises, promiseBenches } from './promises.js';

describe('what fsync has promised is on the default leg after every crash and its recovery', () => {
  it.each(casesOf('promises', promiseBenches()))('%s: %s', (_, __, scenario, strategy) => {
    const { broken, promised } = brokenPromises(scenario, strategy, '4');
    expect(broken).toEqual([]);
    expect(promised).toBeGreaterThan(200);
  });
});
