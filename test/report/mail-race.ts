/** The race of the mail, written by hand: what a run would yield and tell. */
import type { Happening } from '../../src/machine/happening.js';
import type { Costs } from '../../src/lab/costs.js';
import type { Telling } from '../../src/report/telling.js';
import type { Run, View } from '../../src/report/view.js';
import { instantOf } from '../../src/sim/time.js';

const same = (text: string): string => text;

export const plain = (width: number): View => ({
  paint: { good: same, bad: same, warn: same, dim: same, strong: same },
  width,
});

/** Colours as one can read them. */
export const tagged = (width: number): View => ({
  paint: {
    good: (text) => `<good>${text}</good>`,
    bad: (text) => `<bad>${text}</bad>`,
    warn: (text) => `<warn>${text}</warn>`,
    dim: (text) => `<dim>${text}</dim>`,
    strong: (text) => `<strong>${text}</strong>`,
  },
  width,
});

export const STORY = 'An append races pdflush, and the file is fsynced.';

export const NO_COSTS: Costs = {
  recordWrites: 0,
  marks: 0,
  clears: 0,
  expectedResyncBytes: 0,
  expectedResyncNs: 0,
  storeWaits: 0,
  storeWaitNs: 0,
  longestStoreWaitNs: 0,
  writesHeld: 0,
  copiedBytes: 0,
  sums: 0,
  pageWriteBytes: 0,
  syncWriteBytes: 0,
  syncs: 0,
  writeLatencyP50Ns: 0,
  writeLatencyP99Ns: 0,
};

export const harmed: Run = {
  scenario: 'ext2-bitmap',
  strategy: 'clear-when-idle',
  strategySource: undefined,
  seed: '1',
  verdict: 'PASS-BOUNDED',
  reasons: [],
  outcome: 'harmed',
  events: 48_213,
  timing: 'scenario',
  simulatedNs: 120e9,
  raceHits: 3,
  storesUnderWrite: 1204,
  exposure: {
    fraction: 0.2512,
    windows: [
      { fromNs: 35_018_402_113, toNs: 65_138_402_113, regions: [0] },
      { fromNs: 119_974_000_000, toNs: 120e9, regions: [0] },
    ],
    windowCount: 2,
    byApplication: { fraction: 0, windowCount: 0 },
  },
  costs: {
    ...NO_COSTS,
    recordWrites: 62,
    marks: 31,
    clears: 31,
    pageWriteBytes: 3 * 2 ** 20,
    expectedResyncBytes: 26_214.4,
    expectedResyncNs: 1_100_000,
    writeLatencyP50Ns: 8_900_000,
    writeLatencyP99Ns: 17_100_000,
  },
  crash: { atNs: 35_018_402_113, markedRegions: 0 },
  recovery: { resyncedRegions: 0, resyncBytes: 0, durationNs: 0 },
  aftermath: [
    { step: 'fsck', lines: ['clean'] },
    { step: 'remove leg0', lines: [] },
    { step: 'remount', lines: ['leg 1 is read from now on'] },
    { step: 'create /b', lines: [] },
    { step: 'append /b', lines: ['65,536 bytes, from block 1234'] },
    { step: 'read /a', lines: ['block 1 differs from what was synced', 'block 2 likewise'] },
  ],
  divergence: [
    {
      sector: 6,
      block: 3,
      belongsTo: 'block bitmap of group 0',
      excerpt: 'leg 0 064: ff ff ff 1f, leg 1 064: ff ff ff 0f',
      byApplication: false,
    },
  ],
  harm: [
    { kind: 'block-used-twice', block: 1234, files: ['/a', '/b'], text: '', byApplication: false },
    {
      kind: 'wrong-data',
      block: undefined,
      files: ['/a'],
      text: 'from byte 1024',
      byApplication: false,
    },
  ],
  fingerprint: '00c0ffee00c0ffee',
  repeat: 'npx desync run scenarios/ext2-bitmap.yaml --strategy clear-when-idle --seed 1',
};

export const clean: Run = {
  ...harmed,
  strategy: 'mark-until-unmount',
  verdict: 'PASS-COMPLETE',
  outcome: 'clean',
  exposure: {
    fraction: 0,
    windows: [],
    windowCount: 0,
    byApplication: { fraction: 0, windowCount: 0 },
  },
  crash: { atNs: 35_018_402_113, markedRegions: 7 },
  recovery: { resyncedRegions: 7, resyncBytes: 7 * 512 * 1024, durationNs: 46_200_000 },
  aftermath: [],
  divergence: [],
  harm: [],
  repeat: 'npx desync run scenarios/ext2-bitmap.yaml --strategy mark-until-unmount --seed 1',
};

export const nameOf = (sector: number): string =>
  sector === 6 || sector === 7 ? 'block bitmap of group 0' : `sector ${sector}`;
export const regionOf = (sector: number): number => Math.floor(sector / 1024);

const us = (microseconds: number): ReturnType<typeof instantOf> =>
  instantOf(35_000_000_000 + microseconds * 1000);

const bitmap = { sector: 6, sectors: 2 };

export const happenings: readonly Happening[] = [
  { kind: 'dirtied', at: instantOf(1_200_000_000), actor: 'app', ...bitmap },
  { kind: 'step', at: us(0), actor: 'pdflush', what: 'wb_kupdate' },
  { kind: 'submitted', at: us(1), actor: 'pdflush', request: 1, ...bitmap },
  { kind: 'submitted', at: us(2), actor: 'pdflush', request: 2, sector: 90, sectors: 2 },
  { kind: 'marked', at: us(4), actor: 'mirror', regions: [0] },
  { kind: 'log-landed', at: us(9_204), actor: 'log', marked: [0], cleared: [] },
  {
    kind: 'transfer',
    at: us(9_300),
    actor: 'leg 1',
    leg: 1,
    request: 1,
    ...bitmap,
    firstSampleAt: us(9_310),
    lastSampleAt: us(9_317),
    durableAt: us(9_400),
  },
  { kind: 'step', at: us(9_350), actor: 'app', what: 'append /a 1KiB' },
  {
    kind: 'store',
    at: us(9_412),
    actor: 'app',
    sector: 6,
    what: 'ext2_set_bit_atomic: block 1234',
    sampledBefore: [false, true],
  },
  {
    kind: 'transfer',
    at: us(9_500),
    actor: 'leg 0',
    leg: 0,
    request: 1,
    ...bitmap,
    firstSampleAt: us(9_620),
    lastSampleAt: us(9_627),
    durableAt: us(12_000),
  },
  { kind: 'dirtied', at: us(9_700), actor: 'app', ...bitmap },
  { kind: 'landed', at: us(9_800), actor: 'leg 1', leg: 1, request: 1, ...bitmap },
  { kind: 'landed', at: us(12_000), actor: 'leg 0', leg: 0, request: 1, ...bitmap },
  { kind: 'completed', at: us(12_000), actor: 'mirror', request: 1, ...bitmap },
  { kind: 'cleared', at: us(12_001), actor: 'mirror', regions: [0] },
  { kind: 'log-landed', at: us(18_402), actor: 'log', marked: [], cleared: [0] },
  { kind: 'exposed', at: us(18_402), actor: 'mirror', regions: [0], by: 'clear' },
  { kind: 'crash', at: us(18_402), actor: 'power' },
];

/** What its story is made from. */
export const telling: Telling = {
  happenings,
  nameOf,
  regionOf,
  clock: 'time',
  divergence: harmed.divergence,
  recovery: harmed.recovery,
};
