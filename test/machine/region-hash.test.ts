import { describe, expect, it } from 'vitest';
import { CLEAN, DIRTY, NOSYNC, RECOVERING, RegionHash } from '../../src/machine/region-hash.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { dmLog, isClean } from '../../src/media/dm-log.js';
import { geometryOf } from '../../src/media/geometry.js';
import { arena } from '../../src/sim/arena.js';
import { clearWhenIdle } from '../../src/strategies/clear-when-idle.js';
import { markUntilUnmount } from '../../src/strategies/mark-until-unmount.js';

const REGIONS = 40;
const GEOMETRY = geometryOf(REGIONS * 8, 8, 2);

function hashOf(inSync: boolean, strategy: FixStrategy = clearWhenIdle): RegionHash {
  const hash = new RegionHash(REGIONS, dmLog(GEOMETRY), strategy, arena());
  hash.reset(inSync);
  return hash;
}

/** One pass over the clean list; answers with the regions that were cleared. */
function pass(hash: RegionHash): number[] {
  const cleared: number[] = [];
  hash.clearIdle((region) => cleared.push(region));
  return cleared;
}

describe('a region in sync', () => {
  it('is marked by its first write only, and only that costs a log write', () => {
    const hash = hashOf(true);
    expect([hash.state(3), isClean(hash.buffer.image.bytes, 3), hash.takeTouched()]).toEqual([
      CLEAN,
      true,
      false,
    ]);
    expect(hash.begin(3)).toBe(true);
    expect([hash.state(3), isClean(hash.buffer.image.bytes, 3), hash.takeTouched()]).toEqual([
      DIRTY,
      false,
      true,
    ]);
    expect(hash.begin(3)).toBe(false);
    expect(hash.takeTouched()).toBe(false);
    expect(hash.pending(3)).toBe(2);
  });

  it('is clean when its last write has completed, on the log one pass later', () => {
    const hash = hashOf(true);
    hash.begin(3);
    hash.begin(3);
    hash.takeTouched();
    expect(hash.end(3)).toBe(false);
    expect(hash.state(3)).toBe(DIRTY);
    expect(hash.end(3)).toBe(true);
    expect([hash.state(3), isClean(hash.buffer.image.bytes, 3), hash.takeTouched()]).toEqual([
      CLEAN,
      false,
      false,
    ]);
    expect(pass(hash)).toEqual([3]);
    expect([isClean(hash.buffer.image.bytes, 3), hash.takeTouched()]).toEqual([true, true]);
    expect(pass(hash)).toEqual([]);
  });

  it('that is written before the pass took it off the clean list costs a log write although its bit stays', () => {
    const hash = hashOf(true);
    hash.begin(3);
    hash.takeTouched();
    hash.end(3);
    expect(hash.begin(3)).toBe(true);
    expect([hash.state(3), isClean(hash.buffer.image.bytes, 3), hash.takeTouched()]).toEqual([
      DIRTY,
      false,
      true,
    ]);
    expect(pass(hash)).toEqual([]);
    expect(isClean(hash.buffer.image.bytes, 3)).toBe(false);
    hash.end(3);
    expect(pass(hash)).toEqual([3]);
  });

  it('stays dirty without a write where the strategy holds it', () => {
    const hash = hashOf(true, markUntilUnmount);
    hash.begin(3);
    hash.takeTouched();
    hash.end(3);
    expect([hash.state(3), hash.pending(3), pass(hash).length]).toEqual([DIRTY, 0, 0]);
    expect(hash.begin(3)).toBe(false);
    expect(hash.takeTouched()).toBe(false);
  });

  it('is one of several that a pass clears, in the order in which they drained', () => {
    const hash = hashOf(true);
    for (const region of [5, 1, 39]) hash.begin(region);
    for (const region of [39, 5, 1]) hash.end(region);
    expect(pass(hash)).toEqual([39, 5, 1]);
  });

  it('has no write to complete that never began', () => {
    expect(() => hashOf(true).end(3)).toThrow('no write in flight');
  });
});

describe('a region out of sync', () => {
  it('is marked already: a write to it touches nothing, before and after', () => {
    const hash = hashOf(false);
    expect([hash.state(3), isClean(hash.buffer.image.bytes, 3)]).toEqual([NOSYNC, false]);
    expect(hash.begin(3)).toBe(false);
    expect(hash.end(3)).toBe(true);
    expect([hash.state(3), hash.takeTouched(), pass(hash).length]).toEqual([NOSYNC, false, 0]);
  });

  it('recovers in its turn, ascending, each once', () => {
    const hash = hashOf(false);
    const order = Array.from({ length: REGIONS + 1 }, () => hash.nextToRecover());
    expect(order).toEqual([...Array.from({ length: REGIONS }, (_, region) => region), -1]);
    expect(hash.state(7)).toBe(RECOVERING);
    expect(hash.takeTouched()).toBe(false);
  });

  it('is clean one pass after it was copied, and marked until then', () => {
    const hash = hashOf(false);
    hash.nextToRecover();
    expect(hash.takeRecovered()).toBe(-1);
    hash.recovered(0);
    expect([hash.state(0), isClean(hash.buffer.image.bytes, 0)]).toEqual([RECOVERING, false]);
    expect(hash.takeRecovered()).toBe(0);
    expect([hash.state(0), isClean(hash.buffer.image.bytes, 0), hash.takeTouched()]).toEqual([
      CLEAN,
      true,
      true,
    ]);
    expect(isClean(hash.buffer.image.bytes, 1)).toBe(false);
    expect(hash.takeRecovered()).toBe(-1);
  });

  it('counts its write while it waits to be copied', () => {
    const hash = hashOf(false);
    hash.begin(0);
    hash.nextToRecover();
    expect([hash.state(0), hash.pending(0)]).toEqual([RECOVERING, 1]);
    expect(hash.end(0)).toBe(true);
    expect(hash.state(0)).toBe(RECOVERING);
  });
});
