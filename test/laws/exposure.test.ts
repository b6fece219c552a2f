import { describe, expect, it } from 'vitest';
import { CAMPAIGN, PATIENCE } from '../support/campaign.js';
import {
  LARGE_BENCHES,
  SHIPPED_BENCHES,
  SMALL_BENCHES,
  TWO_EXPOSED_BENCH,
  casesOf,
} from './benches.js';
import { disagreements, wrongShare, type Agreement } from './exposure-agreement.js';

const CASES = casesOf('exposure', [...SMALL_BENCHES, ...LARGE_BENCHES, ...SHIPPED_BENCHES]);

/** Crash points of a run that is never exposed; one that is has four times as many. */
const INSTANTS = 12;

const tried: Agreement[] = [];

describe('a crash ends in divergence exactly when the run was exposed at that instant', () => {
  it.each(CASES.map((one, n) => [...one, n] as const))(
    '%s: %s',
    (_, __, scenario, strategy, n) => {
      // No two cases have a seed in common, and a campaign goes on where the ordinary suite ends.
      const seeds = Array.from({ length: CAMPAIGN }, (_ignored, k) => `${k * CASES.length + n}`);
      const agreement = disagreements(scenario, strategy, seeds, INSTANTS);
      expect(agreement.disagreements).toEqual([]);
      tried.push(agreement);
    },
    PATIENCE,
  );

  it('was asked often enough, and both answers came often', () => {
    const sum = (what: (one: Agreement) => number): number =>
      tried.reduce((all, one) => all + what(one), 0);
    const { pairs, inside, edges, diverged, byApplication } = {
      pairs: sum((one) => one.pairs),
      inside: sum((one) => one.inside),
      edges: sum((one) => one.edges),
      diverged: sum((one) => one.diverged),
      byApplication: sum((one) => one.divergedByApplication),
    };
    if (CAMPAIGN > 1) console.info({ pairs, inside, edges, diverged, byApplication });
    expect(pairs).toBeGreaterThan(3_000);
    expect(inside).toBeGreaterThan(400);
    expect(edges).toBeGreaterThan(250);
    expect(diverged).toBeGreaterThan(400);
    expect(byApplication).toBeGreaterThan(80);
  });
});

describe('the share of time that is exposed', () => {
  it.each(casesOf('share', [TWO_EXPOSED_BENCH]))('is that of its windows: %s', (...one) => {
    expect(wrongShare(one[2], one[3], '1')).toEqual([]);
  });
});
