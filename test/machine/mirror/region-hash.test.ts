import { describe, expect, it } from 'vitest';
import {
  CLEAN,
  DIRTY,
  NOSYNC,
  NOW_MARKED,
  NO_ROOM,
  RECOVERING,
} from '../../../src/machine/mirror/region-hash.js';
import { NO_REGION } from '../../../src/machine/mirror/region-list.js';
import type { FixStrategy } from '../../../src/machine/strategy.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../../src/strategies/mark-until-unmount.js';
import { RegionBench } from '../../support/region-bench.js';

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

describe('where few regions may be marked', () => {
  const few = (mostMarked: number): RegionBench =>
    new RegionBench({ ...markUntilUnmount, mostMarked }, REGIONS, true);

  it('the one least recently written gives way, and its bit goes with the same flush', () => {
    const regions = few(3);
    for (const region of [4, 5, 6]) regions.write(region);
    regions.write(4);
    expect(regions.marked()).toEqual([5, 6, 4]);
    regions.write(7);
    expect(regions.marked()).toEqual([6, 4, 7]);
    expect([regions.hash.state(5), regions.saysClean(5), regions.saysClean(7)]).toEqual([
      CLEAN,
      true,
      false,
    ]);
  });

  it('a region with a write in flight does not give way', () => {
    const regions = few(2);
    regions.begin(4);
    regions.write(5);
    regions.write(6);
    expect(regions.marked()).toEqual([4, 6]);
    expect(regions.saysClean(4)).toBe(false);
  });

  it('there is no room while all are busy, and nothing has changed by asking', () => {
    const regions = few(2);
    regions.begin(4);
    regions.begin(5);
    expect(regions.hash.begin(6)).toBe(NO_ROOM);
    expect([regions.hash.state(6), regions.hash.pending(6), regions.saysClean(6)]).toEqual([
      CLEAN,
      0,
      true,
    ]);
    expect(regions.marked()).toEqual([4, 5]);
    regions.end(4);
    expect(regions.begin(6)).toBe(true);
    expect(regions.marked()).toEqual([5, 6]);
  });

  it('a region that gave way is told once', () => {
    const regions = few(1);
    regions.write(4);
    expect(regions.hash.begin(5)).toBe(NOW_MARKED);
    expect(regions.hash.takeEvicted()).toBe(4);
    expect(regions.hash.takeEvicted()).toBe(NO_REGION);
  });

  it('a region out of sync has its mark apart', () => {
    const regions = new RegionBench({ ...markUntilUnmount, mostMarked: 1 }, REGIONS, false);
    for (const region of [1, 2, 3]) regions.begin(region);
    expect(regions.marked()).toEqual([]);
  });
});

describe('a region with a write in flight', () => {
  it('cannot be cleared', () => {
    const regions = hashOf(true, markUntilUnmount);
    regions.begin(3);
    expect(() => {
      regions.hash.clearSoon(3);
    }).toThrow('cannot be cleared now');
    regions.end(3);
    regions.hash.clearSoon(3);
    expect(() => {
      regions.hash.clearSoon(3);
    }).toThrow('cannot be cleared now');
  });
});
