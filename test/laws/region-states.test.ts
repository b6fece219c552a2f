import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLEAN, DIRTY, RegionHash } from '../../src/machine/region-hash.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { dmLog, isClean } from '../../src/media/dm-log.js';
import { geometryOf } from '../../src/media/geometry.js';
import { arena } from '../../src/sim/arena.js';
import { SHIPPED } from '../../src/strategies/shipped.js';

const REGIONS = 5;
const GEOMETRY = geometryOf(REGIONS * 8, 8, 2);

/** What kmirrord and the legs do to the hash, in any order in which they may. */
const deeds = fc.array(
  fc.record({
    deed: fc.constantFrom('begin', 'begin', 'end', 'end', 'pass'),
    region: fc.nat(REGIONS - 1),
  }),
  { maxLength: 80 },
);

/** Plays the deeds; `look` sees the hash after each, with the writes that are in flight by region. */
function play(
  strategy: FixStrategy,
  script: readonly { readonly deed: string; readonly region: number }[],
  look: (hash: RegionHash, inFlight: readonly number[]) => void,
): void {
  const hash = new RegionHash(REGIONS, dmLog(GEOMETRY), strategy, arena());
  hash.reset(true);
  const inFlight = Array.from({ length: REGIONS }, () => 0);
  for (const { deed, region } of script) {
    if (deed === 'begin') {
      hash.begin(region);
      inFlight[region]!++;
    } else if (deed === 'pass') {
      hash.clearIdle(() => undefined);
    } else if (inFlight[region]! > 0) {
      inFlight[region]!--;
      hash.end(region);
    }
    look(hash, inFlight);
  }
}

describe.each(SHIPPED.map((strategy) => [strategy.name, strategy] as const))(
  '%s',
  (_, strategy) => {
    it('never holds a clean bit for a region with a write in flight', () => {
      fc.assert(
        fc.property(deeds, (script) => {
          play(strategy, script, (hash, inFlight) => {
            for (const [region, writes] of inFlight.entries()) {
              expect(hash.pending(region)).toBe(writes);
              if (writes > 0) expect(isClean(hash.buffer.image.bytes, region)).toBe(false);
            }
          });
        }),
      );
    });

    it('has a region dirty when a write is in flight', () => {
      fc.assert(
        fc.property(deeds, (script) => {
          play(strategy, script, (hash, inFlight) => {
            inFlight.forEach((writes, region) => {
              if (writes > 0) expect(hash.state(region)).toBe(DIRTY);
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
          play(strategy, script, (hash) => {
            const { deed } = script[at++]!;
            for (let region = 0; region < REGIONS; region++) {
              const clean = isClean(hash.buffer.image.bytes, region);
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

/** Those that clear what has drained; the others keep a region dirty after its last write: that is the fix. */
const CLEARING = SHIPPED.filter((strategy) => strategy.region('drained', 0) === 'clear');

describe.each(CLEARING.map((strategy) => [strategy.name, strategy] as const))(
  '%s clears what has drained, so',
  (_, strategy) => {
    it('a region is dirty exactly while a write is in flight, and clean on the log one pass later', () => {
      fc.assert(
        fc.property(deeds, (script) => {
          let at = 0;
          play(strategy, script, (hash, inFlight) => {
            const { deed } = script[at++]!;
            inFlight.forEach((writes, region) => {
              expect(hash.state(region)).toBe(writes > 0 ? DIRTY : CLEAN);
              if (deed === 'pass')
                expect(isClean(hash.buffer.image.bytes, region)).toBe(writes === 0);
            });
          });
        }),
      );
    });
  },
);
