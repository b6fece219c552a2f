import { afterAll, describe, expect, it } from 'vitest';
import { MOST_SLOTS, activityLog } from '../../src/media/activity-log.js';
import { crc32c } from '../../src/media/crc32c.js';
import { geometryOf } from '../../src/media/geometry.js';
import { dice } from '../support/dice.js';
import { Files, ran, unless } from './real-drivers.js';
import { WrittenRecord } from './written-record.js';

/** 256 extents of 4 MiB. */
const GEOMETRY = geometryOf(256 * 8192, 8192, 2);
const RING_AT = 8;
const BITMAP_AT = 36 * 1024;

function log(slots = 67, clean = true): WrittenRecord {
  return new WrittenRecord(activityLog(GEOMETRY, slots), clean);
}

function hot(record: WrittenRecord, ...extents: number[]): void {
  for (const extent of extents) record.buffer.mark(extent);
  record.flush();
}

function transaction(n: number): number[] {
  return Array.from({ length: 8 }, (_, sector) => RING_AT + (n % 8) * 8 + sector);
}

describe('CRC-32C', () => {
  it('knows the known answer', () => {
    const digits = Uint8Array.from('123456789', (digit) => digit.charCodeAt(0));
    expect(~crc32c(0xffffffff, digits) >>> 0).toBe(0xe3069283);
    expect(crc32c(0, new Uint8Array(40))).toBe(0);
    expect(crc32c(crc32c(7, digits, 0, 4), digits, 4)).toBe(crc32c(7, digits));
  });
});

describe('a transaction of the activity log', () => {
  it('is 4 KiB in a ring of eight, however little has changed', () => {
    const record = log();
    for (let n = 0; n < 10; n++) hot(record, n);
    // The ring is full of transactions 0 to 7 at first.
    expect(record.writes).toEqual(Array.from({ length: 10 }, (_, n) => transaction(n)));
    expect(record.covered()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('is big-endian: magic, number, checksum, type, updates, slots, context', () => {
    const record = log();
    hot(record, 0, 3, 100);
    const { view } = record.durable;
    const at = RING_AT * 512;
    expect(view.getUint32(at)).toBe(0x69cb65a2);
    expect(view.getUint32(at + 4)).toBe(8);
    expect([12, 14, 16, 18].map((field) => view.getUint16(at + field))).toEqual([0, 3, 67, 0]);
    expect([0, 1, 2, 3].map((n) => view.getUint16(at + 36 + 2 * n))).toEqual([0, 1, 2, 0xffff]);
    expect([0, 1, 2].map((n) => view.getUint32(at + 164 + 4 * n))).toEqual([0, 3, 100]);
  });

  it('holds 64 updates; more take several', () => {
    const record = log(200);
    hot(record, ...Array.from({ length: 130 }, (_, extent) => extent));
    expect(record.writes).toEqual([transaction(0), transaction(1), transaction(2)]);
    expect(record.covered()).toHaveLength(130);
  });

  it('that is torn counts for nothing: the ones before it hold', () => {
    for (let torn = 1; torn <= 8; torn++) {
      const record = log(200);
      hot(record, ...Array.from({ length: 130 }, (_, extent) => extent));
      record.buffer.clear(2);
      record.buffer.mark(177);
      let landed = 0;
      record.flush(() => ++landed === torn);
      // The context of 130 slots ends in the second sector; behind it, all is as it was.
      expect(record.covered().includes(177)).toBe(torn >= 2);
      expect(record.covered().includes(2)).toBe(torn < 2);
      expect(record.covered()).toHaveLength(130);
    }
  });
});

describe('a log without a valid transaction', () => {
  it('says of no extent that it is clean', () => {
    const record = log();
    record.durable.bytes.fill(0, RING_AT * 512, BITMAP_AT);
    expect(record.covered()).toHaveLength(256);
  });
});

describe('an extent', () => {
  it('that is dropped stays hot until a transaction says otherwise', () => {
    const record = log();
    hot(record, 1, 2);
    record.buffer.clear(1);
    expect(record.buffer.takeTouched()).toBe(false);
    expect(record.covered()).toEqual([1, 2]);
    hot(record, 9);
    expect(record.covered()).toEqual([2, 9]);
  });

  it('that comes back before that keeps its slot and costs nothing', () => {
    const record = log();
    hot(record, 1, 2);
    for (const extent of [1, 2]) record.buffer.clear(extent);
    for (const extent of [2, 1]) record.buffer.mark(extent);
    expect(record.buffer.takeTouched()).toBe(false);
    record.flush();
    expect(record.writes).toHaveLength(1);
  });

  it('finds no slot where all are taken', () => {
    const record = log(3);
    hot(record, 1, 2, 3);
    expect(() => {
      record.buffer.mark(4);
    }).toThrow('no slot of the activity log is free');
    record.buffer.clear(2);
    hot(record, 4);
    expect(record.covered()).toEqual([1, 3, 4]);
  });

  it('has a log of 1 slot to what a ring less one transaction can hold', () => {
    expect(MOST_SLOTS).toBe(7 * 919);
    for (const slots of [0, MOST_SLOTS + 1, 1.5]) {
      expect(() => activityLog(GEOMETRY, slots)).toThrow('slots');
    }
  });
});

describe('the bitmap of DRBD', () => {
  it('says what is out of sync from the start, whatever is hot', () => {
    const record = log(67, false);
    expect(record.covered()).toHaveLength(256);
    record.buffer.clear(255);
    record.flush();
    expect(record.covered()).not.toContain(255);
    expect(record.writes).toEqual([[BITMAP_AT / 512 + 63]]);
  });
});

describe('numbers of transactions', () => {
  it('wrap around', () => {
    const record = log();
    for (let n = 0; n < 20; n++) hot(record, n);
    const before = record.covered();
    // As after 2^32 - 32 more transactions: the next ones pass 0.
    for (let n = 0; n < 8; n++) renumber(record.durable.bytes, n, 0x100000000 - 32);
    record.reboot();
    for (let n = 0; n < 12; n++) {
      record.buffer.clear(n);
      hot(record, 100 + n);
    }
    expect(before).toHaveLength(20);
    expect(record.covered()).toEqual([
      ...Array.from({ length: 8 }, (_, n) => 12 + n),
      ...Array.from({ length: 12 }, (_, n) => 100 + n),
    ]);
  });
});

/** Adds to the number of the transaction in this block, and signs it again. */
function renumber(bytes: Uint8Array, block: number, more: number): void {
  const at = 4096 * (1 + block);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setUint32(at + 4, (view.getUint32(at + 4) + more) % 2 ** 32);
  view.setUint32(at + 8, 0);
  view.setUint32(at + 8, crc32c(0, bytes, at, at + 4096));
}

const NO_DRBDMETA = unless('drbdmeta');

describe.skipIf(NO_DRBDMETA !== '')(`drbdmeta${NO_DRBDMETA}`, () => {
  const files = new Files();
  afterAll(() => {
    files.clear();
  });

  it('replays what crashes left as we do, torn or not', { timeout: 60_000 }, () => {
    const pick = dice(3);
    let torn = 0;
    for (let history = 0; history < 25; history++) {
      const slots = 67 + pick(2000);
      const record = log(slots);
      const live = new Set<number>();
      for (let flush = 0; flush <= pick(25); flush++) {
        const most = pick(20) === 0 ? 150 : 5;
        for (let n = pick(most); n > 0; n--) {
          const extent = pick(256);
          if (live.delete(extent)) record.buffer.clear(extent);
          else if (live.size < slots) {
            live.add(extent);
            record.buffer.mark(extent);
          }
        }
        record.flush();
      }
      let left = pick(3) === 0 ? pick(8) : Infinity;
      if (left < Infinity) torn++;
      for (const extent of [7, 70, 170]) if (!live.has(extent)) record.buffer.mark(extent);
      record.flush(() => left-- === 0);

      const ours = record.covered();
      const file = files.write(
        'meta',
        record.durable.bytes,
        Math.max(record.durable.bytes.length, 80 * 1024),
      );
      const where = ['0', 'v08', file, 'flex-external'];
      const { code, text } = ran('drbdmeta', '--force', ...where, 'apply-al');
      expect([code, text.includes('No usable')]).toEqual([0, false]);
      const after = files.read('meta');
      const theirs = Array.from({ length: 256 }, (_, extent) => extent).filter((extent) => {
        const bits = after.subarray(BITMAP_AT + extent * 128, BITMAP_AT + extent * 128 + 128);
        return bits.every((byte) => byte === 0xff);
      });
      expect(theirs).toEqual(ours);
    }
    expect(torn).toBeGreaterThan(3);
  });
});
