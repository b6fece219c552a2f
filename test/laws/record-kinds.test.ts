import { describe, expect, it } from 'vitest';
import { RECORD_KINDS, type RecordKind } from '../../src/media/record-format.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { CAMPAIGN, PATIENCE } from '../support/campaign.js';
import { LARGE_BENCHES, SMALL_BENCHES } from './benches.js';
import { disagreements } from './exposure-agreement.js';

/** dm-raid1's way to mark and clear, on a record of another kind. */
function on(record: RecordKind): FixStrategy {
  return { ...clearWhenIdle, name: `clear-when-idle on ${record}`, record };
}

const BENCHES = [...SMALL_BENCHES, ...LARGE_BENCHES].filter(([name]) =>
  [
    'several applications',
    'three legs',
    'a first recovery',
    'the mail',
    'a log of many sectors',
  ].includes(name),
);
const CASES = RECORD_KINDS.filter((kind) => kind !== 'dm-log').flatMap((kind) =>
  BENCHES.map(([bench, scenario]) => [kind, bench, scenario] as const),
);

const SEEDS = Array.from({ length: 2 * CAMPAIGN }, (_, n) => `${n + 1}`);

describe('whatever the record, a crash diverges exactly when the run was exposed', () => {
  it.each(CASES)(
    '%s: %s',
    (kind, _, scenario) => {
      const found = disagreements(scenario, on(kind), SEEDS, 12);
      expect(found.disagreements).toEqual([]);
      expect(found.pairs).toBeGreaterThan(0);
      if (kind === 'core') expect(found.diverged).toBe(0);
    },
    PATIENCE,
  );
});
