import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BITSET_AT,
  formatLog,
  isBelieved,
  isClean,
  logBytes,
  setClean,
  setMarked,
  storedRegions,
} from '../../src/media/dm-log.js';

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

function logOf(regions: number, clean: boolean): Uint8Array {
  const log = new Uint8Array(logBytes(regions));
  formatLog(log, regions, clean);
  return log;
}

describe('the log of a 32 MiB mirror with regions of 1024 sectors', () => {
  // Seen on a real kernel: model.md, section 9.
  const log = logOf(64, true);

  it('starts with the header that the kernel writes', () => {
    expect(hex(log.subarray(0, 16))).toBe('72 52 69 4d 02 00 00 00 40 00 00 00 00 00 00 00');
    expect(log.subarray(16, BITSET_AT).every((byte) => byte === 0)).toBe(true);
    expect([isBelieved(log), storedRegions(log)]).toEqual([true, 64]);
  });

  it('has its bitset at byte 1024: all clean is eight times ff, and nothing behind', () => {
    expect(hex(log.subarray(1024, 1032))).toBe('ff ff ff ff ff ff ff ff');
    expect(log.subarray(1032).every((byte) => byte === 0)).toBe(true);
    expect(log.length).toBe(1536);
  });

  it('has ff fe ff ... when region 8 is marked', () => {
    const marked = log.slice();
    setMarked(marked, 8);
    expect(hex(marked.subarray(1024, 1032))).toBe('ff fe ff ff ff ff ff ff');
    setClean(marked, 8);
    expect(marked).toEqual(log);
  });

  it('is written all marked as eight zeroes', () => {
    expect(hex(logOf(64, false).subarray(1024, 1032))).toBe('00 00 00 00 00 00 00 00');
  });
});

describe('the buffer of a log', () => {
  it('is the header and the bitset, rounded up to whole sectors', () => {
    const sizes = [1, 32, 4096, 4097, 8192, 8193];
    expect(sizes.map((regions) => logBytes(regions) / 512)).toEqual([3, 3, 3, 4, 4, 5]);
  });

  it('has no bit for regions that are not there', () => {
    expect(hex(logOf(11, true).subarray(1024, 1028))).toBe('ff 07 00 00');
  });
});

describe('a header', () => {
  it('is believed with its magic, of version 1 or 2', () => {
    const believed = (at: number, value: number): boolean => {
      const log = logOf(11, true);
      log[at] = value;
      return isBelieved(log);
    };
    expect([0, 1, 2, 3].map((version) => believed(4, version))).toEqual([false, true, true, false]);
    expect([0, 1, 2, 3, 5, 6, 7].map((at) => believed(at, 0x99))).not.toContain(true);
  });

  it('counts regions in 64 bits, lowest byte first', () => {
    const log = logOf(11, true);
    for (let byte = 0; byte < 7; byte++) {
      log.fill(0, 8, 16);
      log[8 + byte] = byte < 6 ? 0x81 : 0x01;
      expect(storedRegions(log)).toBe((byte < 6 ? 0x81 : 0x01) * 256 ** byte);
    }
  });
});

describe('a bit', () => {
  it('changes alone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.boolean(),
        fc.array(fc.tuple(fc.nat(4999), fc.boolean()), { maxLength: 20 }),
        (regions, clean, changes) => {
          const log = logOf(regions, clean);
          const expected = Array.from({ length: regions }, () => clean);
          for (const [n, becomesClean] of changes) {
            const region = n % regions;
            if (becomesClean) setClean(log, region);
            else setMarked(log, region);
            expected[region] = becomesClean;
          }
          expect(expected.map((_, region) => isClean(log, region))).toEqual(expected);
          expect(log.subarray(0, 1024)).toEqual(logOf(regions, false).subarray(0, 1024));
        },
      ),
    );
  });
});
