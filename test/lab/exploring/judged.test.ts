import { describe, expect, it } from 'vitest';
import { couldClear, judged, type Proved } from '../../../src/lab/exploring/judged.js';
import type { HarmKind } from '../../../src/aftermath/steps.js';
import type { Expectation } from '../../../src/scenario/scenario.js';
import { activityLog } from '../../../src/strategies/activity-log.js';
import { clearAfterPeriod } from '../../../src/strategies/clear-after-period.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../../src/strategies/mark-until-unmount.js';
import { mdSafemode } from '../../../src/strategies/md-safemode.js';

/** All was tried, much happened, and no crash diverges. */
const SAFE: Proved = {
  end: 'complete',
  frontier: 0,
  met: { storesUnderWrite: 3, marks: 2, clears: 1 },
  shortest: undefined,
  kinds: [],
  couldClear: true,
};
const WAY = { steps: 12, choices: [] };
const RACED: Proved = { ...SAFE, shortest: WAY };
const NOTHING_SAID: Expectation = {
  outcome: undefined,
  exposed: undefined,
  withoutTime: undefined,
  harm: undefined,
  applicationsFault: undefined,
};
const NEVER: Expectation = { ...NOTHING_SAID, exposed: 'never' };
const SOMETIMES: Expectation = { ...NOTHING_SAID, exposed: 'sometimes' };

function verdictOf(proved: Proved, expected?: Expectation, builtIn?: number): string {
  return judged(proved, expected, builtIn).verdict;
}

function suffering(...suffered: HarmKind[]): Proved {
  return { ...RACED, kinds: [{ counts: true, suffered }] };
}

describe('a search that came to its end', () => {
  it('proves what was expected', () => {
    for (const expected of [
      undefined,
      NEVER,
      NOTHING_SAID,
      { ...NEVER, outcome: 'clean' },
    ] as const)
      expect(judged(SAFE, expected, 9)).toEqual({ verdict: 'PASS-COMPLETE', reasons: [] });
    for (const outcome of [undefined, 'exposed', 'diverged'] as const)
      expect(verdictOf(RACED, { ...SOMETIMES, outcome })).toBe('PASS-COMPLETE');
  });

  it('fails where a crash diverges that must not, and where none does that should', () => {
    for (const expected of [undefined, NEVER, { ...NOTHING_SAID, outcome: 'clean' }] as const)
      expect(verdictOf(RACED, expected)).toBe('FAIL');
    for (const expected of [SOMETIMES, { ...NOTHING_SAID, outcome: 'diverged' }] as const)
      expect(verdictOf(SAFE, expected)).toBe('FAIL');
    expect(verdictOf(RACED, NOTHING_SAID)).toBe('PASS-COMPLETE');
  });

  it('proves nothing where no store met a write, or nothing was cleared that can be', () => {
    const unmet = { ...SAFE, met: { ...SAFE.met, storesUnderWrite: 0 } };
    const uncleared = { ...SAFE, met: { ...SAFE.met, clears: 0 } };
    expect([unmet, uncleared].map((found) => verdictOf(found))).toEqual(['VOID', 'VOID']);
    expect(verdictOf({ ...uncleared, couldClear: false })).toBe('PASS-COMPLETE');
    expect(verdictOf({ ...unmet, shortest: WAY }, SOMETIMES)).toBe('PASS-COMPLETE');
  });

  it('wants each harm that is expected, of kinds that count', () => {
    const harmed: Expectation = { ...SOMETIMES, harm: ['block-lost', 'block-used-twice'] };
    expect(judged(suffering('block-lost'), harmed, undefined)).toEqual({
      verdict: 'FAIL',
      reasons: ['expected harm block-used-twice, found none'],
    });
    const both = suffering('block-lost', 'block-used-twice');
    expect(verdictOf(both, harmed)).toBe('PASS-COMPLETE');
    const alone: Expectation = { ...NOTHING_SAID, harm: ['block-lost'] };
    expect([SAFE, both].map((found) => verdictOf(found, alone))).toEqual(['FAIL', 'PASS-COMPLETE']);
    expect(verdictOf(SAFE, { ...alone, exposed: 'never' })).toBe('PASS-COMPLETE');
    const apart = both.kinds.map((kind) => ({ ...kind, counts: false }));
    expect(judged({ ...both, kinds: apart }, harmed, undefined).reasons).toHaveLength(2);
  });

  it('leaves open a promise that is broken elsewhere than on the shortest ways', () => {
    const broken: Expectation = { ...SOMETIMES, harm: ['wrong-data'] };
    expect(verdictOf(suffering(), broken)).toBe('PASS-BOUNDED');
    expect(verdictOf(suffering('wrong-data'), broken)).toBe('PASS-COMPLETE');
    const any: Expectation = { ...SOMETIMES, outcome: 'harmed' };
    expect(verdictOf(suffering(), any)).toBe('PASS-BOUNDED');
    expect(verdictOf(suffering('block-lost'), any)).toBe('PASS-COMPLETE');
    const reasons = judged(suffering(), { ...any, harm: ['wrong-data'] }, undefined).reasons;
    expect(reasons.map((reason) => reason.slice(0, 15))).toEqual(['harm wrong-data']);
  });
});

describe('a search that did not', () => {
  const cut: Proved = { ...SAFE, end: 'too-many-states', frontier: 7 };

  it('is bounded where the user said how far to go, and says what is left', () => {
    for (const expected of [undefined, SOMETIMES, { ...SOMETIMES, harm: ['block-lost'] }] as const)
      expect(judged(cut, expected, undefined)).toEqual({
        verdict: 'PASS-BOUNDED',
        reasons: ['its limit was met; 7 states were not gone on from'],
      });
    const { reasons } = judged({ ...RACED, end: 'first-divergence' }, SOMETIMES, 9);
    expect(reasons.join()).toMatch(/^it went to the first divergence; 0 states/);
  });

  it('is an error at the limit that is built in, unless it has failed before', () => {
    expect(judged(cut, SOMETIMES, 500)).toEqual({
      verdict: 'ERROR',
      reasons: ['more than 500 states, of which 7 were not gone on from'],
    });
    expect(verdictOf({ ...cut, shortest: WAY }, NEVER, 500)).toBe('FAIL');
    expect(verdictOf({ ...cut, shortest: WAY }, SOMETIMES, 500)).toBe('ERROR');
  });
});

it('a strategy that waits before it clears has to be seen clearing', () => {
  const waiting = [clearAfterPeriod(), mdSafemode, activityLog()];
  expect([...waiting, clearWhenIdle, markUntilUnmount].map(couldClear)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
