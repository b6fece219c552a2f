import { describe, expect, it } from 'vitest';
import { LARGE_BENCHES, SHORT_BENCH, SMALL_BENCHES, casesOf } from './benches.js';
import { crashes, interruptions, recoveries } from './recovery.js';

const CASES = casesOf('recovery', [...SMALL_BENCHES, ...LARGE_BENCHES, SHORT_BENCH]);

describe('after recovery', () => {
  it.each(CASES)(
    '%s, %s: every marked region agrees, all else is as it was',
    (_, __, scenario, strategy) => {
      const { broken, tried } = recoveries(crashes(scenario, strategy, '1', 8));
      expect(broken).toEqual([]);
      expect(tried).toBeGreaterThan(0);
    },
  );

  it.each(CASES)(
    '%s, %s: a second crash in the midst of it changes nothing in the end',
    (_, __, scenario, strategy) => {
      const { broken, tried } = interruptions(crashes(scenario, strategy, '2', 6));
      expect(broken).toEqual([]);
      expect(tried).toBeGreaterThan(3);
    },
  );
});
