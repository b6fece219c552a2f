import { describe, expect, it } from 'vitest';
import { safetyAmong, safetyIn, type Safety } from '../../../src/lab/exploring/safety.js';
import type { Verdict } from '../../../src/lab/outcome.js';
import type { Timing } from '../../../src/sim/agenda.js';

const SHORTEST = { steps: 3, choices: [] };

function tried(timing: Timing, diverges: boolean, verdict: Verdict = 'PASS-COMPLETE') {
  return {
    strategy: 's',
    timing,
    verdict,
    complete: verdict !== 'PASS-BOUNDED',
    shortest: diverges ? SHORTEST : undefined,
  };
}

const one = (...each: ReturnType<typeof tried>[]): Safety | undefined => safetyIn(each).get('s');

describe('a strategy', () => {
  it('is safe by construction where nothing diverges whatever takes how long', () => {
    expect(one(tried('scenario', false), tried('free', false))).toBe('by-construction');
    expect(one(tried('free', false))).toBe('by-construction');
  });

  it('leans on time where it is safe with times and not without', () => {
    expect(one(tried('scenario', false), tried('free', true))).toBe('leans-on-time');
    expect(one(tried('scenario', false), tried('free', true, 'FAIL'))).toBe('leans-on-time');
  });

  it('is not safe where it diverges with times', () => {
    expect(one(tried('scenario', true), tried('free', true))).toBe('not-safe');
    expect(one(tried('scenario', true, 'FAIL'))).toBe('not-safe');
  });

  it('is shown to be safe with times alone where without them not all was tried', () => {
    expect(one(tried('scenario', false))).toBe('with-time');
    for (const verdict of ['PASS-BOUNDED', 'VOID', 'ERROR'] as const) {
      expect(one(tried('scenario', false), tried('free', false, verdict))).toBe('with-time');
    }
  });

  it('is shown to be nothing more where neither was tried whole or nothing could go wrong', () => {
    for (const verdict of ['PASS-BOUNDED', 'VOID', 'ERROR'] as const) {
      const timed = tried('scenario', false, verdict);
      expect(one(timed, tried('free', true))).toBe('not-without-time');
      expect(one(timed, tried('free', false, verdict))).toBe('not-shown');
    }
    expect(one(tried('free', true))).toBe('not-without-time');
  });
});

describe('over several scenarios a strategy', () => {
  const among = (...each: Safety[]): Safety | undefined =>
    safetyAmong(each.map((safety) => new Map([['s', safety]]))).get('s');

  it('is the worst that one of them shows', () => {
    expect(among('with-time', 'by-construction', 'not-shown')).toBe('by-construction');
    expect(among('by-construction', 'leans-on-time')).toBe('leans-on-time');
    expect(among('leans-on-time', 'not-safe', 'by-construction')).toBe('not-safe');
    expect(among('not-shown')).toBe('not-shown');
  });
});
