import { describe, expect, it } from 'vitest';
import { checksumCompare } from '../../src/strategies/checksum-compare.js';
import { FAR_BENCH } from './benches.js';
import { FLUSHING, HASTY_CASES, IN_SYNC } from './catalogue.js';
import { hastyClears, unequalClears, unflushedClears, untimelyBits } from './marks.js';

describe('a mark stays as long as its strategy says', () => {
  it.each(HASTY_CASES)('%s: %s', (_, __, scenario, strategy) => {
    expect(hastyClears(scenario, strategy, '1').faults).toEqual([]);
  });

  it('was looked at often', () => {
    const clears = HASTY_CASES.map((one) => hastyClears(one[2], one[3], '2').clears);
    expect(clears.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(150);
  });
});

describe('checksum-compare clears no region of which memory changed under its last write', () => {
  it.each(IN_SYNC)('%s', (_, scenario) => {
    const { faults, clears } = unequalClears(scenario, checksumCompare, '1');
    expect(faults).toEqual([]);
    expect(clears).toBeGreaterThan(0);
  });
});

describe('a kernel that flushes caches flushes those of all legs before it makes a region clean', () => {
  it.each(['1', '2'])('seed %s', (seed) => {
    const { faults, clears } = unflushedClears(FLUSHING, seed);
    expect(faults).toEqual([]);
    expect(clears).toBeGreaterThan(20);
  });
});

describe('a bit is durable when its sector of the log is', () => {
  it(FAR_BENCH[0], () => {
    const { faults, clears } = untimelyBits(FAR_BENCH[1], '1');
    expect(faults).toEqual([]);
    expect(clears).toBeGreaterThan(20);
  });
});
