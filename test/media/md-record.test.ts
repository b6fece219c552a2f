import { afterAll, describe, expect, it } from 'vitest';
import { geometryOf } from '../../src/media/geometry.js';
import { END, FROM, MORE, imageOver } from '../../src/media/record-format.js';
import { recordFormat, toResync } from '../../src/media/record.js';
import { BITMAP_AT } from '../../src/media/md-bitmap.js';
import { BITS_AT } from '../../src/media/md-record.js';
import { Files, ran, unless } from './real-drivers.js';
import { WrittenRecord } from './written-record.js';

/** 256 chunks of 4 MiB. */
const GEOMETRY = geometryOf(256 * 8192, 8192, 2);
const ALL = Array.from({ length: 256 }, (_, region) => region);
const SUPERBLOCK = 4096;
/** The sectors of the superblock, and of the bitmap with its first bits. */
const FLAG = [8, 9];
const BITS = [16];

function recordOf(kind: 'md' | 'md-safemode', clean = true): WrittenRecord {
  return new WrittenRecord(recordFormat(kind, GEOMETRY), clean);
}

function hex(bytes: Uint8Array, from: number, length: number): string {
  return Buffer.from(bytes.subarray(from, from + length)).toString('hex');
}

function hexOf(text: string): string {
  return Buffer.from(text).toString('hex');
}

describe('the superblock of md', () => {
  it('stands at 4 KiB and says clean as 2^64-1, active as 0', () => {
    const record = recordOf('md');
    const { bytes } = record.durable;
    expect(hex(bytes, SUPERBLOCK, 12)).toBe('fc4e2ba9' + '01000000' + '01000000');
    expect(hex(bytes, SUPERBLOCK + 200, 16)).toBe('0100000000000000' + 'ffffffffffffffff');
    record.buffer.setActive(true);
    record.flush();
    expect(hex(bytes, SUPERBLOCK + 200, 16)).toBe('0200000000000000' + '0000000000000000');
  });

  it('has each field where md looks for it, lowest byte first', () => {
    const { view, bytes } = recordOf('md').durable;
    const u32 = (at: number): number => view.getUint32(SUPERBLOCK + at, true);
    const u64 = (at: number): bigint => view.getBigUint64(SUPERBLOCK + at, true);
    // Level, disks, place of the bitmap, roles.
    expect([72, 92, 96, 220].map(u32)).toEqual([1, 2, 8, 384]);
    // Size, where data begins and how much, where the superblock is.
    expect([80, 128, 136, 144].map(u64)).toEqual([256n * 8192n, 2048n, 256n * 8192n, 8n]);
    for (const at of [16, 168]) expect(hex(bytes, SUPERBLOCK + at, 4)).toBe(hexOf('desy'));
    expect(hex(bytes, SUPERBLOCK + 32, 8)).toBe(hexOf('desync') + '0000');
    expect(hex(bytes, SUPERBLOCK + 256, 6)).toBe('0000' + '0100' + 'ffff');
    expect(hex(bytes, SUPERBLOCK + 1022, 2)).toBe('ffff');
  });

  it('has no bitmap feature without one', () => {
    const { bytes } = recordOf('md-safemode').durable;
    expect(hex(bytes, SUPERBLOCK + 8, 4)).toBe('00000000');
    expect(hex(bytes, SUPERBLOCK + 96, 4)).toBe('00000000');
  });

  it('counts an event for each change of the flag, and none for what changes nothing', () => {
    const record = recordOf('md-safemode');
    for (const active of [true, true, false, false, true]) record.buffer.setActive(active);
    record.flush();
    expect(hex(record.durable.bytes, SUPERBLOCK + 200, 8)).toBe('0400000000000000');
  });

  it('is written after the bitmap, and only when the flag changes', () => {
    const { buffer } = recordOf('md');
    buffer.setActive(false);
    expect(buffer.takeTouched()).toBe(false);
    buffer.setActive(true);
    expect(buffer.takeTouched()).toBe(true);
    const writes = [0, 1, 2].map(() => {
      buffer.prepare();
      return [buffer.next[FROM], buffer.next[END], buffer.next[MORE]];
    });
    expect(writes).toEqual([
      [16, 17, 1],
      [8, 10, 0],
      [0, 0, 0],
    ]);
  });

  it('that is not believed has everything copied', () => {
    for (const kind of ['md', 'md-safemode'] as const) {
      const { bytes } = recordOf(kind).durable;
      expect(toResync({ format: recordFormat(kind, GEOMETRY), bytes })).toEqual([]);
      bytes[SUPERBLOCK + 32] = 0;
      expect(toResync({ format: recordFormat(kind, GEOMETRY), bytes })).toEqual(ALL);
    }
  });
});

describe('a superblock of which nothing is true', () => {
  it.each(['md', 'md-safemode'] as const)('%s: may claim anything', (kind) => {
    for (const fill of [0x00, 0x01, 0x7f, 0xff]) {
      const record = recordOf(kind);
      record.durable.bytes.fill(fill, SUPERBLOCK);
      const image = imageOver(record.durable.bytes, new Int32Array(8));
      for (const active of [true, false]) recordFormat(kind, GEOMETRY).setActive(image, active);
      const { bytes } = record.durable;
      expect(toResync({ format: recordFormat(kind, GEOMETRY), bytes })).toEqual(ALL);
    }
  });
});

describe('an md array without a bitmap', () => {
  it('is copied as a whole while its flag says active, and not at all otherwise', () => {
    const record = recordOf('md-safemode');
    record.buffer.mark(7);
    record.buffer.clear(9);
    expect(record.buffer.takeTouched()).toBe(false);
    expect(record.covered()).toEqual([]);
    record.buffer.setActive(true);
    record.flush();
    expect(record.covered()).toEqual(ALL);
    record.buffer.setActive(false);
    record.flush();
    expect(record.covered()).toEqual([]);
    expect(record.writes).toEqual([FLAG, FLAG]);
  });
});

describe('an md array with a bitmap', () => {
  it('has bits from byte 256 of the bitmap, 1 = dirty, lowest first', () => {
    const record = recordOf('md');
    for (const chunk of [0, 3, 100]) record.buffer.mark(chunk);
    record.flush();
    expect(hex(record.durable.bytes, BITMAP_AT, 8)).toBe('6269746d' + '04000000');
    expect(hex(record.durable.bytes, BITS_AT, 14)).toBe('09' + '00'.repeat(11) + '1000');
    expect(record.writes).toEqual([BITS]);
  });

  it('has a superblock of its own with the event, the size, its chunk and its daemon', () => {
    const record = recordOf('md');
    const { view, bytes } = record.durable;
    expect(hex(bytes, BITMAP_AT + 8, 4)).toBe(hexOf('desy'));
    const u64 = (at: number): bigint => view.getBigUint64(BITMAP_AT + at, true);
    expect([24, 32, 40].map(u64)).toEqual([1n, 1n, 256n * 8192n]);
    const u32 = (at: number): number => view.getUint32(BITMAP_AT + at, true);
    expect([48, 52, 56].map(u32)).toEqual([0, 8192 * 512, 5]);
  });

  it('is copied where bits are set while it is active', () => {
    const record = recordOf('md');
    record.buffer.setActive(true);
    for (const chunk of [0, 3, 100]) record.buffer.mark(chunk);
    record.flush();
    expect(record.covered()).toEqual([0, 3, 100]);
    record.buffer.clear(3);
    record.flush();
    expect(record.covered()).toEqual([0, 100]);
  });

  it('is not copied at all once it is clean, though bits are set', () => {
    const record = recordOf('md');
    record.buffer.setActive(true);
    record.buffer.mark(5);
    record.flush();
    record.buffer.setActive(false);
    record.flush();
    expect(record.durable.bytes[BITS_AT]).toBe(32);
    expect(record.covered()).toEqual([]);
    record.buffer.setActive(true);
    record.flush();
    expect(record.covered()).toEqual([5]);
  });

  it('writes the bitmap with the number of the event, then the superblock', () => {
    const record = recordOf('md');
    record.buffer.setActive(true);
    record.flush();
    expect(record.writes).toEqual([BITS, FLAG]);
    expect(hex(record.durable.bytes, BITMAP_AT + 24, 8)).toBe('0200000000000000');
  });

  it('whose bitmap has missed an event, or is stale, is copied as a whole', () => {
    for (const [at, value] of [
      [24, 1],
      [48, 2],
      [0, 0],
      [4, 6],
    ] as const) {
      const record = recordOf('md');
      record.buffer.setActive(true);
      record.flush();
      expect(record.covered()).toEqual([]);
      record.durable.bytes[BITMAP_AT + at] = value;
      expect(record.covered()).toEqual(ALL);
    }
  });

  it('writes nothing for a bit that is set already', () => {
    const record = recordOf('md');
    record.buffer.mark(5);
    expect(record.buffer.takeTouched()).toBe(true);
    record.buffer.mark(5);
    expect(record.buffer.takeTouched()).toBe(false);
  });
});

const NO_MDADM = unless('mdadm');

describe.skipIf(NO_MDADM !== '')(`mdadm${NO_MDADM}`, () => {
  const files = new Files();
  afterAll(() => {
    files.clear();
  });

  it.each(['md', 'md-safemode'] as const)('examines %s as a member, active and clean', (kind) => {
    const record = recordOf(kind);
    const states = [true, false].map((active) => {
      record.buffer.setActive(active);
      record.flush();
      const file = files.write(`${kind}.img`, record.durable.bytes, 2 ** 31);
      const { code, text } = ran('mdadm', '--examine', file);
      expect(code).toBe(0);
      expect(text).toMatch(/Checksum : [0-9a-f]+ - correct/);
      expect(text).toContain('Raid Level : raid1');
      expect(text).toContain('Array Size : 1048576 KiB');
      expect(text.includes('Internal Bitmap : 8 sectors from superblock')).toBe(kind === 'md');
      return /State : (\w+)/.exec(text)?.[1];
    });
    expect(states).toEqual(['active', 'clean']);
  });

  it('counts the dirty chunks of the bitmap', () => {
    const record = recordOf('md');
    for (const chunk of [0, 3, 100, 255]) record.buffer.mark(chunk);
    record.flush();
    const file = files.write('bitmap', record.durable.bytes.subarray(BITMAP_AT));
    const { code, text } = ran('mdadm', '--examine-bitmap', file);
    expect(code).toBe(0);
    expect(text).toContain('Chunksize : 4 MB');
    expect(text).toContain('State : OK');
    expect(text).toContain('Bitmap : 256 bits (chunks), 4 dirty');
  });
});
