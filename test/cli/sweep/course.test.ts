import { describe, expect, it } from 'vitest';
import { Course } from '../../../src/cli/sweep/course.js';
import type { Lanes } from '../../../src/cli/sweep/lanes.js';
import { Signals } from '../../../src/cli/sweep/signals.js';
import { chunkNumbers, WHOLE } from '../../../src/lab/sweep/plan.js';
import { clean } from '../../report/mail-race.js';
import { summed } from '../../support/summed.js';

describe('a sweep over two lanes', () => {
  const plan = { firstSeeds: [0], count: 500 };
  const wanted = { plan, keep: true, again: false, numbers: chunkNumbers(plan, WHOLE), bail: 9 };
  const lanes: Lanes = {
    count: 2,
    make: (_, { runs }) =>
      Promise.resolve({ kind: 'sum', sum: summed(Array.from({ length: runs }, () => clean)) }),
    end: () => Promise.resolve(),
  };

  it('tells nothing more once somebody cannot take what is told', async () => {
    const told: number[] = [];
    const signals = Signals.forLanes(lanes.count);
    const course = new Course(wanted, lanes, signals, {
      chunk({ number }) {
        told.push(number);
        throw new Error('the disk is full');
      },
    });
    await expect(course.run()).rejects.toThrow('the disk is full');
    // The other lane is not waited for: it has the time for all that it would do.
    await new Promise(setImmediate);
    expect(told).toEqual([0]);
    expect(signals.stopped).toBe(true);
  });
});
