import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSize, meantDuration } from '../../src/scenario/units.js';
import { formatDuration, parseDuration } from '../../src/sim/time.js';

const DAYS = 30 * 24 * 3600;

describe('a duration', () => {
  it('is read back exactly from its text', () => {
    const unit = fc.constantFrom(1, 1e3, 1e6, 1e9);
    fc.assert(
      fc.property(unit, fc.nat(DAYS * 1e3), (size, amount) => {
        const value = Math.min(size * amount, DAYS * 1e9);
        expect(parseDuration(formatDuration(value))).toBe(value);
      }),
    );
    expect(parseDuration('2148388.802s')).toBe(2148388802000000);
    expect(parseDuration('0.3us')).toBe(300);
    expect(parseDuration('0.0003us')).toBeUndefined();
  });

  it('is guessed from what people write', () => {
    const written = ['30 sec', '5msec', '200µs', '2 minutes', '1.5H', '30', '3 fortnights'];
    expect(written.map(meantDuration)).toEqual([
      '30s',
      '5ms',
      '200us',
      '2min',
      '1.5h',
      undefined,
      undefined,
    ]);
  });
});

describe('a size', () => {
  it('is written in the largest unit that divides it', () => {
    expect([0, 512, 1024, 1536, 2 ** 20, 2 ** 32].map(formatSize)).toEqual([
      '0B',
      '512B',
      '1KiB',
      '1536B',
      '1MiB',
      '4GiB',
    ]);
  });
});
