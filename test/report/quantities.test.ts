import { describe, expect, it } from 'vitest';
import {
  counted,
  grouped,
  instant,
  listed,
  percent,
  size,
  span,
} from '../../src/report/quantities.js';

describe('numbers', () => {
  it('read as lengths of time in the unit that fits', () => {
    const read = [0, 1, 999, 1_500, 46_200_000, 30_120_000_000, 120e9, 7200e9].map(span);
    expect(read).toEqual([
      ...['0 ns', '1 ns', '999 ns', '1.5 us', '46.2 ms', '30.1 s', '120 s', '7,200 s'],
    ]);
  });

  it('are rounded up into the next unit', () => {
    expect([999_400, 999_999, 999_999_999].map(span)).toEqual(['999 us', '1 ms', '1 s']);
  });

  it('read as instants to the microsecond', () => {
    expect(instant(35_018_402_113)).toBe('35.018402 s');
  });

  it('read as shares, and only nothing is 0 %, only all is 100 %', () => {
    expect([0, 1e-9, 0.000123, 0.25123, 0.9951, 0.99999, 1].map(percent)).toEqual([
      ...['0 %', '<0.001 %', '0.0123 %', '25.1 %', '99.51 %', '>99.99 %', '100 %'],
    ]);
  });

  it('read as sizes', () => {
    expect([0, 1, 1536, 3.5 * 2 ** 20, 2 ** 30].map(size)).toEqual([
      ...['0 bytes', '1 byte', '1.5 KiB', '3.5 MiB', '1 GiB'],
    ]);
  });

  it('are grouped and counted the same in every locale', () => {
    expect([0, 999, 1000, 48_213, 1_000_000].map(grouped)).toEqual([
      ...['0', '999', '1,000', '48,213', '1,000,000'],
    ]);
    expect([counted(1, 'region'), counted(1200, 'region')]).toEqual(['1 region', '1,200 regions']);
  });

  it('lists read as English', () => {
    expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual([
      ...['', 'a', 'a and b', 'a, b and c'],
    ]);
  });
});
