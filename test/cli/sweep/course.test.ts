import { describe, expect, it } from 'vitest';
import { Course, type Receiver, type Wanted } from '../../../src/cli/sweep/course.js';
import type { Lanes } from '../../../src/cli/sweep/lanes.js';
import type { Made } from '../../../src/cli/sweep/make-chunk.js';
import type { Receive } from '../../../src/cli/sweep/make-chunks.js';
import { Signals } from '../../../src/cli/sweep/signals.js';
import { WHOLE } from '../../../src/lab/sweep/plan.js';
import { clean } from '../../report/mail-race.js';
import { summed } from '../../support/summed.js';

const plan = { firstSeeds: [0], count: 500 };
const order = { plan, shard: WHOLE, before: 0, chunks: 5, keep: false, again: false };
const wanted: Wanted = { order: { ...order, only: undefined }, bail: 2 };

const runs = (count: number, failing: readonly number[] = []): Made => ({
  kind: 'sum',
  sum: summed(
    Array.from({ length: count }, (_, n) => {
      if (!failing.includes(n)) return clean;
      return { ...clean, verdict: 'FAIL', reasons: ['as it was told to'] };
    }),
  ),
});
const thrown: Made = {
  kind: 'broken',
  seed: '203',
  message: 'slot 3 is not armed',
  stack: '',
  how: 'threw',
};

/** Two lanes: the first brings what it is told to, in that order, the other never begins. */
function lanesThat(bring: (receive: Receive, only: number | undefined) => void): Lanes {
  return {
    count: 2,
    canHear: true,
    async work(lane, { only }, receive) {
      if (lane === 1) await new Promise(() => undefined);
      bring(receive, only?.runs);
    },
    end: () => Promise.resolve(),
  };
}

/** How it ended, and what was told: the number of each chunk, and of its runs. */
async function course(
  lanes: Lanes,
  signals = Signals.forLanes(2),
): Promise<{ left: object; told: number[][] }> {
  const told: number[][] = [];
  const receiver: Receiver = { chunk: ({ number }, sum) => told.push([number, sum.runs]) };
  const left = await new Course(wanted, lanes, signals, receiver).run();
  return { left, told };
}

describe('a sweep over two lanes', () => {
  it('is told in its order, and waits for no lane when all is there', async () => {
    const lanes = lanesThat((receive) => {
      for (const place of [3, 1, 0, 4, 2]) receive(place, runs(100));
    });
    const all = [0, 1, 2, 3, 4].map((number) => [number, 100]);
    expect(await course(lanes)).toEqual({ left: { kind: 'done' }, told: all });
  });

  it('ends with the last run to be borne: its chunk is made again as far as that', async () => {
    const lanes = ended((receive, only) => {
      if (only !== undefined) receive(1, runs(only, [3]));
      else for (const n of [1, 0]) receive(n, runs(100, n === 1 ? [3, 40] : [7]));
    });
    const { left, told } = await course(lanes);
    expect({ left, told }).toEqual({
      left: { kind: 'bail' },
      told: [
        [0, 100],
        [1, 4],
      ],
    });
  });

  it('that broke is told as far as the run that threw, whatever was made behind it', async () => {
    const lanes = ended((receive) => {
      receive(3, runs(100));
      receive(2, thrown);
      receive(1, runs(100));
      receive(0, runs(100));
    });
    const { left, told } = await course(lanes);
    expect(left).toMatchObject({ kind: 'broken', breach: { chunk: { number: 2 }, made: thrown } });
    expect(told).toEqual([0, 1].map((number) => [number, 100]));
  });

  it('that was stopped is told without a gap', async () => {
    const lanes = ended((receive) => {
      receive(0, runs(100));
      receive(2, runs(100));
      receive(1, runs(60));
    });
    const { left, told } = await course(lanes);
    expect({ left, told }).toEqual({
      left: { kind: 'stopped' },
      told: [
        [0, 100],
        [1, 60],
      ],
    });
  });

  it('tells nothing more once somebody cannot take what is told', async () => {
    const told: number[] = [];
    const signals = Signals.forLanes(2);
    const lanes = lanesThat((receive) => {
      for (const place of [1, 0, 2]) receive(place, runs(100));
    });
    const full: Receiver = {
      chunk({ number }) {
        told.push(number);
        throw new Error('the disk is full');
      },
    };
    const running = new Course(wanted, lanes, signals, full).run();
    await expect(running).rejects.toThrow('the disk is full');
    expect(told).toEqual([0]);
    expect(signals.stopped).toBe(true);
  });
});

/** Both lanes come to their end, as they do when they are stopped. */
function ended(bring: (receive: Receive, only: number | undefined) => void): Lanes {
  const lanes = lanesThat(bring);
  return {
    ...lanes,
    work: (lane, given, receive) =>
      lane === 1 ? Promise.resolve() : lanes.work(lane, given, receive),
  };
}
