import { describe, expect, it } from 'vitest';
import { mismatchesOf } from '../../src/aftermath/judge.js';
import { recover, recoveryTime, stepsOf, type Pace } from '../../src/aftermath/recover.js';
import type { CrashImage } from '../../src/media/crash-image.js';
import { geometryOf } from '../../src/media/geometry.js';
import { recordFormat, toResync } from '../../src/media/record.js';
import { RECORD_KINDS, type RecordKind } from '../../src/media/record-format.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { instantOf, milliseconds } from '../../src/sim/time.js';
import { WrittenRecord } from '../media/written-record.js';

const REGION = 256;
/** 11 regions, the last one short. */
const GEOMETRY = geometryOf(10 * REGION + 30, REGION, 3);
const ALL = Array.from({ length: GEOMETRY.regions }, (_, region) => region);
const MARKED = [1, 4, 9, 10];

/** What each kind of record has copied after these marks. */
const COPIED: Readonly<Record<RecordKind, readonly number[]>> = {
  'dm-log': MARKED,
  core: ALL,
  md: MARKED,
  'md-safemode': ALL,
  'md-llbitmap': MARKED,
  'activity-log': MARKED,
};

/** A machine that went down while these regions were written: legs differ everywhere. */
function crash(kind: RecordKind, marked: readonly number[] = MARKED): CrashImage {
  const record = new WrittenRecord(recordFormat(kind, GEOMETRY));
  record.buffer.setActive(true);
  for (const region of marked) record.buffer.mark(region);
  record.flush();
  const pool = new SectorPool();
  const legs = Array.from({ length: GEOMETRY.legs }, (_, n) => {
    const leg = new DenseSectors(pool, GEOMETRY.sectors);
    leg.values.fill(pool.intern(new Uint8Array(512).fill(n + 1)));
    return leg;
  });
  return {
    at: instantOf(0),
    geometry: GEOMETRY,
    legs,
    defaultLeg: 0,
    record: { format: record.format, bytes: record.durable.bytes },
  };
}

/** Regions in which the legs differ. */
function differing(image: CrashImage): number[] {
  return [...new Set(mismatchesOf(image).map((sector) => Math.floor(sector / REGION)))];
}

describe.each(RECORD_KINDS)('recovery by a record of the kind %s', (kind) => {
  const rest = ALL.filter((region) => !COPIED[kind].includes(region));

  it('copies what the record covers, and leaves it clean where it can', () => {
    const image = crash(kind);
    const { image: recovered, resyncedRegions } = recover(image);
    expect(toResync(image.record)).toEqual(COPIED[kind]);
    expect(resyncedRegions).toBe(COPIED[kind].length);
    expect(differing(recovered)).toEqual(rest);
    // Nothing is durable of a core log: the next crash copies all again.
    expect(toResync(recovered.record)).toEqual(kind === 'core' ? ALL : []);
    expect(stepsOf(image)).toHaveLength(stepsOf(crash(kind)).length);
  });

  it('that is cut anywhere is repaired by the next, which may be cut as well', () => {
    const image = crash(kind);
    const steps = stepsOf(image).length;
    for (let cut = 0; cut <= steps; cut++) {
      const once = recover(image, cut).image;
      for (const again of new Set([0, 1, stepsOf(once).length >> 1, stepsOf(once).length])) {
        const twice = recover(once, again).image;
        // What differs and has yet to be copied is covered still.
        const left = differing(twice).filter((region) => !rest.includes(region));
        expect(toResync(twice.record)).toEqual(expect.arrayContaining(left));
        expect(differing(recover(twice).image)).toEqual(rest);
      }
    }
  });

  it('has each region copied before it is cleared, one after another', () => {
    const kinds = stepsOf(crash(kind, [4])).map((step) =>
      step.kind === 'all-clean' ? step.kind : `${step.kind} ${step.region}`,
    );
    const expected = COPIED[kind].length === ALL.length ? ALL : [4];
    const ofOne = (region: number): string[] => [
      ...Array.from({ length: region === 10 ? 1 : 2 }, () => `copy ${region}`),
      `clear ${region}`,
    ];
    const hasFlag = kind.startsWith('md');
    expect(kinds).toEqual([...expected.flatMap(ofOne), ...(hasFlag ? ['all-clean'] : [])]);
  });
});

describe('a record with a flag', () => {
  it('that is clean has nothing to recover, and that is active with nothing set only the flag', () => {
    const image = crash('md', []);
    expect(stepsOf(image)).toEqual([{ kind: 'all-clean' }]);
    const { image: recovered } = recover(image);
    expect(stepsOf(recovered)).toEqual([]);
    expect(recovered.record.bytes).not.toEqual(image.record.bytes);
  });
});

describe('the time of a recovery', () => {
  it.each(RECORD_KINDS)('has a write of the record for each change of it: %s', (kind) => {
    const pace: Pace = { subJob: () => milliseconds(0), logWrite: milliseconds(1) };
    const writes = recoveryTime(crash(kind), pace) / 1e6;
    const flag = kind.startsWith('md') ? 1 : 0;
    const held = kind === 'core' || kind === 'md-safemode' ? 0 : MARKED.length;
    expect(writes).toBe(held + flag);
  });
});
