import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fingerprint } from '../../src/sim/fingerprint.js';

function after(act: (fingerprint: Fingerprint) => void): string {
  const fingerprint = new Fingerprint();
  fingerprint.reset();
  act(fingerprint);
  return fingerprint.text();
}

function ofWords(words: readonly number[]): string {
  return after((fingerprint) => {
    for (const word of words) fingerprint.mix(word);
  });
}

const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('a fingerprint', () => {
  it('is 16 hexadecimal digits that mean the same everywhere', () => {
    expect(ofWords([])).toBe('bb67ae856a09e667');
    expect(ofWords([0, 1, -1, 0x12345678])).toBe('34d148ef7f7faee6');
  });

  it('shows the order of words', () => {
    fc.assert(
      fc.property(fc.array(word), word, word, fc.array(word), (before, a, b, behind) => {
        fc.pre(a !== b);
        expect(ofWords([...before, a, b, ...behind])).not.toBe(
          ofWords([...before, b, a, ...behind]),
        );
      }),
    );
  });

  it('shows every bit of every word, in both halves', () => {
    const words = Array.from({ length: 8 }, (_, n) => Math.imul(n + 1, 0x9e3779b1));
    const whole = ofWords(words);
    for (let n = 0; n < words.length - 1; n++) {
      for (let bit = 0; bit < 32; bit++) {
        const flipped = ofWords(words.map((w, i) => (i === n ? w ^ (1 << bit) : w)));
        expect(flipped.slice(0, 8)).not.toBe(whole.slice(0, 8));
        expect(flipped.slice(8)).not.toBe(whole.slice(8));
      }
    }
  });

  it('shows how many zeroes there were', () => {
    const zeroes = Array.from({ length: 20 }, (_, n) => ofWords(Array<number>(n).fill(0)));
    expect(new Set(zeroes).size).toBe(20);
  });

  it('shows every bit of an event: its instant and its slot', () => {
    const seen = new Set([
      after((f) => {
        f.mixEvent(0, 0);
      }),
    ]);
    for (let bit = 0; bit < 53; bit++)
      seen.add(
        after((f) => {
          f.mixEvent(2 ** bit, 0);
        }),
      );
    for (let bit = 0; bit < 10; bit++)
      seen.add(
        after((f) => {
          f.mixEvent(0, 2 ** bit);
        }),
      );
    expect(seen.size).toBe(1 + 53 + 10);
  });

  it('shows every bit of a wide number', () => {
    const seen = new Set([
      after((f) => {
        f.mixWide(0);
      }),
    ]);
    for (let bit = 0; bit < 53; bit++)
      seen.add(
        after((f) => {
          f.mixWide(2 ** bit);
        }),
      );
    expect(seen.size).toBe(54);
  });

  it('starts anew after a reset', () => {
    const fingerprint = new Fingerprint();
    fingerprint.mix(77);
    fingerprint.reset();
    fingerprint.mix(5);
    expect(fingerprint.text()).toBe(ofWords([5]));
  });
});
