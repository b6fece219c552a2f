import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle, type LandingDevice } from '../../src/media/landing.js';

/** A device whose sectors land at these instants. */
function device(name: string, instants: readonly number[], landed: string[]): LandingDevice {
  const waiting = [...instants];
  return {
    nextLanding: () => waiting[0] ?? Infinity,
    landOne: () => landed.push(`${name}@${waiting.shift() ?? 'never'}`),
  };
}

describe('settling', () => {
  it('takes in the sectors of all devices in the order of time', () => {
    const landed: string[] = [];
    settle([device('a', [1, 4, 6], landed), device('b', [2, 3, 7], landed)], 6);
    expect(landed).toEqual(['a@1', 'b@2', 'b@3', 'a@4', 'a@6']);
  });

  it('includes the instant itself and nothing later', () => {
    const landed: string[] = [];
    settle([device('a', [10, 11], landed)], 10);
    expect(landed).toEqual(['a@10']);
  });

  it('takes the earlier device first when two sectors land together', () => {
    const landed: string[] = [];
    settle([device('a', [5], landed), device('b', [4, 5], landed), device('c', [5], landed)], 5);
    expect(landed).toEqual(['b@4', 'a@5', 'b@5', 'c@5']);
  });

  it('does nothing when nothing is on its way, however long one waits', () => {
    const landed: string[] = [];
    settle([], 100);
    settle([device('a', [], landed), device('b', [], landed)], Infinity);
    expect(landed).toEqual([]);
  });

  it('gives the same whether it is done once or at every instant', () => {
    const instants = fc.array(fc.nat(30)).map((list) => list.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(fc.array(instants, { maxLength: 4 }), (lists) => {
        const once: string[] = [];
        settle(
          lists.map((list, n) => device(`${n}`, list, once)),
          30,
        );
        const often: string[] = [];
        const devices = lists.map((list, n) => device(`${n}`, list, often));
        for (let now = 0; now <= 30; now++) settle(devices, now);
        expect(often).toEqual(once);
        expect(once).toHaveLength(lists.flat().length);
      }),
    );
  });
});
