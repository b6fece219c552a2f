/**
 * The order of marks and writes: a mark first, a clear last, and each request within one region.
 */
import { laboratory } from '../../src/lab/laboratory.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import type { CrashImage } from '../../src/media/crash-image.js';
import { regionOf } from '../../src/media/geometry.js';
import { toResync, type DurableRecord } from '../../src/media/record.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { InFlight, watchedRun } from '../support/watched-run.js';

export interface Looked {
  readonly broken: readonly string[];
  /** Events after which some write was in flight. */
  readonly looked: number;
}

/** Looks after every event whether a crash would copy whatever some leg is being written in. */
export function unmarkedWrites(scenario: Scenario, strategy: FixStrategy, seed: string): Looked {
  const lab = laboratory(scenario, strategy);
  const broken: string[] = [];
  let looked = 0;
  const inFlight = new InFlight();
  const covered = new Covered();
  watchedRun(
    lab,
    seed,
    (happening) => {
      inFlight.hear(happening);
    },
    (world) => {
      if (inFlight.count === 0) return;
      looked++;
      for (const region of unmarkedUnderWrite(world.crash(), inFlight, covered)) {
        broken.push(`${world.now} ns: region ${region} is written and not marked`);
      }
    },
  );
  return { broken, looked };
}

/** Regions that a leg is being written in although a crash would not copy them. */
function unmarkedUnderWrite(image: CrashImage, inFlight: InFlight, covered: Covered): number[] {
  const wouldCopy = covered.by(image.record);
  const regions: number[] = [];
  for (const { sector, sectors } of inFlight.all()) {
    const first = regionOf(image.geometry, sector);
    const last = regionOf(image.geometry, sector + sectors - 1);
    for (let region = first; region <= last; region++) {
      if (!wouldCopy.has(region)) regions.push(region);
    }
  }
  return regions;
}

/** What a record says: read again only when it has other bytes, as after few events it has. */
class Covered {
  #bytes = new Uint8Array();
  #regions: ReadonlySet<number> | undefined;

  by(record: DurableRecord): ReadonlySet<number> {
    if (this.#regions === undefined || Buffer.compare(record.bytes, this.#bytes) !== 0) {
      this.#bytes = record.bytes.slice();
      this.#regions = new Set(toResync(record));
    }
    return this.#regions;
  }
}

/** Requests that reach from one region into the next. */
export function crossings(scenario: Scenario, strategy: FixStrategy, seed: string): string[] {
  const lab = laboratory(scenario, strategy);
  const perRegion = lab.world.geometry.regionSectors;
  const crossing: string[] = [];
  watchedRun(lab, seed, (told) => {
    if (told.kind !== 'submitted' && told.kind !== 'transfer') return;
    const last = told.sector + told.sectors - 1;
    if (Math.floor(told.sector / perRegion) !== Math.floor(last / perRegion)) {
      crossing.push(`a request from sector ${told.sector} to ${last}`);
    }
  });
  return crossing;
}
