import { describe, expect, it } from 'vitest';
import { overSeeds, Shown, verdictAmongSeeds, verdictOf } from '../../src/lab/expectation.js';
import type { HarmKind } from '../../src/aftermath/steps.js';
import type { Expectation, OutcomeName } from '../../src/scenario/scenario.js';
import { harmed } from '../report/mail-race.js';
import { summed } from '../support/summed.js';

type Run = Parameters<typeof verdictOf>[1];

function ran(outcome: OutcomeName, windowCount = 0, ...harm: readonly HarmKind[]): Run {
  return {
    outcome,
    storesUnderWrite: 3,
    exposure: {
      fraction: 0,
      windows: [],
      windowCount,
      byApplication: { fraction: 0, windowCount: 0 },
    },
    harm: harm.map((kind) => ({
      kind,
      block: undefined,
      files: [],
      text: '',
      byApplication: false,
    })),
  };
}

function expected(
  outcome?: OutcomeName,
  exposed?: 'never' | 'sometimes',
  harm?: readonly HarmKind[],
): Expectation {
  return { outcome, exposed, withoutTime: undefined, harm, applicationsFault: undefined };
}

describe('the verdict on a run that stands alone', () => {
  it('passes what was expected, be it divergence', () => {
    expect(verdictOf(expected('diverged'), ran('diverged', 2))).toEqual({
      verdict: 'PASS-BOUNDED',
      reasons: [],
    });
    expect(
      verdictOf(
        expected('harmed', undefined, ['block-lost']),
        ran('harmed', 1, 'wrong-data', 'block-lost'),
      ).verdict,
    ).toBe('PASS-BOUNDED');
  });

  it('names everything that was expected and not found', () => {
    const { verdict, reasons } = verdictOf(
      expected('harmed', 'never', ['block-lost']),
      ran('diverged', 1, 'wrong-data'),
    );
    expect(verdict).toBe('FAIL');
    expect(reasons).toHaveLength(3);
    expect(reasons.join('\n')).toContain('expected the outcome harmed, found diverged');
    expect(reasons.join('\n')).toContain('expected no exposure, found 1 window');
    expect(reasons.join('\n')).toContain('expected harm block-lost, found none');
  });

  it('expects no exposure of a strategy of which nothing is said', () => {
    expect(verdictOf(undefined, ran('exposed', 2)).reasons).toEqual([
      'expected no exposure, found 2 windows',
    ]);
    expect(verdictOf(undefined, ran('clean')).verdict).toBe('PASS-BOUNDED');
  });

  it('does not judge what was not said', () => {
    expect(
      verdictOf(expected(undefined, undefined, []), ran('harmed', 9, 'file-lost')).verdict,
    ).toBe('PASS-BOUNDED');
  });

  it('is void when no store ever met a write: it proves nothing', () => {
    const unraced = { ...ran('clean'), storesUnderWrite: 0 };
    expect(verdictOf(undefined, unraced).verdict).toBe('VOID');
    expect(verdictOf(expected('clean'), unraced).verdict).toBe('VOID');
    expect(verdictOf(expected('diverged'), unraced).verdict).toBe('FAIL');
  });
});

describe('the verdict on many seeds', () => {
  const shown = (...runs: readonly Run[]): Shown => {
    const all = new Shown();
    all.add(summed(runs.map((run) => ({ ...harmed, ...run }))));
    return all;
  };

  it('wants trouble of some of them only, and its absence of all', () => {
    expect(verdictAmongSeeds(expected('harmed'), ran('clean')).verdict).toBe('PASS-BOUNDED');
    expect(verdictAmongSeeds(expected(undefined, 'never'), ran('exposed', 1)).verdict).toBe('FAIL');
    expect(verdictAmongSeeds(expected('clean'), ran('diverged', 1)).verdict).toBe('FAIL');
  });

  it('fails when none of them showed it', () => {
    const sometimes = expected(undefined, 'sometimes');
    expect(overSeeds(sometimes, shown(ran('clean'), ran('clean')))?.verdict).toBe('FAIL');
    expect(overSeeds(sometimes, shown(ran('clean'), ran('exposed', 1)))).toBeUndefined();
    const harmed = expected('harmed', undefined, ['block-lost']);
    expect(overSeeds(harmed, shown(ran('harmed', 1, 'wrong-data')))?.reasons).toHaveLength(1);
    expect(overSeeds(harmed, shown(ran('clean'), ran('harmed', 1, 'block-lost')))).toBeUndefined();
  });
});

describe('a run too short for its strategy', () => {
  it('proves nothing when it was clean, and fails all the same when it was not', () => {
    const tooShort = 'too short';
    const clean = { ...ran('clean'), tooShort };
    expect(verdictOf(undefined, clean)).toEqual({ verdict: 'VOID', reasons: [tooShort] });
    expect(verdictAmongSeeds(expected('clean'), clean).verdict).toBe('VOID');
    expect(verdictOf(undefined, { ...ran('exposed', 1), tooShort }).verdict).toBe('FAIL');
    const wanted = { ...ran('diverged', 1), tooShort };
    expect(verdictOf(expected('diverged'), wanted).verdict).toBe('PASS-BOUNDED');
  });
});
