import { describe, expect, it } from 'vitest';
import { CAMPAIGN, PATIENCE } from '../support/campaign.js';
import { SMALL_BENCHES, LARGE_BENCHES, casesOf } from './benches.js';
import { disagreements, type Agreement } from './exposure-agreement.js';

/** How many crash points each case tries on how many seeds: some 2,000 together. */
const SEEDS = 6 * CAMPAIGN;
const INSTANTS = 40;

const tried: Agreement[] = [];

describe('a crash ends in divergence exactly when the run was exposed at that instant', () => {
  it.each(casesOf('exposure', [...SMALL_BENCHES, ...LARGE_BENCHES]))(
    '%s: %s',
    (_, __, scenario, strategy) => {
      const large = scenario.filesystem.bytes > 2 ** 20;
      const agreement = disagreements(scenario, strategy, large ? SEEDS / 2 : SEEDS, INSTANTS);
      expect(agreement.disagreements).toEqual([]);
      tried.push(agreement);
    },
    PATIENCE,
  );

  it('was asked often enough, and both answers came often', () => {
    const sum = (what: (one: Agreement) => number): number =>
      tried.reduce((all, one) => all + what(one), 0);
    expect(sum(({ pairs }) => pairs)).toBeGreaterThan(2_000);
    expect(sum(({ diverged }) => diverged)).toBeGreaterThan(200);
    expect(sum((one) => one.divergedByApplication)).toBeGreaterThan(50);
    expect(sum(({ edges }) => edges)).toBeGreaterThan(200);
  });
});
