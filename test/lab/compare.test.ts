import { describe, expect, it } from 'vitest';
import { scorecardOf } from '../../src/lab/compare.js';
import type { Outcome } from '../../src/lab/outcome.js';
import { Runner } from '../../src/lab/runner.js';
import { Score } from '../../src/lab/score.js';
import { subjectOf } from '../../src/lab/sweep/subject.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { durationOf } from '../../src/sim/time.js';
import { clean, harmed, NO_COSTS } from '../report/mail-race.js';
import { smallScenario } from '../support/small-scenario.js';
import { summed } from '../support/summed.js';
import { shippedScenario } from '../support/shipped-scenarios.js';

const passing: Outcome = { ...clean, verdict: 'PASS-BOUNDED' };
const exposed: Outcome = { ...harmed, outcome: 'exposed', divergence: [], harm: [] };
const diverged: Outcome = { ...harmed, outcome: 'diverged', harm: [] };
const failed: Outcome = { ...exposed, verdict: 'FAIL', reasons: ['expected no exposure'] };
const unraced: Outcome = { ...passing, verdict: 'VOID', storesUnderWrite: 0 };
const stopped: Outcome = { ...exposed, verdict: 'ERROR', reasons: ['too many events'] };

const scenario = smallScenario();
const named = (name: string): FixStrategy => ({ ...clearWhenIdle, name });

function scored(strategy: FixStrategy, runs: readonly Outcome[], planned = runs.length): Score {
  const score = new Score(subjectOf(scenario, strategy), planned);
  // In two pieces: that they are cut makes no difference.
  const half = Math.floor(runs.length / 2);
  score.add(0, summed(runs.slice(0, half)));
  score.add(half, summed(runs.slice(half)));
  return score;
}

describe('a row', () => {
  it('counts what came of the runs, harm being divergence too', () => {
    const row = scored(clearWhenIdle, [passing, exposed, diverged, harmed, unraced]).row();
    expect(row).toMatchObject({
      runs: 5,
      voidRuns: 1,
      errorRuns: 0,
      failedRuns: 0,
      exposedRuns: 3,
      divergedRuns: 2,
      harmRuns: 1,
      byApplicationRuns: 0,
    });
    expect(row.exposure.mean).toBeCloseTo((3 * 0.2512) / 5, 12);
    expect(row.exposure.low).toBeLessThan(row.exposure.mean);
    expect(row.exposure.high).toBeGreaterThan(row.exposure.mean);
    expect(row.divergedShare.low).toBeCloseTo(0.0527, 4);
    expect(row.divergedShare.high).toBeCloseTo(0.8534, 4);
  });

  it('has prices in the mean, but the longest of all waits', () => {
    const dear = { ...NO_COSTS, recordWrites: 6, longestStoreWaitNs: 5, writeLatencyP99Ns: 40 };
    const cheap = { ...NO_COSTS, recordWrites: 2, longestStoreWaitNs: 9, writeLatencyP99Ns: 20 };
    const runs = [dear, cheap].map((costs) => ({ ...passing, costs }));
    expect(scored(clearWhenIdle, runs).row().costs).toEqual({
      ...NO_COSTS,
      recordWrites: 4,
      longestStoreWaitNs: 9,
      writeLatencyP99Ns: 30,
    });
    expect(dear.recordWrites).toBe(6);
  });

  it('says when all that was marked stayed marked', () => {
    const costing = (marks: number, clears: number): boolean =>
      scored(clearWhenIdle, [{ ...passing, costs: { ...NO_COSTS, marks, clears } }]).row()
        .nothingCleared;
    expect([costing(3, 0), costing(3, 1), costing(0, 0)]).toEqual([true, false, false]);
  });

  it('leaves a run that came to a limit out of everything but the verdict', () => {
    const row = scored(clearWhenIdle, [passing, stopped]).row();
    expect(row).toMatchObject({ runs: 2, errorRuns: 1, exposedRuns: 0, verdict: 'ERROR' });
    expect(row).toMatchObject({ failedSeed: '1', reasons: ['too many events'] });
    expect(row.exposedShare.high).toBeCloseTo(0.975, 9);
    const none = scored(clearWhenIdle, [stopped]).row();
    expect([none.costs, none.exposedShare]).toEqual([undefined, { low: 0, high: 1 }]);
  });

  it('puts an application’s own fault aside, unless the scenario counts it', () => {
    const byApplication = { fraction: 0.5, windowCount: 2 };
    const own = { ...passing, exposure: { ...passing.exposure, byApplication } };
    expect(scored(clearWhenIdle, [own]).row()).toMatchObject({
      exposedRuns: 0,
      byApplicationRuns: 1,
      exposure: { mean: 0 },
    });
    const counting = smallScenario('expect={ clear-when-idle: { applicationsFault: counted } }');
    const score = new Score(subjectOf(counting, clearWhenIdle), 1);
    score.add(0, summed([own], counting.expect['clear-when-idle']));
    expect(score.row()).toMatchObject({
      exposedRuns: 1,
      byApplicationRuns: 0,
      exposure: { mean: 0.5 },
    });
  });
});

describe('the verdict on a row', () => {
  it('is that of its gravest run, with the first seed of it', () => {
    const row = scored(clearWhenIdle, [passing, failed, unraced, failed]).row();
    expect(row).toMatchObject({ verdict: 'FAIL', failedSeed: '1', failedRuns: 2 });
    expect(row.reasons).toEqual(['expected no exposure']);
  });

  it('is void when every run is', () => {
    expect(scored(clearWhenIdle, [unraced, unraced]).row().verdict).toBe('VOID');
    expect(scored(clearWhenIdle, [unraced, passing]).row().verdict).toBe('PASS-BOUNDED');
  });

  it('is void where each run is, and not where one showed what was expected', () => {
    const tooShort: Outcome = {
      ...passing,
      verdict: 'VOID',
      reasons: ['nothing could be cleared'],
    };
    const slow = { ...named('slow'), patience: durationOf(scenario.duration) };
    expect(scored(slow, [tooShort, unraced]).row()).toMatchObject({
      verdict: 'VOID',
      reasons: tooShort.reasons,
      voidRuns: 2,
    });
    expect(scored(slow, [tooShort, exposed]).row().verdict).toBe('PASS-BOUNDED');
    expect(scored(slow, [tooShort, failed]).row().verdict).toBe('FAIL');
  });

  it('wants of all seeds what only many can show, once all were run', () => {
    const wanting = smallScenario('expect={ clear-when-idle: { exposed: sometimes } }');
    const score = new Score(subjectOf(wanting, clearWhenIdle), 2);
    score.add(0, summed([passing]));
    expect(score.row().verdict).toBe('PASS-BOUNDED');
    score.add(1, summed([passing]));
    expect(score.row()).toMatchObject({ verdict: 'FAIL', failedSeed: undefined });
  });
});

describe('a scorecard', () => {
  const base = scored(clearWhenIdle, [exposed, exposed, passing, exposed, stopped]);
  const other = scored(named('other'), [passing, exposed, exposed, passing, exposed]);

  it('pairs each with dm-raid1 as it is, seed by seed, where both came to their end', () => {
    const card = scorecardOf([other, base], 'clear-when-idle');
    expect(card?.pairs).toEqual([
      {
        scenario: 'small',
        a: 'clear-when-idle',
        b: 'other',
        aOnly: 2,
        bOnly: 1,
        p: 1,
        adjustedP: 1,
      },
    ]);
    expect(card?.rows.map(({ strategy }) => strategy)).toEqual(['other', 'clear-when-idle']);
  });

  it('pairs with the first where that does not take part', () => {
    expect(scorecardOf([other, base], 'none')?.pairs[0]).toMatchObject({ a: 'other', bOnly: 2 });
  });

  it('adjusts p by Holm over all pairs', () => {
    const many = (count: number): Outcome[] =>
      Array.from({ length: 8 }, (_, n) => (n < count ? exposed : passing));
    const all = [8, 1, 2].map((count, n) => scored(named(`s${n}`), many(count)));
    const pairs = scorecardOf(all, 's0')?.pairs ?? [];
    const near = (expected: readonly number[]): unknown[] =>
      expected.map((p) => expect.closeTo(p, 12) as unknown);
    expect(pairs.map(({ p }) => p)).toEqual(near([2 / 2 ** 7, 2 / 2 ** 6]));
    expect(pairs.map(({ adjustedP }) => adjustedP)).toEqual(near([4 / 2 ** 7, 4 / 2 ** 7]));
  });

  it('pairs the seeds that both have run, and leaves out what was not begun', () => {
    const begun = scored(named('begun'), [passing, passing], 5);
    const card = scorecardOf([base, begun, scored(named('later'), [], 5)], 'clear-when-idle');
    expect(card?.rows).toHaveLength(2);
    expect(card?.pairs).toMatchObject([{ b: 'begun', aOnly: 2, bOnly: 0 }]);
    expect(scorecardOf([], 'clear-when-idle')).toBeUndefined();
  });

  it('names for each price those whom none beats in it and in exposure', () => {
    const costing = (name: string, run: Outcome, recordWrites: number, sums = 0): Score =>
      scored(named(name), [{ ...run, costs: { ...NO_COSTS, recordWrites, sums } }]);
    const scores = [
      costing('fast', exposed, 1),
      costing('safe', passing, 5),
      costing('dear', passing, 6, 3),
      costing('silly', exposed, 5),
      costing('void', unraced, 0),
    ];
    expect(scorecardOf(scores, 'fast')?.fronts).toEqual([
      { price: 'recordWrites', unbeaten: ['fast', 'safe'] },
      { price: 'sums', unbeaten: ['safe'] },
    ]);
    const half = scored(named('half'), [passing], 2);
    expect(scorecardOf([...scores, half], 'fast')?.fronts[0]?.unbeaten).toEqual(['fast', 'safe']);
  });
});

describe('the scenario of the mail', () => {
  it('is exposed as dm-raid1 is, never when marks stay, and the same seeds say so again', () => {
    const mail = shippedScenario('ext2-bitmap.yaml');
    const runner = new Runner();
    const card = scorecardOf(
      [clearWhenIdle, markUntilUnmount].map((strategy) => {
        const score = new Score(subjectOf(mail, strategy), 30);
        const seeds = Array.from({ length: 30 }, (_, n) => String(1140 + n));
        score.add(1140, summed(seeds.map((seed) => runner.runAmongSeeds(mail, strategy, seed))));
        return score;
      }),
      'clear-when-idle',
    );
    const [idle, held] = card?.rows ?? [];
    expect(idle?.exposedRuns).toBeGreaterThan(0);
    expect(idle?.costs?.recordWrites).toBeGreaterThan(100);
    expect(held).toMatchObject({ exposedRuns: 0, exposure: { mean: 0 }, verdict: 'PASS-BOUNDED' });
    expect(held?.costs?.recordWrites).toBeLessThan(10);
    expect(card?.pairs).toMatchObject([{ aOnly: idle?.exposedRuns, bOnly: 0 }]);
    expect(card?.fronts[0]).toEqual({
      price: 'recordWrites',
      unbeaten: ['mark-until-unmount'],
    });
  });
});
