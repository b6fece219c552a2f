import { describe, expect, it } from 'vitest';
import {
  backgroundPercent,
  rateLimitOf,
  throttlePercent,
  watermarksOf,
} from '../../../src/machine/memory/watermarks.js';

const MiB = 2 ** 20;
const pagesOf = (bytes: number): number => bytes / 4096;
const RATIOS = { background: 5, throttle: 10 };

describe('watermarks', () => {
  it.each([
    // min_free_kbytes of 1 GiB is 4096 (mm/page_alloc.c).
    [1024 * MiB, { min: 1024, low: 1280, high: 1536 }],
    [16 * MiB, { min: 128, low: 160, high: 192 }],
    // The root is not whole: sqrt(20 MiB in kB * 16) = 572.4..., 143 pages; low and high lose their
    // fractions too.
    [20 * MiB, { min: 143, low: 178, high: 214 }],
    // Never less than 128 kB, never more than 64 MiB.
    [256 * 1024, { min: 32, low: 40, high: 48 }],
    [2 ** 40, { min: 16_384, low: 20_480, high: 24_576 }],
  ])('of %i bytes', (bytes, marks) => {
    expect(watermarksOf(pagesOf(bytes))).toEqual(marks);
  });
});

describe('the limits of dirty pages', () => {
  it('are 5 and 10 % where processes use nothing', () => {
    expect(throttlePercent(4096, 0, RATIOS)).toBe(10);
    expect(backgroundPercent(10, RATIOS)).toBe(5);
  });

  it('fall to half of what processes leave, and never under 5 %', () => {
    expect(throttlePercent(1000, 800, RATIOS)).toBe(10);
    expect(throttlePercent(1000, 840, RATIOS)).toBe(8);
    expect(throttlePercent(1000, 1000, RATIOS)).toBe(5);
  });

  it('leave pdflush half of the writer’s where that is not more', () => {
    expect(backgroundPercent(6, RATIOS)).toBe(5);
    expect(backgroundPercent(5, RATIOS)).toBe(2);
  });

  it('are looked at every thirty-second part of memory, every 16 to 1024 pages', () => {
    expect([100, 4096, 2 ** 20].map(rateLimitOf)).toEqual([16, 128, 1024]);
  });
});
