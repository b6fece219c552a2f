import { describe, expect, it } from 'vitest';
import { CLEAN, DIRTY } from '../../src/machine/mirror/region-hash.js';
import { cleanCandidate } from '../../src/strategies/clean-candidate.js';
import { seconds } from '../../src/sim/time.js';
import { RegionBench } from '../support/region-bench.js';

const bench = (): RegionBench => new RegionBench(cleanCandidate(), 4, true);

describe('clean-candidate', () => {
  it('clears a region that drained before the sync and was left alone by it', () => {
    const regions = bench();
    regions.write(2);
    expect(regions.hash.state(2)).toBe(DIRTY);
    expect(regions.keeper.period(2)).toBe(true);
    expect(regions.pass()).toEqual([]);
    regions.keeper.synced(2);
    expect([regions.hash.state(2), regions.pass()]).toEqual([CLEAN, [2]]);
  });

  it('keeps a candidate that a write kicked out, even one that has drained', () => {
    const regions = bench();
    regions.write(2);
    regions.keeper.period(2);
    regions.write(2);
    regions.keeper.synced(2);
    expect(regions.hash.state(2)).toBe(DIRTY);
    expect(regions.keeper.period(2)).toBe(true);
    regions.keeper.synced(2);
    expect(regions.hash.state(2)).toBe(CLEAN);
  });

  it('makes no candidate of a region with a write in flight, and wants no sync for it', () => {
    const regions = bench();
    regions.begin(2);
    expect(regions.keeper.period(2)).toBe(false);
    regions.keeper.synced(2);
    expect(regions.hash.state(2)).toBe(DIRTY);
  });

  it('leaves a region alone that was marked while the sync was under way', () => {
    const regions = bench();
    regions.write(1);
    regions.keeper.period(1);
    regions.write(3);
    regions.keeper.synced(3);
    expect(regions.hash.state(3)).toBe(DIRTY);
  });

  it('begins anew with a region that it has cleared', () => {
    const regions = bench();
    regions.write(2);
    regions.keeper.period(2);
    regions.keeper.synced(2);
    regions.pass();
    regions.begin(2);
    expect(regions.keeper.period(2)).toBe(false);
  });

  it('looks every two minutes, or as a scenario says', () => {
    expect(cleanCandidate().period).toEqual({ every: seconds(120), from: 'boot' });
    expect(cleanCandidate({ period: seconds(9) })).toMatchObject({
      period: { every: seconds(9), from: 'boot' },
      patience: seconds(9),
    });
  });
});
