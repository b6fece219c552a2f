import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityLog } from '../../src/media/activity-log.js';
import { geometryOf } from '../../src/media/geometry.js';
import { recordFormat } from '../../src/media/record.js';
import { RECORD_KINDS, type RecordFormat } from '../../src/media/record-format.js';
import { WrittenRecord } from './written-record.js';

/** 5000 regions: bits and states of several sectors; the last region is short. */
const MANY = geometryOf(5000 * 8 - 3, 8, 2);
/** Regions whose bits of DRBD's bitmap fill more than a sector each. */
const LARGE = geometryOf(40 * 65536, 65536, 3);

const FORMATS: [string, () => RecordFormat, number][] = [
  ...RECORD_KINDS.map((kind): [string, () => RecordFormat, number] => [
    kind,
    () => recordFormat(kind, MANY),
    MANY.regions,
  ]),
  ['activity-log of large extents', () => activityLog(LARGE, 40), LARGE.regions],
  ['activity-log of 3,000 slots', () => activityLog(MANY, 3000), 3000],
];

type Deed =
  | { readonly kind: 'mark'; readonly regions: readonly number[] }
  | { readonly kind: 'clear'; readonly regions: readonly number[] }
  | { readonly kind: 'active'; readonly active: boolean }
  | { readonly kind: 'flush' }
  | { readonly kind: 'reboot' };

function deeds(regions: number): fc.Arbitrary<Deed[]> {
  const near = fc.integer({ min: 0, max: 9 });
  const region = fc.oneof(near, fc.nat(regions - 1), fc.constant(regions - 1));
  const some = fc.array(region, { minLength: 1, maxLength: 8 });
  const run = fc
    .tuple(fc.nat(regions - 1), fc.integer({ min: 60, max: 150 }))
    .map(([from, n]) => Array.from({ length: n }, (_, i) => (from + i) % regions));
  const list = fc.oneof({ arbitrary: some, weight: 6 }, { arbitrary: run, weight: 1 });
  const one = fc.oneof(
    { arbitrary: fc.record({ kind: fc.constant('mark' as const), regions: list }), weight: 4 },
    { arbitrary: fc.record({ kind: fc.constant('clear' as const), regions: list }), weight: 3 },
    {
      arbitrary: fc.record({ kind: fc.constant('active' as const), active: fc.boolean() }),
      weight: 2,
    },
    { arbitrary: fc.record({ kind: fc.constant('flush' as const) }), weight: 4 },
    { arbitrary: fc.record({ kind: fc.constant('reboot' as const) }), weight: 1 },
  );
  return fc.array(one, { minLength: 1, maxLength: 24 });
}

describe('a record', () => {
  it.each(RECORD_KINDS)('of the kind %s says so', (kind) => {
    expect(recordFormat(kind, MANY).kind).toBe(kind);
  });
});

describe.each(FORMATS)('a record of the kind %s', (_, format, regions) => {
  it('lands as what is read from its bytes alone, sector by sector', () => {
    fc.assert(
      fc.property(deeds(regions), fc.boolean(), (list, clean) => {
        const record = new WrittenRecord(format(), clean);
        const agree = (): boolean => {
          // Quicker than toEqual, which is asked where they differ.
          const read = record.format.coverage(record.durable.bytes);
          if (Buffer.compare(record.told, read) !== 0) expect(record.told).toEqual(read);
          return false;
        };
        for (const deed of list) {
          if (deed.kind === 'flush') record.flush(agree);
          else if (deed.kind === 'reboot') record.reboot();
          else if (deed.kind === 'active') record.buffer.setActive(deed.active);
          else {
            for (const region of deed.regions) tryTo(record, deed.kind, region);
          }
        }
        record.flush(agree);
        agree();
      }),
      { numRuns: 60 },
    );
  });

  it('never uncovers a marked region while it is active, torn or not', () => {
    fc.assert(
      fc.property(deeds(regions), fc.nat(40), (list, tornAt) => {
        const record = new WrittenRecord(format());
        record.buffer.setActive(true);
        record.flush();
        const marked = new Set<number>();
        const held = (): void => {
          const { told } = record;
          expect([...marked].filter((region) => told[region] !== 1)).toEqual([]);
        };
        for (const deed of list) {
          if (deed.kind === 'mark') {
            const fresh = deed.regions.filter((region) => tryTo(record, 'mark', region));
            // Only once the flush is durable may the region be written.
            record.flush(() => {
              held();
              return false;
            });
            for (const region of fresh) marked.add(region);
          } else if (deed.kind === 'clear') {
            for (const region of deed.regions) {
              marked.delete(region);
              record.buffer.clear(region);
            }
          } else if (deed.kind === 'flush') record.flush();
          held();
        }
        let left = tornAt;
        record.flush(() => left-- === 0);
        held();
        expect(record.told).toEqual(record.format.coverage(record.durable.bytes));
      }),
      { numRuns: 60 },
    );
  });
});

/** Marks or clears; false where the record has no room for another mark. */
function tryTo(record: WrittenRecord, what: 'mark' | 'clear', region: number): boolean {
  try {
    record.buffer[what](region);
    return true;
  } catch (error) {
    if (String(error).includes('no slot of the activity log is free')) return false;
    throw error;
  }
}
