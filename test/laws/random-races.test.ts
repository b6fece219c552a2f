/**
 * The laws over random scenarios, strategies and seeds. Letters are those of the invariants at the
 * end of docs/model.md's numbers: (a) no write before its mark is durable, (b) a region is dirty
 * while a write is pending, (c) clean and idle does not mean equal, (d) undisturbed, the legs come
 * to agree, (e) what was marked agrees after recovery. (b) has test/laws/region-states.test.ts.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { recover } from '../../src/aftermath/recover.js';
import { laboratory, type Laboratory } from '../../src/lab/laboratory.js';
import type { Happening } from '../../src/machine/happening.js';
import { NotModelled } from '../../src/machine/operation.js';
import { regionOf } from '../../src/media/geometry.js';
import { covers, toResync } from '../../src/media/record.js';
import { seeded } from '../../src/sim/seeded.js';
import { instantOf, seconds } from '../../src/sim/time.js';
import { CAMPAIGN, PATIENCE } from '../support/campaign.js';
import { InFlight, watchedRun } from '../support/watched-run.js';
import { disagreements } from './exposure-agreement.js';
import { races, type Race } from './random-races.js';

const LONG = 4 * PATIENCE;

/** Runs the law over so many races; one that asks for what is not modelled says nothing. */
function always(
  runs: number,
  law: (race: Race) => void,
  inputs = races('all', seconds(3), 60),
): void {
  fc.assert(
    fc.property(inputs, (race) => {
      try {
        law(race);
      } catch (error) {
        fc.pre(!(error instanceof NotModelled));
        throw error;
      }
    }),
    { numRuns: runs * CAMPAIGN },
  );
}

function ended({ scenario, strategy, seed }: Race): Laboratory {
  const lab = laboratory(scenario, strategy);
  lab.world.reset(seeded(seed));
  lab.world.runTo(instantOf(scenario.duration - 1));
  return lab;
}

describe('in any race', () => {
  it(
    '(a) a mark is durable before any leg is written, and stays while a write is in flight',
    () => {
      let looked = 0;
      always(12, ({ scenario, strategy, seed }) => {
        const inFlight = new InFlight();
        // What a first recovery copies is told as transfers too, and nobody submitted it.
        const submitted = new Set<number>();
        const hear = (happening: Happening): void => {
          inFlight.hear(happening);
          if (happening.kind === 'submitted') submitted.add(happening.request);
          if (happening.kind === 'completed') submitted.delete(happening.request);
        };
        watchedRun(laboratory(scenario, strategy), seed, hear, (world) => {
          if (submitted.size === 0) return;
          const { record, geometry } = world.crash();
          for (const { request, sector, sectors } of inFlight.all()) {
            if (!submitted.has(request)) continue;
            for (const each of [sector, sector + sectors - 1]) {
              expect(covers(record, regionOf(geometry, each))).toBe(true);
            }
          }
          looked++;
        });
      });
      expect(looked).toBeGreaterThan(100);
    },
    LONG,
  );

  it(
    '(c) a crash ends in divergence exactly when the run was exposed at that instant',
    () => {
      let pairs = 0;
      always(40, ({ scenario, strategy, seed }) => {
        const agreement = disagreements(scenario, strategy, [seed], 10);
        expect(agreement.disagreements).toEqual([]);
        pairs += agreement.pairs;
      });
      expect(pairs).toBeGreaterThan(300);
    },
    LONG,
  );

  it(
    '(d) without a crash, once all is written back undisturbed, the legs agree',
    () => {
      const law = (race: Race): void => {
        expect(mismatchesOf(ended(race).world.crash())).toEqual([]);
      };
      always(20, law, races('without scribbles', seconds(100), 40));
    },
    LONG,
  );

  it(
    '(e) after a crash and its recovery every region that was marked agrees, and no other changed',
    () => {
      let marked = 0;
      always(40, (race) => {
        const lab = laboratory(race.scenario, race.strategy);
        lab.world.reset(seeded(race.seed));
        for (let at = 100e6; at < race.scenario.duration; at += 333e6) {
          lab.world.runTo(instantOf(at));
          const image = lab.world.crash();
          const regions = new Set(toResync(image.record));
          const others = mismatchesOf(image).filter((sector) => {
            return !regions.has(regionOf(image.geometry, sector));
          });
          expect(mismatchesOf(recover(image).image)).toEqual(others);
          marked += regions.size;
        }
      });
      expect(marked).toBeGreaterThan(100);
    },
    LONG,
  );

  it(
    'the same seed comes to the same end, in a world that has run before too',
    () => {
      always(20, (race) => {
        const lab = ended(race);
        const first = lab.world.fingerprint;
        lab.world.reset(seeded(race.seed));
        lab.world.runTo(instantOf(race.scenario.duration - 1));
        expect(lab.world.fingerprint).toBe(first);
        expect(ended(race).world.fingerprint).toBe(first);
      });
    },
    LONG,
  );
});
