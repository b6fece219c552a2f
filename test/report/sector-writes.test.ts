import { describe, expect, it } from 'vitest';
import type { Happening } from '../../src/machine/happening.js';
import { before, historyOf, holds, type SectorHistory } from '../../src/report/sector-writes.js';
import { instantOf } from '../../src/sim/time.js';

interface Range {
  readonly sector: number;
  readonly sectors: number;
}

/** Four sectors, 10 to 13, in request 7. */
const RANGE: Range = { sector: 10, sectors: 4 };

const submitted = (at: number, request = 7, range = RANGE): Happening => ({
  kind: 'submitted',
  at: instantOf(at),
  actor: 'pdflush',
  request,
  ...range,
});
/** Samples at 100, 110, 120 and 130; each sector is durable 45 after its own sample. */
const transfer = (at: number, leg: number, request = 7): Happening => ({
  kind: 'transfer',
  at: instantOf(at),
  actor: `leg ${leg}`,
  leg,
  request,
  ...RANGE,
  firstSampleAt: instantOf(at + 50),
  lastSampleAt: instantOf(at + 80),
  durableAt: instantOf(at + 125),
});
const landed = (at: number, leg: number, request = 7): Happening => ({
  kind: 'landed',
  at: instantOf(at),
  actor: `leg ${leg}`,
  leg,
  request,
  ...RANGE,
});
const completed = (at: number, request = 7): Happening => ({
  kind: 'completed',
  at: instantOf(at),
  actor: 'mirror',
  request,
  ...RANGE,
});
const store = (at: number, sector: number, ...sampledBefore: boolean[]): Happening => ({
  kind: 'store',
  at: instantOf(at),
  actor: 'app',
  sector,
  what: 'stores',
  sampledBefore,
});

const WRITE: readonly Happening[] = [
  submitted(10),
  transfer(50, 0),
  landed(175, 0),
  completed(175),
];

const inTime = (sector: number, happenings: readonly Happening[]): SectorHistory =>
  historyOf(sector, happenings, 'time');

describe('a range of sectors', () => {
  it('holds its first and its last, and neither the one before nor the one behind', () => {
    expect([9, 10, 13, 14].map((sector) => holds(RANGE, sector))).toEqual([
      ...[false, true, true, false],
    ]);
    expect([9, 10, 13, 14].map((sector) => inTime(sector, WRITE).writes.length)).toEqual([
      ...[0, 1, 1, 0],
    ]);
  });
});

describe('the writes over a sector', () => {
  it.each([
    [10, 100, 145],
    [11, 110, 155],
    [13, 130, 175],
  ])('sample sector %d at %d, and it is durable at %d', (sector, sampledAt, landedAt) => {
    const [write] = inTime(sector, WRITE).writes;
    const [sample] = write!.samples;
    expect([sample?.sampled.at, sample?.landed?.at, sample?.done?.at]).toEqual([
      ...[sampledAt, landedAt, 175],
    ]);
  });

  it('are not durable, or not sampled, where the telling ends before', () => {
    const cut = (end: number) => [...WRITE.slice(0, 2), store(end, 99)];
    const sampleAt = (end: number) => inTime(11, cut(end)).writes[0]?.samples[0];
    expect(sampleAt(109)).toBeUndefined();
    expect([sampleAt(110)?.sampled.at, sampleAt(110)?.landed]).toEqual([110, undefined]);
    expect(sampleAt(154)?.landed).toBeUndefined();
    expect(sampleAt(155)?.landed?.at).toBe(155);
    expect(sampleAt(155)?.done).toBeUndefined();
  });

  it('are done on each leg when that leg is', () => {
    const legs = [transfer(50, 0), transfer(60, 1), landed(175, 0), landed(185, 1)];
    const [write] = inTime(13, [submitted(10), ...legs, completed(185)]).writes;
    expect(write?.samples.map(({ leg, landed: at, done }) => [leg, at?.at, done?.at])).toEqual([
      [0, 175, 175],
      [1, 185, 185],
    ]);
  });

  it('are two where the number of a request is used again', () => {
    const later = [submitted(200), transfer(250, 1), landed(375, 1), completed(375)];
    const { writes } = inTime(11, [...WRITE, ...later]);
    expect(writes.map(({ submitted: from, completed: to }) => [from, to])).toEqual([
      [0, 3],
      [4, 7],
    ]);
    expect(writes.map(({ samples }) => samples.map(({ leg }) => leg))).toEqual([[0], [1]]);
  });

  it('are free of what its number says after it completed', () => {
    // The next request of that number is of other sectors, as far as its submission goes.
    const elsewhere = submitted(200, 7, { sector: 40, sectors: 1 });
    const { writes } = inTime(11, [...WRITE, elsewhere, transfer(250, 1), completed(400)]);
    expect(writes.map(({ samples, completed: to }) => [samples.length, to])).toEqual([[1, 3]]);
  });

  it('keep what each of two at once was told', () => {
    const both = [submitted(10), submitted(20, 8), transfer(50, 0, 8), transfer(60, 0)];
    const ends = [landed(175, 0, 8), completed(175, 8), landed(185, 0), completed(185)];
    const { writes } = inTime(11, [...both, ...ends]);
    expect(writes.map(({ request, completed: to }) => [request, to])).toEqual([
      [7, 7],
      [8, 5],
    ]);
    expect(writes.map(({ samples }) => samples[0]?.sampled.at)).toEqual([120, 110]);
  });

  it('hold as many stores as came before their sample of this sector', () => {
    const stores = [store(60, 11, false), store(70, 12, false), store(115, 11, true)];
    const told = [submitted(10), transfer(50, 0), ...stores, landed(175, 0), completed(175)];
    const { stores: places, writes } = inTime(11, told);
    expect(places).toEqual([2, 4]);
    expect(writes[0]?.samples[0]?.version).toBe(1);
  });

  it('sample by what a store was told where both fall on one instant', () => {
    const versions = [false, true].map((wasBefore) => {
      const told = [submitted(10), transfer(50, 0), store(110, 11, wasBefore), landed(175, 0)];
      return inTime(11, told).writes[0]?.samples[0]?.version;
    });
    expect(versions).toEqual([1, 0]);
  });

  it('sample in steps just before the store that finds it, or else as they land', () => {
    const told = (wasBefore: boolean): readonly Happening[] => [
      ...[submitted(1), transfer(2, 0), store(3, 11, wasBefore), landed(4, 0), completed(4)],
    ];
    const samples = [true, false].map(
      (wasBefore) => historyOf(11, told(wasBefore), 'steps').writes[0]?.samples[0],
    );
    expect(samples.map((sample) => [sample?.sampled.order, sample?.version])).toEqual([
      [1.5, 0],
      [3, 1],
    ]);
  });
});

describe('a moment', () => {
  it('is before another by its instant, then by its place', () => {
    const moments = [
      { at: 1, order: 9 },
      { at: 2, order: 3 },
      { at: 2, order: 4 },
    ] as const;
    expect(moments.map((a) => moments.map((b) => before(a, b)))).toEqual([
      [false, true, true],
      [false, false, true],
      [false, false, false],
    ]);
  });
});
