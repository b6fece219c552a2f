import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WriteLatency, bucketOf, endOf } from '../../../src/machine/mirror/write-latency.js';
import { arena } from '../../../src/sim/arena.js';

const LAST = bucketOf(Number.MAX_SAFE_INTEGER);

describe('buckets of latencies', () => {
  it('are 800 up to 2^53 ns, each with an end of its own', () => {
    expect(LAST).toBe(799);
    expect(endOf(LAST)).toBe(Number.MAX_SAFE_INTEGER);
    for (let bucket = 0; bucket <= LAST; bucket++) {
      expect(bucketOf(endOf(bucket))).toBe(bucket);
      if (bucket < LAST) expect(bucketOf(endOf(bucket) + 1)).toBe(bucket + 1);
    }
  });

  it('are exact below 32 ns', () => {
    for (let ns = 0; ns < 32; ns++) expect(endOf(bucketOf(ns))).toBe(ns);
  });

  const latency = fc.oneof(
    fc.nat(),
    fc.maxSafeNat(),
    fc.nat(52).map((bits) => 2 ** bits),
    fc.nat(52).map((bits) => 2 ** bits - 1),
  );

  it('end at most a sixteenth above what they hold', () => {
    fc.assert(
      fc.property(latency, (ns) => {
        const end = endOf(bucketOf(ns));
        expect(end).toBeGreaterThanOrEqual(ns);
        expect(end - ns).toBeLessThanOrEqual(ns / 16);
      }),
    );
  });

  it('go up with the latency', () => {
    fc.assert(
      fc.property(latency, latency, (a, b) => {
        expect(bucketOf(Math.min(a, b))).toBeLessThanOrEqual(bucketOf(Math.max(a, b)));
      }),
    );
  });
});

describe('the latency of writes', () => {
  const meter = (...ns: readonly number[]): WriteLatency => {
    const latency = new WriteLatency(4, arena().meters);
    for (const [n, one] of ns.entries()) {
      latency.submitted((n % 4) + 1, 1e9 + n);
      latency.completed((n % 4) + 1, 1e9 + n + one);
    }
    return latency;
  };

  it('is nothing when there was none', () => {
    expect(meter().percentile(99)).toBe(0);
  });

  it('has a median that half of them do not exceed', () => {
    expect(meter(10, 20, 30, 31).percentile(50)).toBe(20);
    expect(meter(10, 20, 30).percentile(50)).toBe(20);
    expect(meter(7).percentile(50)).toBe(7);
  });

  it('has a 99th percentile that one of a hundred may exceed', () => {
    const hundred = Array.from({ length: 99 }, () => 5);
    expect(meter(...hundred, 1e6).percentile(99)).toBe(5);
    expect(meter(...hundred, 1e6, 1e6).percentile(99)).toBe(endOf(bucketOf(1e6)));
    expect(meter(...hundred, 1e6).percentile(100)).toBe(endOf(bucketOf(1e6)));
  });

  it('is told from the submission of that very request', () => {
    const latency = new WriteLatency(4, arena().meters);
    latency.submitted(1, 100);
    latency.submitted(2, 105);
    latency.completed(2, 115);
    latency.completed(1, 120);
    expect([latency.percentile(50), latency.percentile(100)]).toEqual([10, 20]);
  });
});
