import { describe, expect, it } from 'vitest';
import { SAFEMODE_DELAY, mdBitmap } from '../../src/strategies/md-bitmap.js';
import { mdSafemode } from '../../src/strategies/md-safemode.js';
import { milliseconds, seconds } from '../../src/sim/time.js';
import { RegionBench } from '../support/region-bench.js';

/** How many runs of the daemon it takes after the last write. */
function runsToClear(regions: RegionBench, region: number): number {
  for (let run = 1; run <= 9; run++) {
    regions.keeper.period(region);
    if (regions.pass().length > 0) return run;
  }
  return Infinity;
}

describe('md-bitmap', () => {
  it.each([2, 3] as const)('clears a bit in run %i of the daemon after the last write', (runs) => {
    const regions = new RegionBench(mdBitmap({}, runs), 4, true);
    regions.write(1);
    expect(runsToClear(regions, 1)).toBe(runs);
  });

  it('counts anew after another write', () => {
    const regions = new RegionBench(mdBitmap(), 4, true);
    regions.write(1);
    regions.keeper.period(1);
    regions.write(1);
    expect(runsToClear(regions, 1)).toBe(2);
  });

  it('does not count while a write is in flight', () => {
    const regions = new RegionBench(mdBitmap(), 4, true);
    regions.write(1);
    regions.begin(1);
    expect(runsToClear(regions, 1)).toBe(Infinity);
    regions.end(1);
    expect(runsToClear(regions, 1)).toBe(2);
  });

  it('says clean as a whole 204 ms after the last write, as md without a bitmap does', () => {
    expect(SAFEMODE_DELAY).toBe(milliseconds(204));
    expect(mdBitmap().cleanFlagAfter).toBe(SAFEMODE_DELAY);
    expect(mdSafemode).toMatchObject({ cleanFlagAfter: SAFEMODE_DELAY, granule: 'device' });
    expect(mdBitmap()).toMatchObject({
      granule: 64 * 2 ** 20,
      period: { every: seconds(5), from: 'boot' },
    });
  });
});
