import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { recover, stepsOf } from '../../src/aftermath/recover.js';
import { crashAt } from '../../src/lab/experiment.js';
import { laboratory } from '../../src/lab/laboratory.js';
import type { CrashImage } from '../../src/media/crash-image.js';
import { regionOf } from '../../src/media/geometry.js';
import { toResync } from '../../src/media/record.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf } from '../../src/sim/time.js';
import { dice } from '../support/dice.js';
import { toldBy } from '../support/watched-run.js';
import { LARGE_BENCHES, SMALL_BENCHES, casesOf, type Case } from './benches.js';

const CASES = casesOf('recovery', [...SMALL_BENCHES, ...LARGE_BENCHES]);

/** What crashes leave in the midst of writes to legs and log, and at any other instant. */
function crashes([, , scenario, strategy]: Case, seed: string, count: number): CrashImage[] {
  const lab = laboratory(scenario, strategy);
  const pick = dice(Number(seed));
  const transfers = toldBy(lab, seed).filter(({ kind }) => kind === 'transfer');
  const large = scenario.filesystem.bytes > 2 ** 20;
  const instants = Array.from({ length: large ? Math.ceil(count / 2) : count }, (_, n) =>
    n % 4 === 0
      ? pick(scenario.duration)
      : Math.min(transfers[pick(transfers.length)]!.at + pick(5e6), scenario.duration - 1),
  );
  lab.world.reset(seeded(seed));
  return instants.sort((a, b) => a - b).map((at) => crashAt(lab, instantOf(at)).image);
}

/** One text for every sector of the legs, and the record. */
/** What the legs hold, and what the record says: how often it was written may differ. */
function contentOf({ legs, geometry, record }: CrashImage): string {
  const hash = createHash('sha256').update(toResync(record).join());
  for (const leg of legs) {
    hash.update(Int32Array.from({ length: geometry.sectors }, (_, sector) => leg.get(sector)));
  }
  return hash.digest('hex');
}

describe('after recovery', () => {
  it.each(CASES)('%s, %s: every marked region agrees, all else is as it was', (...one) => {
    let marked = 0;
    for (const image of crashes(one, '1', 8)) {
      const { image: recovered } = recover(image);
      const regions = new Set(toResync(image.record));
      marked += regions.size;
      const left = mismatchesOf(recovered);
      expect(left.filter((sector) => regions.has(regionOf(image.geometry, sector)))).toEqual([]);
      const before = mismatchesOf(image);
      expect(left).toEqual(
        before.filter((sector) => !regions.has(regionOf(image.geometry, sector))),
      );
      const source = (one: CrashImage): string => contentOf({ ...recovered, legs: [one.legs[0]!] });
      expect(source(recovered)).toBe(source(image));
      // Nothing of a core log is durable: the next crash copies all again.
      const again = image.record.kind === 'core' ? [...regions] : [];
      expect(toResync(recovered.record)).toEqual(again);
    }
    expect(marked).toBeGreaterThan(0);
  });

  it.each(CASES)(
    '%s, %s: a second crash in the midst of it changes nothing in the end',
    (...one) => {
      const pick = dice(7);
      let cuts = 0;
      for (const image of crashes(one, '2', 6)) {
        const steps = stepsOf(image).length;
        if (steps === 0) continue;
        const whole = contentOf(recover(image).image);
        for (let cut = pick(2); cut <= steps; cut += 1 + pick(Math.ceil(steps / 3))) {
          const once = recover(image, cut).image;
          const twice = recover(once, pick(stepsOf(once).length + 1)).image;
          expect(contentOf(recover(twice).image)).toBe(whole);
          cuts++;
        }
      }
      expect(cuts).toBeGreaterThan(3);
    },
  );
});
