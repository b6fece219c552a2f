import { describe, expect, it } from 'vitest';
import { CLEAN, DIRTY, NOSYNC, RECOVERING } from '../../src/machine/region-hash.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';
import { RegionBench } from '../support/region-bench.js';

const REGIONS = 40;

function hashOf(inSync: boolean, strategy: FixStrategy = clearWhenIdle): RegionBench {
  return new RegionBench(strategy, REGIONS, inSync);
}

describe('a region in sync', () => {
  it('is marked by its first write only, and only that costs a log write', () => {
    const regions = hashOf(true);
    expect([regions.hash.state(3), regions.saysClean(3), regions.takeTouched()]).toEqual([
      CLEAN,
      true,
      false,
    ]);
    expect(regions.begin(3)).toBe(true);
    expect([regions.hash.state(3), regions.saysClean(3), regions.takeTouched()]).toEqual([
      DIRTY,
      false,
      true,
    ]);
    expect(regions.begin(3)).toBe(false);
    expect(regions.takeTouched()).toBe(false);
    expect(regions.hash.pending(3)).toBe(2);
  });

  it('is clean when its last write has completed, on the log one pass later', () => {
    const regions = hashOf(true);
    regions.begin(3);
    regions.begin(3);
    regions.takeTouched();
    expect(regions.end(3)).toBe(false);
    expect(regions.hash.state(3)).toBe(DIRTY);
    expect(regions.end(3)).toBe(true);
    expect([regions.hash.state(3), regions.saysClean(3), regions.takeTouched()]).toEqual([
      CLEAN,
      false,
      false,
    ]);
    expect(regions.pass()).toEqual([3]);
    expect([regions.saysClean(3), regions.takeTouched()]).toEqual([true, true]);
    expect(regions.pass()).toEqual([]);
  });

  it('that is written before the pass took it off the clean list costs a log write although its bit stays', () => {
    const regions = hashOf(true);
    regions.begin(3);
    regions.takeTouched();
    regions.end(3);
    expect(regions.begin(3)).toBe(true);
    expect([regions.hash.state(3), regions.saysClean(3), regions.takeTouched()]).toEqual([
      DIRTY,
      false,
      true,
    ]);
    expect(regions.pass()).toEqual([]);
    expect(regions.saysClean(3)).toBe(false);
    regions.end(3);
    expect(regions.pass()).toEqual([3]);
  });

  it('stays dirty without a write where the strategy holds it', () => {
    const regions = hashOf(true, markUntilUnmount);
    regions.begin(3);
    regions.takeTouched();
    regions.end(3);
    expect([regions.hash.state(3), regions.hash.pending(3), regions.pass().length]).toEqual([
      DIRTY,
      0,
      0,
    ]);
    expect(regions.begin(3)).toBe(false);
    expect(regions.takeTouched()).toBe(false);
  });

  it('is one of several that a pass clears, in the order in which they drained', () => {
    const regions = hashOf(true);
    for (const region of [5, 1, 39]) regions.begin(region);
    for (const region of [39, 5, 1]) regions.end(region);
    expect(regions.pass()).toEqual([39, 5, 1]);
  });

  it('has no write to complete that never began', () => {
    expect(() => hashOf(true).end(3)).toThrow('no write in flight');
  });
});

describe('a region out of sync', () => {
  it('is marked already: a write to it touches nothing, before and after', () => {
    const regions = hashOf(false);
    expect([regions.hash.state(3), regions.saysClean(3)]).toEqual([NOSYNC, false]);
    expect(regions.begin(3)).toBe(false);
    expect(regions.end(3)).toBe(true);
    expect([regions.hash.state(3), regions.takeTouched(), regions.pass().length]).toEqual([
      NOSYNC,
      false,
      0,
    ]);
  });

  it('recovers in its turn, ascending, each once', () => {
    const regions = hashOf(false);
    const order = Array.from({ length: REGIONS + 1 }, () => regions.hash.nextToRecover());
    expect(order).toEqual([...Array.from({ length: REGIONS }, (_, region) => region), -1]);
    expect(regions.hash.state(7)).toBe(RECOVERING);
    expect(regions.takeTouched()).toBe(false);
  });

  it('is clean one pass after it was copied, and marked until then', () => {
    const regions = hashOf(false);
    regions.hash.nextToRecover();
    expect(regions.hash.takeRecovered()).toBe(-1);
    regions.hash.recovered(0);
    expect([regions.hash.state(0), regions.saysClean(0)]).toEqual([RECOVERING, false]);
    expect(regions.hash.takeRecovered()).toBe(0);
    expect([regions.hash.state(0), regions.saysClean(0), regions.takeTouched()]).toEqual([
      CLEAN,
      true,
      true,
    ]);
    expect(regions.saysClean(1)).toBe(false);
    expect(regions.hash.takeRecovered()).toBe(-1);
  });

  it('counts its write while it waits to be copied', () => {
    const regions = hashOf(false);
    regions.begin(0);
    regions.hash.nextToRecover();
    expect([regions.hash.state(0), regions.hash.pending(0)]).toEqual([RECOVERING, 1]);
    expect(regions.end(0)).toBe(true);
    expect(regions.hash.state(0)).toBe(RECOVERING);
  });
});
