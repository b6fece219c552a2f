import { describe, expect, it } from 'vitest';
import { hinted } from '../../src/sim/hinted.js';

const HINTS = [
  { stream: 'leg 0', n: 0, what: 'durable', bound: 10, answer: 7 },
  { stream: 'leg 0', n: 2, what: 'durable', bound: 10, answer: 3 },
];

describe('a hint', () => {
  it('answers its question, and every other one is answered with 0', () => {
    const leg = hinted(HINTS).stream('leg 0');
    expect([0, 1, 2, 3].map(() => leg.choose(10, 'durable'))).toEqual([7, 0, 3, 0]);
  });

  it('is passed over where another question is asked: it is no error', () => {
    const leg = hinted(HINTS).stream('leg 0');
    expect(leg.choose(10, 'first sample')).toBe(0);
    expect(leg.choose(10, 'durable')).toBe(0);
    expect(leg.choose(11, 'durable')).toBe(0);
  });

  it('is one of its stream', () => {
    expect(hinted(HINTS).stream('leg 1').choose(10, 'durable')).toBe(0);
  });
});
