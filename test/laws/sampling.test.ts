import { describe, expect, it } from 'vitest';
import { SAMPLED_CASES } from './catalogue.js';
import { wrongSamples } from './sampling.js';

describe('a leg holds what memory held when it sampled, and not before it is durable', () => {
  let changed = 0;

  it.each(SAMPLED_CASES)('%s: %s', (_, __, scenario, strategy) => {
    const found = wrongSamples(scenario, strategy, '1');
    expect(found.faults).toEqual([]);
    expect(found.landed).toBeGreaterThan(50);
    changed += found.changed;
  });

  it('and often memory had changed by then', () => {
    expect(changed).toBeGreaterThan(50);
  });
});
