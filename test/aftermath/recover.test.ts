import { describe, expect, it } from 'vitest';
import { mismatchesOf } from '../../src/aftermath/judge.js';
import {
  recover,
  recoverInterrupted,
  recoveryTime,
  regionTime,
  stepsOf,
  type Pace,
} from '../../src/aftermath/recover.js';
import { isClean } from '../../src/media/dm-log.js';
import { toResync } from '../../src/media/record.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { milliseconds } from '../../src/sim/time.js';
import { imageOf } from '../support/crash-images.js';

const REGION = 512;
/** The last region is short. */
const SECTORS = 3 * REGION + 100;

/** Legs that differ in every sector: leg n holds value n + 1 everywhere. */
function unequalLegs(count: number): DenseSectors[] {
  const pool = new SectorPool();
  for (let n = 1; n <= count; n++) pool.intern(new Uint8Array(512).fill(n));
  return Array.from({ length: count }, (_, n) => {
    const leg = new DenseSectors(pool, SECTORS);
    leg.values.fill(n + 1);
    return leg;
  });
}

describe('recovery', () => {
  it('copies marked regions in ascending order in pieces of 64 KiB, and clears each when it is whole', () => {
    const steps = stepsOf(imageOf(unequalLegs(2), [3, 1], REGION));
    expect(
      steps.map((step) => {
        if (step.kind === 'copy') return [step.sector, step.sectors];
        return step.kind === 'clear' ? step.region : step.kind;
      }),
    ).toEqual([[512, 128], [640, 128], [768, 128], [896, 128], 1, [1536, 100], 3]);
  });

  it('makes every leg equal to the default leg there, and touches nothing else', () => {
    const image = imageOf(unequalLegs(3), [1], REGION);
    const { image: recovered, resyncedRegions, resyncBytes } = recover(image);
    const values = recovered.legs.map((leg) =>
      [511, 512, 1023, 1024].map((sector) => leg.get(sector)),
    );
    expect(values).toEqual([
      [1, 1, 1, 1],
      [2, 1, 1, 2],
      [3, 1, 1, 3],
    ]);
    expect([resyncedRegions, resyncBytes]).toEqual([1, REGION * 512]);
    expect(image.legs[1]?.get(512)).toBe(2);
    expect(toResync(image.record)).toEqual([1]);
  });

  it('copies from the default leg, whichever that is', () => {
    const image = { ...imageOf(unequalLegs(3), [0], REGION), defaultLeg: 2 };
    expect(recover(image).image.legs.map((leg) => leg.get(0))).toEqual([3, 3, 3]);
    expect(recover(image).image.legs.map((leg) => leg.get(512))).toEqual([1, 2, 3]);
  });

  it('trusts what the log calls clean', () => {
    const image = imageOf(unequalLegs(2), [], REGION);
    const { image: recovered, resyncBytes } = recover(image);
    expect(resyncBytes).toBe(0);
    expect(recovered).toBe(image);
    expect(mismatchesOf(recovered)).toHaveLength(SECTORS);
  });

  it('copies everything when the header of the log is not believed', () => {
    const image = imageOf(unequalLegs(2), [], REGION);
    image.record.bytes[0] = 0;
    const { image: recovered, resyncedRegions } = recover(image);
    expect(resyncedRegions).toBe(4);
    expect(mismatchesOf(recovered)).toEqual([]);
  });

  it('leaves a region marked until its last piece is copied', () => {
    const image = imageOf(unequalLegs(2), [1], REGION);
    for (const cut of [0, 1, 4]) {
      const { image: left, resyncedRegions, resyncBytes } = recover(image, cut);
      expect([resyncedRegions, resyncBytes]).toEqual([0, cut * 128 * 512]);
      expect(isClean(left.record.bytes, 1)).toBe(false);
      expect(mismatchesOf(left)).toHaveLength(SECTORS - cut * 128);
    }
    expect(isClean(recover(image, 5).image.record.bytes, 1)).toBe(true);
  });

  it('begins anew when the power fails again, and ends the same', () => {
    const image = imageOf(unequalLegs(2), [0, 2], REGION);
    const whole = recover(image);
    const { image: left, resyncedRegions, resyncBytes } = recoverInterrupted(image, [70, 20]);
    expect(mismatchesOf(left)).toEqual(mismatchesOf(whole.image));
    expect(left.record.bytes).toEqual(whole.image.record.bytes);
    // Of ten steps seven are durable: region 0 and two of the four pieces of region 2. Of the five
    // that are left one is, a piece that is copied for the second time.
    expect(resyncedRegions).toBe(2);
    expect(resyncBytes).toBe((6 + 1 + 4) * 128 * 512);
  });

  it('comes no further than it is let', () => {
    const image = imageOf(unequalLegs(2), [0], REGION);
    expect(recoverInterrupted(image, [0, 0, 0]).resyncBytes).toBe(recover(image).resyncBytes);
    expect(recoverInterrupted(image, []).resyncBytes).toBe(recover(image).resyncBytes);
  });

  it('takes time: one log write a region, and eight pieces at once', () => {
    const pace: Pace = { subJob: () => milliseconds(100), logWrite: milliseconds(7) };
    const time = (marked: readonly number[], region: number): number =>
      recoveryTime(imageOf(unequalLegs(2), marked, region), pace) / 1e6;
    expect(time([], 512)).toBe(0);
    expect(time([0], 512)).toBe(107);
    expect(time([0, 2], 512)).toBe(214);
    expect(time([0], 1024)).toBe(107);
  });

  it('takes less for the few sectors that a region ends with', () => {
    const pace: Pace = { subJob: milliseconds, logWrite: milliseconds(7) };
    const time = (mostMarked: number): number[] =>
      [100, 1024, 1124].map((sectors) => regionTime(sectors, { mostMarked }, pace) / 1e6);
    expect(time(Infinity)).toEqual([107, 1031, 1131]);
    expect(time(0)).toEqual([100, 1024, 1124]);
  });
});
