import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SectorPool, ZERO_SECTOR } from '../../src/media/sector-pool.js';

const word = fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 });
const offsetOf = (step: number, width: number): fc.Arbitrary<number> =>
  fc.nat((512 - width) / step).map((n) => n * step);

/** One patch: as the pool does it, and as one would do it by hand. */
interface Patch {
  readonly name: string;
  readonly inPool: (pool: SectorPool, value: number) => number;
  readonly byHand: (bytes: DataView) => void;
}

const patch: fc.Arbitrary<Patch> = fc.oneof(
  fc.tuple(offsetOf(1, 1), word).map(([at, byte]) => ({
    name: `u8 ${byte} at ${at}`,
    inPool: (pool: SectorPool, value: number) => pool.withU8(value, at, byte),
    byHand: (bytes: DataView) => bytes.setUint8(at, byte),
  })),
  fc.tuple(offsetOf(2, 2), word).map(([at, short]) => ({
    name: `u16 ${short} at ${at}`,
    inPool: (pool: SectorPool, value: number) => pool.withU16(value, at, short),
    byHand: (bytes: DataView) => bytes.setUint16(at, short, true),
  })),
  fc.tuple(offsetOf(4, 4), word).map(([at, long]) => ({
    name: `u32 ${long} at ${at}`,
    inPool: (pool: SectorPool, value: number) => pool.withU32(value, at, long),
    byHand: (bytes: DataView) => bytes.setUint32(at, long, true),
  })),
  fc.tuple(offsetOf(4, 8), word, word).map(([at, first, second]) => ({
    name: `two u32 ${first} ${second} at ${at}`,
    inPool: (pool: SectorPool, value: number) => pool.withTwoU32(value, at, first, second),
    byHand: (bytes: DataView) => {
      bytes.setUint32(at, first, true);
      bytes.setUint32(at + 4, second, true);
    },
  })),
  fc.tuple(fc.nat(512), fc.uint8Array({ maxLength: 512 })).map(([at, given]) => {
    const bytes = given.slice(0, 512 - at);
    return {
      name: `${bytes.length} bytes at ${at}`,
      inPool: (pool: SectorPool, value: number) => pool.withBytes(value, at, bytes),
      byHand: (view: DataView) => {
        for (const [n, byte] of bytes.entries()) view.setUint8(at + n, byte);
      },
    };
  }),
  fc
    .tuple(fc.nat(512), fc.nat(512), fc.uint8Array({ minLength: 512, maxLength: 512 }))
    .map(([a, b, other]) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      return {
        name: `spliced from ${from} to ${to}`,
        inPool: (pool: SectorPool, value: number) =>
          pool.spliced(value, from, to, pool.intern(other)),
        byHand: (view: DataView) => {
          for (let at = from; at < to; at++) view.setUint8(at, other[at]!);
        },
      };
    }),
);

describe('a patch', () => {
  it('gives the value of the bytes patched by hand, the first time and when it is repeated', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 512, maxLength: 512 }),
        fc.array(patch, { minLength: 1, maxLength: 12 }),
        (start, patches) => {
          const pool = new SectorPool(2);
          for (const round of [1, 2]) {
            let value = pool.intern(start);
            const bytes = start.slice();
            for (const { name, inPool, byHand } of patches) {
              value = inPool(pool, value);
              byHand(new DataView(bytes.buffer));
              expect(value, `${name}, round ${round}`).toBe(pool.intern(bytes));
              expect(pool.view(value)).toEqual(bytes);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of the same number in another width is another patch', () => {
    const pool = new SectorPool();
    const full = pool.intern(new Uint8Array(512).fill(0xff));
    const widths = [
      pool.withU8(full, 4, 5),
      pool.withU16(full, 4, 5),
      pool.withU32(full, 4, 5),
      pool.withTwoU32(full, 4, 5, 0),
      pool.spliced(full, 4, 5, ZERO_SECTOR),
    ];
    expect(widths.map((value) => pool.view(value).findLastIndex((byte) => byte !== 0xff))).toEqual([
      4, 5, 7, 11, 4,
    ]);
    expect(new Set(widths).size).toBe(5);
  });

  it('leaves the value it was made of as it was', () => {
    const pool = new SectorPool();
    const before = pool.withU32(ZERO_SECTOR, 8, 0x01020304);
    pool.withU8(before, 8, 0xff);
    pool.spliced(before, 0, 512, ZERO_SECTOR);
    expect(pool.u32(before, 8)).toBe(0x01020304);
  });

  it('that leaves the sector is refused', () => {
    const pool = new SectorPool();
    expect(() => pool.withBytes(ZERO_SECTOR, 510, Uint8Array.of(1, 2, 3))).toThrow(RangeError);
    expect(() => pool.spliced(ZERO_SECTOR, 0, 513, ZERO_SECTOR)).toThrow(RangeError);
  });

  it('gives the same values to a pool that forgets its patches and to one that never made them', () => {
    const pool = new SectorPool();
    const untouched = new SectorPool();
    // More distinct patches than the pool remembers: it forgets on the way, twice.
    const patched = (n: number): number => pool.withTwoU32(ZERO_SECTOR, 4 * (n % 8), n % 40, n);
    for (let n = 0; n < 70_000; n++) patched(n);
    for (const n of [0, 1, 32_767, 32_768, 32_769, 40_000, 69_999]) {
      const bytes = new Uint8Array(512);
      const view = new DataView(bytes.buffer);
      view.setUint32(4 * (n % 8), n % 40, true);
      view.setUint32(4 * (n % 8) + 4, n, true);
      const value = patched(n);
      expect(pool.view(value)).toEqual(bytes);
      expect(value).toBe(pool.intern(bytes));
      expect(pool.digestLow(value)).toBe(untouched.digestLow(untouched.intern(bytes)));
    }
  });
});
