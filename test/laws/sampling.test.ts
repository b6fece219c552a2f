import { describe, expect, it } from 'vitest';
import { SAMPLED_CASES } from './catalogue.js';
import { CAMPAIGN } from '../support/campaign.js';
import { wrongSamples } from './sampling.js';

/** Every third case, which has each bench and each strategy in it; a campaign has them all. */
const BENCHES = new Set(SAMPLED_CASES.map(([, bench]) => bench)).size;
const CASES = SAMPLED_CASES.filter(
  (_, n) => CAMPAIGN > 1 || (n + Math.floor(n / BENCHES)) % 3 === 0,
);

describe('a leg holds what memory held when it sampled, and not before it is durable', () => {
  let changed = 0;

  it.each(CASES)('%s: %s', (_, __, scenario, strategy) => {
    const found = wrongSamples(scenario, strategy, '1');
    expect(found.faults).toEqual([]);
    expect(found.landed).toBeGreaterThan(50);
    changed += found.changed;
  });

  it.each([0, 1])('in each bench, under each strategy', (column) => {
    const namesIn = (cases: typeof SAMPLED_CASES): Set<string> =>
      new Set(cases.map((one) => one[column === 0 ? 0 : 1]));
    expect(namesIn(CASES)).toEqual(namesIn(SAMPLED_CASES));
  });

  it('and often memory had changed by then', () => {
    expect(changed).toBeGreaterThan(50);
  });
});
