import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arena, type Bank } from '../../src/sim/arena.js';
import { TouchedMap } from '../../src/sim/touched-map.js';

describe('the arrays of an arena', () => {
  it('stand beside each other: none sees what another holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('i32', 'u8', 'f64'), fc.nat(40)), { maxLength: 30 }),
        (wanted) => {
          const { state } = arena();
          const arrays = wanted.map(([kind, length]) => state[kind](length));
          for (const [n, array] of arrays.entries()) array.fill(n + 1);
          for (const [n, array] of arrays.entries()) {
            expect(array.length).toBe(wanted[n]![1]);
            expect([...array].every((value) => value === n + 1)).toBe(true);
          }
        },
      ),
    );
  });

  it('may be longer than any other and still hold zeroes', () => {
    const { state } = arena();
    const small = state.u8(3);
    const large = state.f64(100_000);
    const next = state.i32(20_000);
    large.fill(7);
    expect([...small]).toEqual([0, 0, 0]);
    expect(next.every((value) => value === 0)).toBe(true);
  });

  it('are all zero again after a reset, in every bank', () => {
    const banks = arena();
    const fill = (bank: Bank): (Int32Array | Uint8Array | Float64Array)[] => [
      bank.u8(5).fill(9),
      bank.f64(9000).fill(0.5),
      bank.i32(3).fill(-1),
      bank.i32(30_000).fill(-1),
      bank.u8(1).fill(255),
    ];
    const arrays = [banks.state, banks.clock, banks.meters].flatMap(fill);
    banks.reset();
    for (const array of arrays) expect(array.findIndex((value) => value !== 0)).toBe(-1);
  });

  it('go back to their base when they are maps', () => {
    const banks = arena();
    const maps = [banks.state, banks.clock, banks.meters].map((bank) =>
      bank.map(Int32Array.of(5, 6, 7)),
    );
    for (const map of maps) map.set(1, 60);
    expect(maps.map((map) => map.values[1])).toEqual([60, 60, 60]);
    banks.reset();
    expect(maps.map((map) => [...map.values])).toEqual([
      [5, 6, 7],
      [5, 6, 7],
      [5, 6, 7],
    ]);
  });
});

describe('a map over a base', () => {
  it('never changes its base', () => {
    const base = Int32Array.of(5, 6, 7);
    const map = new TouchedMap(base);
    map.set(2, 70);
    expect([...base]).toEqual([5, 6, 7]);
    expect(map.base(2)).toBe(7);
    expect([...map.values]).toEqual([5, 6, 70]);
  });

  it('counts each entry that was set once, in the order of first touch', () => {
    const map = new TouchedMap(new Int32Array(10));
    for (const index of [7, 2, 7, 9, 2]) map.set(index, index);
    expect(map.touchedCount).toBe(3);
    expect([0, 1, 2].map((n) => map.touched(n))).toEqual([7, 2, 9]);
  });

  it('resets what was touched and looks at nothing else', () => {
    const map = new TouchedMap(new Int32Array(10));
    map.set(3, 30);
    map.values[4] = 40; // against the rules: only a reset that visits every entry would notice
    map.reset();
    expect(map.values[3]).toBe(0);
    expect(map.values[4]).toBe(40);
  });

  it('is as new after a reset, as often as one likes', () => {
    const change = fc.tuple(fc.nat(19), fc.integer({ min: -5, max: 5 }));
    fc.assert(
      fc.property(fc.array(fc.array(change), { maxLength: 5 }), (rounds) => {
        const base = Int32Array.from({ length: 20 }, (_, n) => n - 10);
        const map = new TouchedMap(base);
        for (const changes of rounds) {
          const expected = [...base];
          for (const [index, value] of changes) {
            map.set(index, value);
            expected[index] = value;
          }
          expect([...map.values]).toEqual(expected);
          expect(map.touchedCount).toBe(new Set(changes.map(([index]) => index)).size);
          map.reset();
          expect([...map.values]).toEqual([...base]);
          expect(map.touchedCount).toBe(0);
        }
      }),
    );
  });
});
