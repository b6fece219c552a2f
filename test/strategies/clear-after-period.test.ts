import { describe, expect, it } from 'vitest';
import { clearAfterPeriod } from '../../src/strategies/clear-after-period.js';
import { seconds } from '../../src/sim/time.js';
import { RegionBench } from '../support/region-bench.js';

describe('clear-after-period', () => {
  it('clears a region 30 s after its last write', () => {
    const regions = new RegionBench(clearAfterPeriod(), 4, true);
    regions.write(1);
    regions.runTo(20e9);
    regions.write(1);
    regions.runTo(50e9 - 1);
    expect(regions.pass()).toEqual([]);
    regions.runTo(50e9);
    expect(regions.pass()).toEqual([1]);
  });

  it('counts from the end of the write, not from its start', () => {
    const regions = new RegionBench(clearAfterPeriod({ period: seconds(1) }), 4, true);
    regions.begin(1);
    regions.runTo(5e9);
    expect(regions.pass()).toEqual([]);
    regions.end(1);
    regions.runTo(6e9 - 1);
    expect(regions.pass()).toEqual([]);
    regions.runTo(6e9);
    expect(regions.pass()).toEqual([1]);
  });
});
