import { expect, it } from 'vitest';
import { Bits } from '../../src/lab/bits.js';

it('keeps a bit for each that was pushed, beyond any length, and none for the rest', () => {
  const bits = new Bits();
  const isSet = (n: number): boolean => n % 7 === 3 || n === 31 || n === 1024;
  for (let n = 0; n < 5000; n++) bits.push(isSet(n));
  expect(bits.length).toBe(5000);
  expect(Array.from({ length: 6000 }, (_, n) => bits.at(n)).filter(Boolean).length).toBe(714 + 1);
  for (let n = 0; n < 5000; n++) expect(bits.at(n)).toBe(isSet(n));
});
