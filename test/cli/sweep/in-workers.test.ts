import { describe, expect, it } from 'vitest';
import { shipped } from '../../../src/cli/laboratory.js';
import { OwnCode } from '../../../src/cli/own/own-code.js';
import { Course } from '../../../src/cli/sweep/course.js';
import { inWorkers } from '../../../src/cli/sweep/in-workers.js';
import { Signals } from '../../../src/cli/sweep/signals.js';
import { WHOLE } from '../../../src/lab/sweep/plan.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { smallScenario } from '../../support/small-scenario.js';

const plan = { firstSeeds: [1], count: 400 };
const order = {
  plan,
  shard: WHOLE,
  before: 0,
  chunks: 4,
  keep: false,
  again: false,
  only: undefined,
};
const tried = [{ scenario: smallScenario(), strategy: clearWhenIdle }];
const roomsWith = (file: string): typeof shipped => ({
  ...shipped,
  worker: new URL(file, import.meta.url),
});

/** How it ended, and the chunks that were told. */
async function courseIn(
  file: string,
  meanwhile: (signals: Signals) => Promise<void> = () => Promise.resolve(),
): Promise<{ left: object; told: number[][] }> {
  const signals = Signals.forLanes(1);
  const session = { rooms: roomsWith(file), own: new OwnCode(shipped.patienceMs) };
  const lanes = await inWorkers(1, tried, session, signals);
  const told: number[][] = [];
  const receiver = {
    chunk({ number }: { readonly number: number }, { runs }: { readonly runs: number }): void {
      told.push([number, runs]);
    },
  };
  const running = new Course({ order, bail: Infinity }, lanes, signals, receiver).run();
  try {
    await meanwhile(signals);
    return { left: await running, told };
  } finally {
    await lanes.end();
  }
}

/** This thread hears nothing from when the lane is at its first chunk until it is dead. */
async function deafUntilItsEnd(signals: Signals): Promise<void> {
  while (signals.chunkOf(0) === undefined) await new Promise((resolve) => setImmediate(resolve));
  const cell = new Int32Array(new SharedArrayBuffer(4));
  while (signals.chunkOf(0) !== 2 || signals.runOf(0) < 49) Atomics.wait(cell, 0, 0, 10);
  Atomics.wait(cell, 0, 0, 200);
}

describe('a lane in a worker', () => {
  it('whose thread dies is told as far as it had come, and the seed of which it died', async () => {
    const { left, told } = await courseIn('dying-worker.mjs', deafUntilItsEnd);
    expect(left).toMatchObject({
      kind: 'broken',
      breach: { chunk: { number: 2 }, made: { seed: '250', how: 'died' } },
    });
    expect(told).toEqual([0, 1].map((number) => [number, 100]));
  });

  it('that cannot even be loaded died of the first seed', async () => {
    const { left, told } = await courseIn('no-such-worker.mjs');
    expect(left).toMatchObject({
      kind: 'broken',
      breach: { chunk: { number: 0 }, made: { seed: '1', how: 'died' } },
    });
    expect(told).toEqual([]);
  });

  it('makes all that there is, and keeps no more room for what is dead than it needs', async () => {
    const { left, told } = await courseIn('roomy-worker.mjs');
    expect(left).toEqual({ kind: 'done' });
    expect(told).toEqual([0, 1, 2, 3].map((number) => [number, 100]));
  });
});
