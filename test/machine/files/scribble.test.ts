import { describe, expect, it } from 'vitest';
import { mismatchesOf } from '../../../src/aftermath/judge.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import { seeded } from '../../../src/sim/seeded.js';
import { instantOf } from '../../../src/sim/time.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { APART, direct, scenarioWith, versions, writesBy } from '../../support/direct-stories.js';
import { drive } from '../../support/small-scenario.js';
import { only, second } from '../../support/told.js';

describe("a scribble into an O_DIRECT write's buffer", () => {
  const RACE = 'app: [{ at: 60s }, { direct: [/a, 0B, 1KiB] }, { create: /a }]';

  it('is seen by a leg that samples later, and by no other', () => {
    const told = direct(`${RACE}, other: [{ at: 63s }, { scribble: [/a, 0B, 512B] }]`, APART);
    const [store] = only(told.all, 'store').filter(({ actor }) => actor === 'other');
    expect(store?.sampledBefore).toEqual([true, false]);
    // A reader finds what the default leg holds.
    expect(versions(told, 0)).toEqual([2, 3, 2]);
  });

  it('is seen by all legs that have yet to sample', () => {
    const told = direct(
      `${RACE}, other: [{ at: 60.5s }, { scribble: [/a, 0B, 512B] }]`,
      'mirror.log=' + drive('1s', '1s'),
    );
    expect(versions(told, 0)).toEqual([3, 3, 3]);
  });

  it.each([
    ['before it', '59s', '0B'],
    ['after it', '80s', '0B'],
    ['beside it', '63s', '1KiB'],
  ])('changes nothing %s', (_, at, offset) => {
    const told = direct(
      `${RACE}, other: [{ at: ${at} }, { scribble: [/a, ${offset}, 512B] }]`,
      APART,
    );
    expect(only(told.all, 'store').filter(({ actor }) => actor === 'other')).toEqual([]);
    expect(new Set(versions(told, 0)).size).toBe(1);
  });

  it('changes nothing of a part that is on the legs already', () => {
    const told = direct(
      'app: [{ at: 60s }, { direct: [/a, 0B, 8KiB] }], other: [{ at: 63s }, { scribble: [/a, 0B, 8KiB] }]',
      'mirror.regionSize=4KiB',
    );
    expect(writesBy('app', told).length).toBeGreaterThan(2);
    expect(versions(told, 0)).toEqual([2, 2, 2]);
    expect(versions(told, 7)).toEqual([3, 3, 3]);
  });

  it('before the first request is seen by all legs, and nobody is to blame', () => {
    const told = direct(
      'app: [{ at: 700s }, { direct: [/a, 0B, 1KiB] }], other: [{ at: 707s }, { scribble: [/a, 0B, 512B] }]',
      'preemption=5s',
      'duration=900s',
    );
    const [stored] = only(told.all, 'store').filter(({ actor }) => actor === 'other');
    expect(stored?.sampledBefore).toEqual([]);
    expect(versions(told, 0)).toEqual([3, 3, 3]);
    expect(told.lab.world.applicationsSectors()).toEqual([]);
  });

  it('is told apart by the meters: the mirror was never exposed, the application was', () => {
    const { world } = direct(
      `${RACE}, other: [{ at: 63s }, { scribble: [/a, 0B, 512B] }]`,
      APART,
    ).lab;
    expect(world.exposure.windowCount).toBe(0);
    expect(world.byApplication.windowCount).toBeGreaterThan(0);
    expect(mismatchesOf(world.crash())).toEqual(world.applicationsSectors());
  });

  it('goes on where it was exposed when the next write is scribbled into as well', () => {
    const { world } = direct(
      `app: [{ at: 60s }, { direct: [/a, 0B, 1KiB] }, { at: 80s }, { direct: [/a, 0B, 1KiB] }], other: [{ at: 65s }, { scribble: [/a, 0B, 512B] }, { at: 81s }, { scribble: [/a, 0B, 512B] }]`,
      APART,
      `mirror.log=${drive('1s', '1s')}`,
      'duration=90s',
    ).lab;
    // Covered by the mark of the second write, which is durable two seconds after it.
    expect(world.byApplication.windowCount).toBe(1);
    expect(second(world.byApplication.window(0).toNs)).toBe(82);
  });

  it('is forgotten when a later write of the sector has completed', () => {
    const again = '{ at: 80s }, { direct: [/a, 0B, 1KiB] }, { create: /a }';
    const { world } = direct(
      `app: [{ at: 60s }, { direct: [/a, 0B, 1KiB] }, ${again}], other: [{ at: 63s }, { scribble: [/a, 0B, 512B] }]`,
      APART,
    ).lab;
    expect(world.byApplication.window(0).toNs).toBeLessThan(88e9);
    expect(world.applicationsSectors()).toEqual([]);
    expect(mismatchesOf(world.crash())).toEqual([]);
  });

  it("leaves a race of the page cache over the same sector the mirror's", () => {
    const lab = laboratory(
      scenarioWith(
        `app: [{ at: 60s }, { direct: [/a, 0B, 1KiB] }, { overwrite: [/a, 0B, 1KiB] }, { fsync: /a }], other: [{ at: 63s }, { scribble: [/a, 0B, 512B] }],
         maps: [{ at: 71s }, { store: [/a, 0B, 512B] }]`,
        APART,
        'duration=90s',
      ),
      clearWhenIdle,
    );
    const { world } = lab;
    world.reset(seeded('1'));
    world.runTo(instantOf(90e9 - 1));
    world.finish(instantOf(90e9));
    expect(world.applicationsSectors()).toEqual([]);
    expect(mismatchesOf(world.crash())).toHaveLength(1);
    expect(world.exposure.windowCount).toBe(1);
  });
});
