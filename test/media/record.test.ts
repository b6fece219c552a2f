import { describe, expect, it } from 'vitest';
import { dmLog, formatLog, logBytes, setMarked } from '../../src/media/dm-log.js';
import { geometryOf } from '../../src/media/geometry.js';
import { covers, toResync, type DurableRecord } from '../../src/media/record.js';

const REGIONS = 12;
const GEOMETRY = geometryOf(REGIONS * 8, 8, 2);
const ALL = Array.from({ length: REGIONS }, (_, region) => region);

/** A log of 12 regions with these marked, and its header changed. */
function recordOf(marked: readonly number[], header?: (view: DataView) => void): DurableRecord {
  const bytes = new Uint8Array(logBytes(REGIONS));
  formatLog(bytes, REGIONS, true);
  for (const region of marked) setMarked(bytes, region);
  header?.(new DataView(bytes.buffer));
  return { format: dmLog(GEOMETRY), bytes };
}

describe('what recovery copies', () => {
  it('is nothing when all is clean', () => {
    expect(toResync(recordOf([]))).toEqual([]);
  });

  it('is exactly what is marked, ascending', () => {
    expect(toResync(recordOf([11, 0, 8]))).toEqual([0, 8, 11]);
  });

  it('is everything when all is marked', () => {
    expect(toResync(recordOf(ALL))).toEqual(ALL);
  });

  it('is the list of what the record covers', () => {
    const record = recordOf([3, 4]);
    expect(ALL.filter((region) => covers(record, region))).toEqual(toResync(record));
  });

  it('is everything when the header does not say that this is a log', () => {
    expect(
      toResync(
        recordOf([], (view) => {
          view.setUint32(0, 0x4d695273, true);
        }),
      ),
    ).toEqual(ALL);
    const geometry = geometryOf(24, 8, 2);
    const blank: DurableRecord = { format: dmLog(geometry), bytes: new Uint8Array(1536) };
    expect(toResync(blank)).toEqual([0, 1, 2]);
  });

  it.each([0, 3, 0x02000000])('is everything when the log has version %d', (version) => {
    expect(
      toResync(
        recordOf([5], (view) => {
          view.setUint32(4, version, true);
        }),
      ),
    ).toEqual(ALL);
  });

  it('is what is marked when the log has version 1, as little-endian kernels wrote it', () => {
    expect(
      toResync(
        recordOf([5], (view) => {
          view.setUint32(4, 1, true);
        }),
      ),
    ).toEqual([5]);
  });

  it('is also what the log has no valid bit for', () => {
    const stored =
      (regions: bigint) =>
      (view: DataView): void => {
        view.setBigUint64(8, regions, true);
      };
    expect(toResync(recordOf([5], stored(10n)))).toEqual([5, 10, 11]);
    expect(toResync(recordOf([5], stored(0n)))).toEqual(ALL);
  });

  it('believes every bit when the header counts more regions, as lvm2 writes it', () => {
    const most = recordOf([5], (view) => {
      view.setBigUint64(8, 2n ** 64n - 1n, true);
    });
    expect(toResync(most)).toEqual([5]);
  });

  it('is not changed by asking, nor is the record', () => {
    const record = recordOf([2]);
    const before = record.bytes.slice();
    toResync(record);
    expect(toResync(record)).toEqual([2]);
    expect(record.bytes).toEqual(before);
  });
});
