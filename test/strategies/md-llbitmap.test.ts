import { describe, expect, it } from 'vitest';
import { mdLlbitmap } from '../../src/strategies/md-llbitmap.js';
import { seconds } from '../../src/sim/time.js';
import { RegionBench } from '../support/region-bench.js';

/** A run of the daemon; the regions that it cleaned. */
function daemon(regions: RegionBench): number[] {
  for (const region of regions.marked()) regions.keeper.period(region);
  return regions.pass();
}

describe('md-llbitmap', () => {
  it('cleans what was idle for 5 s when the daemon runs', () => {
    const regions = new RegionBench(mdLlbitmap(), 4, true);
    regions.write(1);
    regions.runTo(5e9 - 1);
    expect(daemon(regions)).toEqual([]);
    regions.runTo(5e9);
    expect(daemon(regions)).toEqual([1]);
  });

  it('leaves a page of the bitmap alone of which any chunk was used', () => {
    const regions = new RegionBench(mdLlbitmap({ idle: seconds(1) }), 4096 + 4, true);
    regions.write(1);
    regions.write(4096);
    regions.runTo(2e9);
    regions.write(4095);
    expect(daemon(regions)).toEqual([4096]);
    regions.runTo(3e9);
    expect(daemon(regions)).toEqual([1, 4095]);
  });

  it('counts a chunk as used as long as a write is in flight', () => {
    const regions = new RegionBench(mdLlbitmap(), 4, true);
    regions.write(1);
    regions.begin(2);
    regions.runTo(60e9);
    expect(daemon(regions)).toEqual([]);
    regions.end(2);
    regions.runTo(65e9);
    expect(daemon(regions)).toEqual([1, 2]);
  });

  it('wakes its daemon 30 s after the mark that found no other', () => {
    expect(mdLlbitmap()).toMatchObject({
      granule: 65536,
      period: { every: seconds(30), from: 'first-mark' },
    });
  });
});
