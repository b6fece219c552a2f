import { describe, expect, it } from 'vitest';
import { shipped, type Bench } from '../../../src/cli/laboratory.js';
import { makeChunks, type LaneMeans } from '../../../src/cli/sweep/make-chunks.js';
import type { Order } from '../../../src/cli/sweep/order.js';
import { Signals } from '../../../src/cli/sweep/signals.js';
import { WHOLE } from '../../../src/lab/sweep/plan.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { clean } from '../../report/mail-race.js';
import { smallScenario } from '../../support/small-scenario.js';

const bench: Bench = { ...(await shipped.bench()), runToSum: () => clean };
const order: Order = {
  plan: { firstSeeds: [1], count: 2000 },
  shard: WHOLE,
  before: 0,
  chunks: 20,
  keep: false,
  again: false,
  only: undefined,
};
const tried = { scenario: smallScenario(), strategy: clearWhenIdle };
const laneOf = (signals: Signals, lane: number, more: () => void = () => undefined): LaneMeans => ({
  lane,
  signals,
  bench,
  triedIn: () => tried,
  awaitMore: () => {
    more();
    return undefined;
  },
});

describe('a lane of a sweep', () => {
  it('shares what there is with others: each chunk is made once', async () => {
    const signals = Signals.forLanes(2);
    const made: number[] = [];
    const receive = (place: number): void => {
      made.push(place);
      signals.tell(made.length);
    };
    await Promise.all([0, 1].map((n) => makeChunks(order, laneOf(signals, n), receive)));
    expect(made.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  it('waits where it is far ahead of what is told: what it made would pile up', async () => {
    const signals = Signals.forLanes(1);
    const waitedAt: number[] = [];
    let made = 0;
    const lane = laneOf(signals, 0, () => {
      waitedAt.push(made);
      signals.tell(made);
    });
    await makeChunks(order, lane, () => made++);
    expect({ waitedAt, made }).toEqual({ waitedAt: [16], made: 20 });
  });

  it('makes nothing more when it is time to stop, and says at which run it was', async () => {
    const signals = Signals.forLanes(2);
    let runs = 0;
    const stopping = {
      ...bench,
      runToSum: () => {
        if (++runs === 150) signals.stop();
        return clean;
      },
    };
    const made: number[][] = [];
    await makeChunks(
      order,
      { ...laneOf(signals, 1), bench: stopping },
      (place, { kind, ...rest }) =>
        made.push([place, kind === 'sum' && 'sum' in rest ? rest.sum.runs : 0]),
    );
    expect(made).toEqual([
      [0, 100],
      [1, 50],
    ]);
    expect([signals.chunkOf(0), signals.chunkOf(1)]).toEqual([undefined, 1]);
  });
});
