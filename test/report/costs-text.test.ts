import { describe, expect, it } from 'vitest';
import { costsText } from '../../src/report/costs-text.js';
import { NO_COSTS } from './mail-race.js';

describe('what a run cost', () => {
  it('is the writes of the record and the resync to expect, whatever they are', () => {
    expect(costsText(NO_COSTS)).toBe('0 record writes; no resync to expect');
  });

  it('is whatever else was paid', () => {
    const dear = {
      ...NO_COSTS,
      recordWrites: 1,
      expectedResyncBytes: 3_145_728.4,
      expectedResyncNs: 12.4e6,
      storeWaits: 3,
      storeWaitNs: 34e6,
      longestStoreWaitNs: 20e6,
      writesHeld: 2,
      copiedBytes: 1536,
      sums: 4000,
      syncs: 2,
      syncWriteBytes: 8192,
      writeLatencyP50Ns: 9e6,
      writeLatencyP99Ns: 41e6,
    };
    expect(costsText(dear).split('; ')).toEqual([
      '1 record write',
      'expected resync 3 MiB in 12.4 ms',
      '3 stores waited 34 ms in all, 20 ms at most',
      '2 writes held back',
      '1.5 KiB copied',
      '4,000 checksums',
      '2 sync() of its own, which wrote 8 KiB',
      'writes took 9 ms (p50) to 41 ms (p99)',
    ]);
  });

  it('of one store that waited is said once', () => {
    const one = { ...NO_COSTS, storeWaits: 1, storeWaitNs: 5e6, longestStoreWaitNs: 5e6 };
    expect(costsText(one)).toContain('; 1 store waited 5 ms');
  });
});
