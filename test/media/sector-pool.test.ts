import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SectorPool, TooManySectors, ZERO_SECTOR } from '../../src/media/sector-pool.js';

/** A sector that begins with these bytes. */
function sector(...bytes: number[]): Uint8Array {
  const all = new Uint8Array(512);
  all.set(bytes);
  return all;
}

function bytesOf(pool: SectorPool, value: number): Uint8Array {
  return pool.view(value).slice();
}

/** Sectors that differ in few bits, to be told apart, and sectors of any bytes. */
const anySector = fc.oneof(
  fc.tuple(fc.nat(511), fc.nat(255)).map(([at, byte]) => sector().fill(byte, at, at + 1)),
  fc.uint8Array({ minLength: 512, maxLength: 512 }),
);

describe('the values of a pool', () => {
  it('are equal exactly when their bytes are', () => {
    fc.assert(
      fc.property(fc.array(anySector, { maxLength: 40 }), (sectors) => {
        const pool = new SectorPool(2);
        const values = sectors.map((bytes) => pool.intern(bytes));
        for (const [a, first] of sectors.entries()) {
          for (const [b, second] of sectors.entries()) {
            const equal = first.every((byte, at) => byte === second[at]);
            if (equal !== (values[a] === values[b])) expect.fail(`sectors ${a} and ${b}`);
          }
        }
      }),
    );
  });

  it('hold their bytes for ever, however the pool grows', () => {
    const pool = new SectorPool(2);
    const values = Array.from({ length: 3000 }, (_, n) => pool.intern(sector(n, n >> 8, 1)));
    expect(new Set(values).size).toBe(3000);
    expect(pool.count).toBe(3001);
    for (const [n, value] of values.entries()) {
      expect(pool.u32(value, 0)).toBe(n + 65_536);
      expect(pool.intern(sector(n, n >> 8, 1))).toBe(value);
    }
    expect(bytesOf(pool, ZERO_SECTOR)).toEqual(sector());
  });

  it('begin with the zero sector', () => {
    const pool = new SectorPool();
    expect(pool.count).toBe(1);
    expect(pool.intern(sector())).toBe(ZERO_SECTOR);
    expect(pool.intern(sector(1))).not.toBe(ZERO_SECTOR);
  });

  it('do not change when the bytes change from which they were made', () => {
    const pool = new SectorPool();
    const bytes = sector(1, 2, 3);
    const value = pool.intern(bytes);
    bytes.fill(9);
    expect(bytesOf(pool, value)).toEqual(sector(1, 2, 3));
  });

  it('are read from anywhere in a longer run of bytes, but never past its end', () => {
    const pool = new SectorPool();
    const bytes = new Uint8Array(1024);
    bytes.set(sector(7, 8, 9), 512);
    expect(pool.intern(bytes, 512)).toBe(pool.intern(sector(7, 8, 9)));
    expect(() => pool.intern(bytes, 513)).toThrow(RangeError);
  });

  it('are read little-endian', () => {
    const pool = new SectorPool();
    const value = pool.intern(sector(0, 0, 0, 0, 0x11, 0x22, 0x33, 0xf4));
    expect(pool.u8(value, 5)).toBe(0x22);
    expect(pool.u16(value, 4)).toBe(0x2211);
    expect(pool.u16(value, 6)).toBe(0xf433);
    expect(pool.u32(value, 4)).toBe(0xf4332211);
  });
});

describe('a digest', () => {
  it('depends on the bytes alone, not on the order in which values were made', () => {
    fc.assert(
      fc.property(fc.array(anySector, { minLength: 2, maxLength: 30 }), (sectors) => {
        const pool = new SectorPool(2);
        const other = new SectorPool(1024);
        const values = sectors.map((bytes) => pool.intern(bytes));
        const others = sectors
          .toReversed()
          .map((bytes) => other.intern(bytes))
          .toReversed();
        expect(others.map((value) => other.digestLow(value))).toEqual(
          values.map((value) => pool.digestLow(value)),
        );
        expect(others.map((value) => other.digestHigh(value))).toEqual(
          values.map((value) => pool.digestHigh(value)),
        );
      }),
    );
  });

  it('differs when any one bit does', () => {
    const pool = new SectorPool();
    const digestOf = (value: number): string =>
      `${pool.digestHigh(value)}:${pool.digestLow(value)}`;
    const seen = new Set([digestOf(ZERO_SECTOR)]);
    for (let at = 0; at < 512; at++) {
      for (let bit = 0; bit < 8; bit++) seen.add(digestOf(pool.withU8(ZERO_SECTOR, at, 1 << bit)));
    }
    expect(seen.size).toBe(1 + 4096);
  });

  it('that two sectors share does not make them one value', () => {
    const pool = new SectorPool();
    // Found by looking: the digest is quick, not cryptographic.
    const first = pool.withTwoU32(ZERO_SECTOR, 0, 55_471, 0);
    const second = pool.withTwoU32(ZERO_SECTOR, 0, 177_054, 0x7793e680);
    expect(pool.digestLow(first)).toBe(pool.digestLow(second));
    expect(pool.digestHigh(first)).toBe(pool.digestHigh(second));
    expect([pool.u32(first, 0), pool.u32(second, 0)]).toEqual([55_471, 177_054]);
    expect(first).not.toBe(second);
  });

  it('means the same everywhere', () => {
    const pool = new SectorPool();
    const value = pool.intern(sector().map((_, at) => (at * 7) & 255));
    expect([pool.digestLow(value), pool.digestHigh(value)]).toEqual([-1488458853, -722836559]);
  });
});

describe('a pool that forgets', () => {
  it('gives the same numbers again to the values that come again', () => {
    const pool = new SectorPool(2);
    const kept = [1, 2, 3].map((byte) => pool.intern(sector(byte)));
    const mark = pool.count;
    const make = (): number[] => [
      pool.intern(sector(50)),
      pool.withU8(kept[0]!, 9, 9),
      pool.withU32(kept[1]!, 4, 77),
    ];
    const first = make();
    pool.forgetFrom(mark);
    expect(pool.count).toBe(mark);
    expect(make()).toEqual(first);
    expect([1, 2, 3].map((byte) => pool.intern(sector(byte)))).toEqual(kept);
  });

  it('remembers no patch that led to a forgotten value', () => {
    const pool = new SectorPool();
    const mark = pool.count;
    pool.withU8(ZERO_SECTOR, 0, 1);
    pool.forgetFrom(mark);
    const other = pool.withU8(ZERO_SECTOR, 0, 2);
    expect(other).toBe(mark);
    const again = pool.withU8(ZERO_SECTOR, 0, 1);
    expect(pool.u8(again, 0)).toBe(1);
    expect(pool.u8(other, 0)).toBe(2);
  });

  it('finds no forgotten bytes, even where new ones took their number', () => {
    const pool = new SectorPool();
    const mark = pool.count;
    for (let byte = 1; byte < 200; byte++) pool.intern(sector(byte));
    pool.forgetFrom(mark);
    for (let byte = 199; byte > 0; byte--) {
      expect(pool.view(pool.intern(sector(byte)))[0]).toBe(byte);
    }
    expect(pool.count).toBe(mark + 199);
  });
});

describe('a pool that is full', () => {
  it('says so in words that end a run, and holds what it held', () => {
    const pool = new SectorPool(2, 4);
    for (let byte = 1; byte < 4; byte++) pool.intern(sector(byte));
    expect(() => pool.intern(sector(4))).toThrow(TooManySectors);
    expect(pool.view(pool.intern(sector(3)))[0]).toBe(3);
  });
});
