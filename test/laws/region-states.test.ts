import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLEAN, DIRTY } from '../../src/machine/mirror/region-hash.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { SHIPPED } from '../../src/strategies/shipped.js';
import { RegionBench } from '../support/region-bench.js';

const REGIONS = 5;

/** What kmirrord and the legs do to the hash, in any order in which they may. */
const deeds = fc.array(
  fc.record({
    deed: fc.constantFrom('begin', 'begin', 'end', 'end', 'pass'),
    region: fc.nat(REGIONS - 1),
  }),
  { maxLength: 80 },
);

/**
 * Plays the deeds; `look` sees the hash after each, with the writes that are in flight by region.
 */
function play(
  strategy: FixStrategy,
  script: readonly { readonly deed: string; readonly region: number }[],
  look: (regions: RegionBench, inFlight: readonly number[]) => void,
): void {
  const regions = new RegionBench(strategy, REGIONS, true);
  const inFlight = Array.from({ length: REGIONS }, () => 0);
  for (const { deed, region } of script) {
    if (deed === 'begin') {
      regions.begin(region);
      inFlight[region]!++;
    } else if (deed === 'pass') {
      regions.pass();
    } else if (inFlight[region]! > 0) {
      inFlight[region]!--;
      regions.end(region);
    }
    look(regions, inFlight);
  }
}

describe.each(SHIPPED.map((strategy) => [strategy.name, strategy] as const))(
  '%s',
  (_, strategy) => {
    it('never holds a clean bit for a region with a write in flight', () => {
      fc.assert(
        fc.property(deeds, (script) => {
          play(strategy, script, (regions, inFlight) => {
            for (const [region, writes] of inFlight.entries()) {
              expect(regions.hash.pending(region)).toBe(writes);
              if (writes > 0) expect(regions.saysClean(region)).toBe(false);
            }
          });
        }),
      );
    });

    it('has a region dirty when a write is in flight', () => {
      fc.assert(
        fc.property(deeds, (script) => {
          play(strategy, script, (regions, inFlight) => {
            inFlight.forEach((writes, region) => {
              if (writes > 0) expect(regions.hash.state(region)).toBe(DIRTY);
            });
          });
        }),
      );
    });

    it('drops a bit only in a pass of kmirrord', () => {
      fc.assert(
        fc.property(deeds, (script) => {
          const marked = new Set<number>();
          let at = 0;
          play(strategy, script, (regions) => {
            const { deed } = script[at++]!;
            for (let region = 0; region < REGIONS; region++) {
              const clean = regions.saysClean(region);
              if (clean && marked.has(region)) expect(deed).toBe('pass');
              if (clean) marked.delete(region);
              else marked.add(region);
            }
          });
        }),
      );
    });
  },
);

/**
 * Those that clear what has drained; the others keep a region dirty after its last write: that is
 * the fix.
 */
const CLEARING = SHIPPED.filter(
  (strategy) => strategy.region('drained', 0, new Int32Array(1), () => 0) === 'clear',
);

describe.each(CLEARING.map((strategy) => [strategy.name, strategy] as const))(
  '%s clears what has drained, so',
  (_, strategy) => {
    it('a region is dirty exactly while a write is in flight, and clean on the log one pass later', () => {
      fc.assert(
        fc.property(deeds, (script) => {
          let at = 0;
          play(strategy, script, (regions, inFlight) => {
            const { deed } = script[at++]!;
            inFlight.forEach((writes, region) => {
              expect(regions.hash.state(region)).toBe(writes > 0 ? DIRTY : CLEAN);
              if (deed === 'pass') expect(regions.saysClean(region)).toBe(writes === 0);
            });
          });
        }),
      );
    });
  },
);
