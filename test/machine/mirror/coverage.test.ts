import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Coverage } from '../../../src/machine/mirror/coverage.js';
import { geometryOf } from '../../../src/media/geometry.js';
import { arena } from '../../../src/sim/arena.js';

/** Three regions of 16 sectors; the last one has 8. */
const GEOMETRY = geometryOf(40, 16, 2);
const BYTES = [8192, 8192, 4096];
const END = 60;

interface Told {
  readonly after: number;
  readonly region: number;
}

/** Bytes and regions covered, added up nanosecond by nanosecond. */
function bruteForce(script: readonly Told[], initially: boolean): Record<string, number> {
  const covered = BYTES.map(() => initially);
  const sums = { byteNs: 0, regionNs: 0, marks: 0, clears: 0 };
  let next = 0;
  let at = script[0]?.after ?? END;
  for (let ns = 0; ns < END; ns++) {
    while (next < script.length && at <= ns) {
      const { region } = script[next]!;
      covered[region] = covered[region] !== true;
      if (covered[region]) sums.marks++;
      else sums.clears++;
      next++;
      at += script[next]?.after ?? END;
    }
    for (const [region, is] of covered.entries()) {
      if (!is) continue;
      sums.byteNs += BYTES[region]!;
      sums.regionNs++;
    }
  }
  return sums;
}

describe('what recovery would copy, over all instants', () => {
  it('is what counting each nanosecond finds', () => {
    const told = fc.record({ after: fc.nat(9), region: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(told, { maxLength: 6 }), fc.boolean(), (script, initially) => {
        const coverage = new Coverage(GEOMETRY, arena().meters);
        coverage.reset(initially);
        const covered = BYTES.map(() => initially);
        let at = 0;
        for (const { after, region } of script) {
          at += after;
          covered[region] = covered[region] !== true;
          coverage.recorded(region, covered[region], at);
        }
        coverage.finish(END);
        const { byteNs, regionNs, marks, clears } = coverage;
        expect({ byteNs, regionNs, marks, clears }).toEqual(bruteForce(script, initially));
      }),
    );
  });
});
