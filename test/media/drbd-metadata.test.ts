import { describe, expect, it } from 'vitest';
import { activityLog } from '../../src/media/activity-log.js';
import { metadataBytes } from '../../src/media/drbd-metadata.js';
import { geometryOf } from '../../src/media/geometry.js';
import { WrittenRecord } from './written-record.js';

const GEOMETRY = geometryOf(256 * 8192, 8192, 2);

describe('the metadata of DRBD', () => {
  it('has each field where DRBD looks for it, highest byte first', () => {
    const { view } = new WrittenRecord(activityLog(GEOMETRY, 67)).durable;
    expect(view.getBigUint64(0)).toBe(256n * 8192n);
    const uuids = [8, 16, 24, 32, 40].map((at) => view.getBigUint64(at));
    expect(uuids).toEqual(Array.from({ length: 5 }, () => 0x6465_7379_6e63_0004n));
    expect(view.getBigUint64(48)).toBe(0n);
    // Flags and magic; size, log, its slots, bitmap, all in sectors; bytes a bit.
    expect([56, 60].map((at) => view.getUint32(at))).toEqual([0x13, 0x8374026c]);
    const size = view.byteLength / 512;
    expect([64, 68, 72, 76, 80].map((at) => view.getUint32(at))).toEqual([size, 8, 67, 72, 4096]);
    // Largest request, stripes of the log, 4 KiB in each.
    expect([84, 88, 92, 96].map((at) => view.getUint32(at))).toEqual([1 << 20, 1, 8, 0]);
  });

  it('has a bit for each 4 KiB, in words of 64 and blocks of 4 KiB', () => {
    const bitmap = (sectors: number): number => {
      return metadataBytes(geometryOf(sectors, 8, 2)) - 36 * 1024;
    };
    expect([8, 262_144, 262_145, 524_288, 524_296].map(bitmap)).toEqual([
      4096, 4096, 8192, 8192, 12_288,
    ]);
  });

  it('that is not believed has everything copied', () => {
    const record = new WrittenRecord(activityLog(GEOMETRY, 67));
    expect(record.covered()).toEqual([]);
    record.durable.view.setUint32(60, 0x8374026d);
    expect(record.covered()).toHaveLength(256);
  });
});
