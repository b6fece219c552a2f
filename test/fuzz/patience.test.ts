import { describe, expect, it } from 'vitest';
import { MOST_PROCESSOR_SECONDS, MOST_WALL_SECONDS, Patience, type Used } from './patience.js';

const used = (processorSeconds: number, wallSeconds: number): Used => ({
  processorSeconds,
  wallSeconds,
});

describe('patience with an input', () => {
  it('is not lost while the machine gives it no processor', () => {
    const patience = new Patience();
    expect(patience.lostWith(7, used(3, 10))).toBeUndefined();
    expect(patience.lostWith(7, used(8, 10 + MOST_WALL_SECONDS))).toBeUndefined();
  });

  it('is lost with what computes for too long, and says for how long', () => {
    const patience = new Patience();
    patience.lostWith(7, used(3, 10));
    expect(patience.lostWith(7, used(3 + MOST_PROCESSOR_SECONDS, 200))).toBeUndefined();
    expect(patience.lostWith(7, used(4 + MOST_PROCESSOR_SECONDS, 201))).toBe(
      'it hangs: 31 s of processor',
    );
  });

  it('is lost in the end with what computes nothing and does not come back', () => {
    const patience = new Patience();
    patience.lostWith(7, used(3, 10));
    expect(patience.lostWith(7, used(3, 11 + MOST_WALL_SECONDS))).toBe('it waits: 1801 s');
  });

  it('begins anew with each input, for what others used is not its own', () => {
    const patience = new Patience();
    patience.lostWith(7, used(0, 0));
    expect(patience.lostWith(8, used(5 * MOST_PROCESSOR_SECONDS, 0))).toBeUndefined();
    expect(patience.lostWith(8, used(5.5 * MOST_PROCESSOR_SECONDS, 0))).toBeUndefined();
  });
});
