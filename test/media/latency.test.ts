import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DRIVES, DRIVE_NAMES } from '../../src/media/drives.js';
import {
  constantLatency,
  latencyModel,
  type LatencyModel,
  type Spread,
} from '../../src/media/latency.js';
import { durationOf, milliseconds, seconds } from '../../src/sim/time.js';

const duration = fc.nat({ max: 60_000_000_000 }).map(durationOf);
const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

function percentiles(...points: readonly (readonly [number, number])[]): Spread {
  return {
    kind: 'percentiles',
    points: points.map(([percent, ns]) => ({ percent, latency: durationOf(ns) })),
  };
}

const uniform: fc.Arbitrary<Spread> = fc.tuple(duration, duration).map(([a, b]) => ({
  kind: 'uniform',
  from: durationOf(Math.min(a, b)),
  to: durationOf(Math.max(a, b)),
}));
const list: fc.Arbitrary<Spread> = fc
  .array(duration, { minLength: 1, maxLength: 8 })
  .map((values) => ({ kind: 'list', values }));
const percentileTable: fc.Arbitrary<Spread> = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 999_999 }), { maxLength: 6 }),
    fc.array(duration, { minLength: 8, maxLength: 8 }),
  )
  .map(([ranks, latencies]) => {
    const percents = [0, ...ascending(ranks).map((rank) => rank / 10_000), 100];
    const rising = ascending(latencies);
    return percentiles(...percents.map((percent, n) => [percent, rising[n]!] as const));
  });

/** The least and the most that a spread says. */
function range(spread: Spread): [number, number] {
  if (spread.kind === 'uniform') return [spread.from, spread.to];
  const values =
    spread.kind === 'list' ? spread.values : spread.points.map((point) => point.latency);
  return [Math.min(...values), Math.max(...values)];
}

describe('every latency model', () => {
  it('gives whole nanoseconds that stay in range and never fall as the answer grows', () => {
    fc.assert(
      fc.property(
        fc.oneof(uniform, list, percentileTable),
        fc.array(fc.maxSafeNat(), { maxLength: 20 }),
        (spread, draws) => {
          const model = latencyModel(spread);
          const [least, most] = range(spread);
          const answers = ascending([...draws.map((n) => n % model.bound), 0, model.bound - 1]);
          let before = least;
          for (const answer of answers) {
            const latency = model.at(answer);
            expect(Number.isSafeInteger(latency)).toBe(true);
            expect(latency).toBeGreaterThanOrEqual(before);
            expect(latency).toBeLessThanOrEqual(most);
            before = latency;
          }
          expect(model.at(0)).toBe(least);
        },
      ),
    );
  });
});

describe('a uniform latency', () => {
  it('has one answer for each nanosecond, both ends included', () => {
    const model = latencyModel({ kind: 'uniform', from: durationOf(10), to: durationOf(14) });
    expect(model.bound).toBe(5);
    expect([0, 1, 2, 3, 4].map((answer) => model.at(answer))).toEqual([10, 11, 12, 13, 14]);
  });

  it('that ends before it starts is refused', () => {
    const backwards: Spread = { kind: 'uniform', from: durationOf(2), to: durationOf(1) };
    expect(() => latencyModel(backwards)).toThrow('from 2 ns cannot end at 1 ns');
  });

  it('that is constant leaves nothing to choose', () => {
    const model = constantLatency(milliseconds(3));
    expect([model.bound, model.at(0)]).toEqual([1, 3_000_000]);
    const none = latencyModel({ kind: 'uniform', from: durationOf(0), to: durationOf(0) });
    expect([none.bound, none.at(0)]).toEqual([1, 0]);
  });
});

describe('a list of latencies', () => {
  it('is sorted, and what is listed twice is twice as likely', () => {
    const model = latencyModel({ kind: 'list', values: [9, 5, 100, 5].map(durationOf) });
    expect(model.bound).toBe(4);
    expect([0, 1, 2, 3].map((answer) => model.at(answer))).toEqual([5, 5, 9, 100]);
  });

  it('is not changed by being sorted', () => {
    const values = [9, 5].map(durationOf);
    latencyModel({ kind: 'list', values });
    expect(values).toEqual([9, 5]);
  });

  it('needs one, and knows no answer but its own', () => {
    expect(() => latencyModel({ kind: 'list', values: [] })).toThrow(RangeError);
    const model = latencyModel({ kind: 'list', values: [seconds(1)] });
    expect(() => model.at(1)).toThrow('no latency 1 of 1');
  });
});

describe('a percentile table', () => {
  /** How many of all answers are at most this long. */
  function share(model: LatencyModel, latency: number): number {
    let low = 0;
    let high = model.bound;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (model.at(middle) <= latency) low = middle + 1;
      else high = middle;
    }
    return low / model.bound;
  }

  const fio = percentiles([0, 1_000], [50, 9_000], [99, 20_000], [99.99, 2_000_000], [100, 3e7]);

  it('is exact at its points', () => {
    const model = latencyModel(fio);
    expect(model.bound).toBe(1_000_000);
    expect([0, 500_000, 990_000, 999_900].map((answer) => model.at(answer))).toEqual([
      1_000, 9_000, 20_000, 2_000_000,
    ]);
    expect([9_000, 20_000, 2_000_000].map((latency) => share(model, latency).toFixed(3))).toEqual([
      '0.500',
      '0.990',
      '1.000',
    ]);
    expect(share(model, 3e7)).toBe(1);
  });

  it('is a straight line between them', () => {
    const model = latencyModel(percentiles([0, 100], [25, 1_000_100], [100, 1_000_100]));
    expect([1, 2, 125_000, 249_999].map((answer) => model.at(answer))).toEqual([
      104, 108, 500_100, 1_000_096,
    ]);
    expect(model.at(250_000)).toBe(1_000_100);
    expect(model.at(999_999)).toBe(1_000_100);
  });

  it.each([
    ['none', [], 'start at 0 and end at 100'],
    [
      'no start',
      [
        [1, 5],
        [100, 6],
      ],
      'start at 0 and end at 100',
    ],
    [
      'no end',
      [
        [0, 5],
        [99, 6],
      ],
      'start at 0 and end at 100',
    ],
    [
      'one percent twice',
      [
        [0, 5],
        [50, 6],
        [50, 7],
        [100, 8],
      ],
      'percentiles must ascend',
    ],
    [
      'falling percents',
      [
        [0, 5],
        [50, 6],
        [40, 7],
        [100, 8],
      ],
      'percentiles must ascend',
    ],
    [
      'falling latencies',
      [
        [0, 5],
        [50, 9],
        [100, 8],
      ],
      'must not fall',
    ],
  ] as const)('with %s is refused', (_, points, complaint) => {
    expect(() => latencyModel(percentiles(...points))).toThrow(complaint);
  });
});

describe('the drives on the shelf', () => {
  it.each(DRIVE_NAMES)(
    '%s has latencies that can be drawn, each spread over some range',
    (name) => {
      const { firstSample, durable, sectorTime } = DRIVES[name];
      for (const spread of [firstSample, durable]) {
        const model = latencyModel(spread);
        expect(model.at(0)).toBeGreaterThan(0);
        expect(model.at(model.bound - 1)).toBeGreaterThan(model.at(0));
      }
      expect(sectorTime).toBeGreaterThan(0);
    },
  );

  it('stand in the order of their median time to be durable', () => {
    const medians = DRIVE_NAMES.map((name) => latencyModel(DRIVES[name].durable).at(500_000));
    expect(medians).toEqual([10_000_000, 60_000, 10_000]);
  });

  it('move a page as fast as their manuals say', () => {
    const bytesPerSecond = DRIVE_NAMES.map((name) => (512 * 1e9) / DRIVES[name].sectorTime / 1e6);
    expect(bytesPerSecond.map(Math.round)).toEqual([78, 70, 1903]);
  });
});
