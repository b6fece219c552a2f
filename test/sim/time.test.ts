import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  START,
  after,
  between,
  durationOf,
  formatDuration,
  instantOf,
  microseconds,
  milliseconds,
  parseDuration,
  seconds,
} from '../../src/sim/time.js';

const anyNanoseconds = fc.oneof(
  fc.maxSafeNat(),
  fc.nat({ max: 10_000_000_000 }),
  // Near multiples of a unit, where texts are short.
  fc
    .tuple(fc.constantFrom(1e3, 1e6, 1e9), fc.nat(8_000_000), fc.integer({ min: -2, max: 2 }))
    .map(([unit, n, off]) => Math.abs(unit * n + off)),
);

describe('the text of a duration', () => {
  it('says the same duration when it is read', () => {
    fc.assert(
      fc.property(anyNanoseconds, (value) => {
        expect(parseDuration(formatDuration(value))).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  it('says the same duration up to the last nanosecond of 104 days', () => {
    for (const value of [2 ** 53 - 1, 9_006_999_999_999_997, 9_007_199_254_000_001]) {
      expect(parseDuration(formatDuration(value))).toBe(value);
    }
  });

  it('has the largest unit that needs at most three decimals', () => {
    const texts = [0, 1, 999, 1_000, 1_500, 1_001_000, 1_001_000_000, 30e9, 1_000_001, 3_600e9];
    expect(texts.map(formatDuration)).toEqual([
      '0s',
      '1ns',
      '999ns',
      '1us',
      '1.5us',
      '1.001ms',
      '1.001s',
      '30s',
      '1000.001us',
      '3600s',
    ]);
  });

  it('never has more than three decimals', () => {
    fc.assert(
      fc.property(anyNanoseconds, (value) => {
        expect(formatDuration(value)).toMatch(/^\d+(\.\d{0,2}[1-9])?(ns|us|ms|s)$/);
      }),
    );
  });
});

describe('reading a duration', () => {
  it('knows six units', () => {
    const texts = ['7ns', '7us', '7ms', '7s', '7min', '7h'];
    expect(texts.map(parseDuration)).toEqual([7, 7e3, 7e6, 7e9, 420e9, 25_200e9]);
  });

  it('is exact where binary fractions are not', () => {
    expect(parseDuration('0.3us')).toBe(300);
    expect(parseDuration('1.005s')).toBe(1_005_000_000);
    expect(parseDuration('9007199.254740991s')).toBe(2 ** 53 - 1);
    expect(parseDuration('0.00000000000027777777777777777777h')).toBeUndefined();
  });

  it.each([
    '',
    '5',
    's',
    '5 s',
    ' 5s',
    '5s ',
    '-1s',
    '+1s',
    '1e3s',
    '.5s',
    '5.s',
    '5S',
    '5m',
    '1,5s',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('refuses what is no whole number of nanoseconds, or too many', () => {
    expect(parseDuration('0.5ns')).toBeUndefined();
    expect(parseDuration('1.0000000001s')).toBeUndefined();
    expect(parseDuration('9007199.254740992s')).toBeUndefined();
    expect(parseDuration('99999999h')).toBeUndefined();
  });
});

describe('instants and durations', () => {
  it('are whole, not negative and exact', () => {
    for (const value of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
      expect(() => durationOf(value)).toThrow(RangeError);
      expect(() => instantOf(value)).toThrow(RangeError);
    }
    expect(() => microseconds(0.0005)).toThrow(RangeError);
    expect([microseconds(2), milliseconds(2), seconds(2)]).toEqual([2e3, 2e6, 2e9]);
  });

  it('add up', () => {
    const later = after(START, seconds(3));
    expect(later).toBe(3e9);
    expect(between(START, later)).toBe(seconds(3));
    expect(between(later, later)).toBe(0);
  });
});
