/** What runs in this process, so quickly that its figures mean nothing. */
import { describe, expect, it } from 'vitest';
import { endToEndBench } from '../../bench/end-to-end.js';
import { QUICK } from '../../bench/line.js';
import { scheduledRuns } from '../../bench/peers/scheduler.js';
import { shortBench } from '../../bench/short.js';

describe.each([
  ['end to end', endToEndBench],
  ['short runs', shortBench],
])('the bench of %s', (_, bench) => {
  it('has a figure for each of its lines, beside another', async () => {
    const figures = await bench.measure({ ...QUICK, share: QUICK.share / 5 });
    expect(figures).toHaveLength(bench.lines.length);
    for (const { ours, theirs } of figures) {
      expect(ours).toBeGreaterThan(0);
      expect(theirs).toBeGreaterThan(0);
    }
  });
});

describe('the race under fc.scheduler', () => {
  it('ends in divergence now and then, as ours does', async () => {
    const diverged = await scheduledRuns(2000, 1);
    expect(diverged).toBeGreaterThan(20);
    expect(diverged).toBeLessThan(1000);
  });
});
