import { describe, expect, it } from 'vitest';
import { crashAt } from '../../../src/lab/crash.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import type { CrashImage } from '../../../src/media/crash-image.js';
import { seeded } from '../../../src/sim/seeded.js';
import { instantOf } from '../../../src/sim/time.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { shippedScenario } from '../../support/shipped-scenarios.js';

const TIMES = [0, 30.003e9, 49e9];

describe('images of one run', () => {
  it('stand apart, and are those of a run that takes only one', () => {
    const lab = laboratory(shippedScenario('short.yaml'), clearWhenIdle);
    lab.world.reset(seeded('3'));
    const several = TIMES.map((at) => crashAt(lab, instantOf(at)).image);
    const held = several.map(heldIn);
    expect(new Set(held).size).toBe(TIMES.length);
    TIMES.forEach((at, n) => {
      const other = laboratory(shippedScenario('short.yaml'), clearWhenIdle);
      for (const seed of ['8', '3']) {
        other.world.reset(seeded(seed));
        const { image } = crashAt(other, instantOf(at));
        if (seed === '3') expect(heldIn(image)).toBe(held[n]);
      }
    });
  });
});

/** All bytes of the disks. */
function heldIn({ legs, record }: CrashImage): string {
  const sectors = legs.flatMap((leg) =>
    Array.from({ length: leg.count }, (_, sector) => {
      const value = leg.get(sector);
      return `${leg.pool.digestHigh(value)} ${leg.pool.digestLow(value)}`;
    }),
  );
  return [...sectors, ...record.bytes].join();
}
