import { describe, expect, it } from 'vitest';
import { CACHED_CASES } from './catalogue.js';
import { idleKswapd, wrongWaits } from './kernels.js';
import {
  cleanWrites,
  unsyncedSectors,
  wrongAges,
  wrongAgesAfterSync,
  wrongOrder,
} from './writeback.js';
import { KERNEL_NAMES } from '../../src/scenario/scenario.js';

const SEEDS = ['1', '2', '3', '4'];

describe('who writes back', () => {
  it.each(CACHED_CASES)('writes nothing that is clean, %s: %s', (_, __, scenario, strategy) => {
    expect(cleanWrites(scenario, strategy, '1')).toEqual([]);
  });

  it.each(SEEDS)('is pdflush 30 to 35 s later, where nobody syncs: seed %s', (seed) => {
    expect(wrongAges(seed)).toEqual([]);
  });

  it.each(SEEDS)('is pdflush 30 s after a sync() that was raced: seed %s', (seed) => {
    expect(wrongAgesAfterSync(seed)).toEqual([]);
  });

  it.each(SEEDS)('writes the pages of a file in their order: seed %s', (seed) => {
    expect(wrongOrder(seed)).toEqual([]);
  });

  it.each(SEEDS)('has all on all legs when sync() returns: seed %s', (seed) => {
    expect(unsyncedSectors(seed)).toEqual([]);
  });

  it.each(SEEDS)('is kswapd, where memory runs short: seed %s', (seed) => {
    expect(idleKswapd(seed)).toEqual([]);
  });

  it.each(KERNEL_NAMES)('is waited for by write() as %s does', (kernel) => {
    expect(wrongWaits(kernel, SEEDS)).toEqual([]);
  });
});
