import { describe, expect, it } from 'vitest';
import { casesOf, FAR_BENCH, FULL_LOG_BENCH, SMALL_BENCHES, type Case } from './benches.js';
import { crossings, unmarkedWrites } from './order.js';
import { activityLog } from '../../src/strategies/activity-log.js';

const CASES: readonly Case[] = casesOf('order', [...SMALL_BENCHES, FAR_BENCH]);

describe('a mark is durable before any leg is written, and nothing is cleared while a write is in flight', () => {
  it.each(CASES)('%s: %s', (_, __, scenario, strategy) => {
    const { broken, looked } = unmarkedWrites(scenario, strategy, '1');
    expect(broken).toEqual([]);
    expect(looked).toBeGreaterThan(50);
  });

  it(`activity-log: ${FULL_LOG_BENCH[0]}`, () => {
    const { broken, looked } = unmarkedWrites(FULL_LOG_BENCH[1], activityLog(), '1');
    expect(broken).toEqual([]);
    expect(looked).toBeGreaterThan(50);
  });
});

describe('a request stays within one region', () => {
  it.each(casesOf('cut', SMALL_BENCHES))('%s: %s', (_, __, scenario, strategy) => {
    expect(crossings(scenario, strategy, '3')).toEqual([]);
  });
});
