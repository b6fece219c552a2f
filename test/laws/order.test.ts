import { describe, expect, it } from 'vitest';
import { laboratory } from '../../src/lab/laboratory.js';
import type { CrashImage } from '../../src/media/crash-image.js';
import { regionOf } from '../../src/media/geometry.js';
import { covers } from '../../src/media/record.js';
import { InFlight, watchedRun } from '../support/watched-run.js';
import { casesOf, FAR_BENCH, SMALL_BENCHES } from './benches.js';

/** Regions that a leg is being written in although a crash would not copy them. */
function unmarkedUnderWrite(image: CrashImage, inFlight: InFlight): number[] {
  const regions: number[] = [];
  for (const { sector, sectors } of inFlight.all()) {
    const first = regionOf(image.geometry, sector);
    const last = regionOf(image.geometry, sector + sectors - 1);
    for (let region = first; region <= last; region++) {
      if (!covers(image.record, region)) regions.push(region);
    }
  }
  return regions;
}

describe('a mark is durable before any leg is written, and nothing is cleared while a write is in flight', () => {
  it.each(casesOf('order', [...SMALL_BENCHES, FAR_BENCH]))(
    '%s: %s',
    (_, __, scenario, strategy) => {
      const lab = laboratory(scenario, strategy);
      const broken: string[] = [];
      let looked = 0;
      const inFlight = new InFlight();
      watchedRun(
        lab,
        '1',
        (happening) => {
          inFlight.hear(happening);
        },
        (world) => {
          if (inFlight.count === 0) return;
          looked++;
          for (const region of unmarkedUnderWrite(world.crash(), inFlight)) {
            broken.push(`${world.now} ns: region ${region}`);
          }
        },
      );
      expect(broken).toEqual([]);
      expect(looked).toBeGreaterThan(50);
    },
  );
});

describe('a request stays within one region', () => {
  it.each(casesOf('cut', SMALL_BENCHES))('%s: %s', (_, __, scenario, strategy) => {
    const lab = laboratory(scenario, strategy);
    const perRegion = lab.world.geometry.regionSectors;
    const crossing: number[] = [];
    watchedRun(lab, '3', (told) => {
      if (told.kind !== 'submitted' && told.kind !== 'transfer') return;
      const last = told.sector + told.sectors - 1;
      if (Math.floor(told.sector / perRegion) !== Math.floor(last / perRegion)) {
        crossing.push(told.sector);
      }
    });
    expect(crossing).toEqual([]);
  });
});
