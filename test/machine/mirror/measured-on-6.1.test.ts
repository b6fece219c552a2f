/**
 * What was measured on Linux 6.1 (dm-mirror over two virtual disks in a guest), against the model.
 *
 * One number is put in: a request takes 0.3 to 0.62 ms, in the mean 0.46 ms. It comes from the
 * guest's time between a durable mark and the first submission, 0.3 to 0.7 ms, which is one flush
 * of the log's cache. What comes out are the medians from the last leg's completion to the durable
 * clear. Measured: 0.96 ms; 25 ms when one leg takes 20 ms more; 105 ms when it takes 100 ms more.
 * The claim is which terms add up, (flush of the slowest leg) + (write of the log), not the digits:
 * - equal legs: within a tenth;
 * - one slow leg: the measured medians lie 4 ms above the delay and the 0.96 ms, for both delays. A
 *   delay that is counted in jiffies of 4 ms ends up to one jiffy late; how the guest's leg was
 *   delayed we do not know. So the model may lie up to 4.5 ms below what was measured, never above.
 */
import { describe, expect, it } from 'vitest';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { only, tell, type Told } from '../../support/told.js';

const MS = 1e6;
const SECONDS = 200;

const request = (firstSample: string): string =>
  drive(firstSample, '{ uniform: [200us, 420us] }', '1us');
const QUICK = request('{ uniform: [100us, 200us] }');

/** Isolated writes of one page, a second apart. */
function isolatedWrites(slowLeg = QUICK): Told {
  return tell(
    smallScenario(
      `duration=${SECONDS}s`,
      'kernel=linux-6.1',
      'filesystem={ type: ext2, blockSize: 4KiB, size: 1MiB }',
      `mirror.legs=[${QUICK}, ${slowLeg}]`,
      `mirror.log=${QUICK}`,
      'workload={ app: [{ create: /f }, { append: [/f, 4KiB] }, sync, { repeat: { every: 1s, do: [{ direct: [/f, 0B, 4KiB] }] } }] }',
    ),
  );
}

interface Write {
  readonly marked: number;
  readonly submitted: readonly number[];
  readonly completed: number;
  readonly cleared: number;
  readonly logWrites: number;
}

/** What happens from one mark to the next, where that is the write of one page and nothing else. */
function writesOf({ all }: Told): Write[] {
  const marks = [...all.entries()]
    .filter(([, one]) => one.kind === 'log-landed' && one.marked.length > 0)
    .map(([n]) => n);
  return marks.flatMap((from, n) => {
    const here = all.slice(from, marks[n + 1]);
    const landed = only(here, 'log-landed');
    const [completed, ...others] = only(here, 'completed');
    const clear = landed.find(({ cleared }) => cleared.length > 0);
    if (completed === undefined || others.length > 0 || clear === undefined) return [];
    return [
      {
        marked: here[0]?.at ?? NaN,
        submitted: only(here, 'transfer').map(({ at }) => at),
        completed: completed.at,
        cleared: clear.at,
        logWrites: landed.length,
      },
    ];
  });
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

const clearMs = (writes: readonly Write[]): number =>
  median(writes.map(({ completed, cleared }) => (cleared - completed) / MS));

describe('an isolated write of a page on 6.1', () => {
  const writes = writesOf(isolatedWrites());

  it('is looked at often enough for a median', () => {
    expect(writes.length).toBeGreaterThan(SECONDS * 0.8);
  });

  it('is cleared 0.96 ms after the last leg has completed, in the median', () => {
    expect(clearMs(writes)).toBeGreaterThan(0.96 * 0.9);
    expect(clearMs(writes)).toBeLessThan(0.96 * 1.1);
  });

  it('costs two writes of the log', () => {
    expect(new Set(writes.map(({ logWrites }) => logWrites))).toEqual(new Set([2]));
  });

  it('is marked durably 0.3 to 0.7 ms before its first submission', () => {
    for (const { marked, submitted } of writes) {
      const before = ((submitted[0] ?? 0) - marked) / MS;
      expect(before).toBeGreaterThanOrEqual(0.3);
      expect(before).toBeLessThanOrEqual(0.7);
    }
  });

  it('is submitted to one leg 0.06 ms after the other, in the median', () => {
    const apart = writes.map(({ submitted }) => ((submitted[1] ?? 0) - (submitted[0] ?? 0)) / MS);
    expect(median(apart)).toBeGreaterThan(0.05);
    expect(median(apart)).toBeLessThan(0.075);
  });
});

describe('an isolated write of a page on 6.1 when one leg is slower', () => {
  it.each([
    ['20 ms', '{ uniform: [20100us, 20200us] }', 25],
    ['100 ms', '{ uniform: [100100us, 100200us] }', 105],
  ])('by %s is cleared that much later', (_, firstSample, measured) => {
    const writes = writesOf(isolatedWrites(request(firstSample)));
    expect(writes.length).toBeGreaterThan(SECONDS * 0.8);
    expect(clearMs(writes)).toBeLessThan(measured);
    expect(clearMs(writes)).toBeGreaterThan(measured - 4.5);
  });
});
