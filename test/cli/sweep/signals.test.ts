import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { Signals } from '../../../src/cli/sweep/signals.js';

const LANES = 3;
const EACH = 100_000;

/** Takes as many as it is told to, and answers with their places. */
const TAKER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { module, buffer, lane, lanes, each } = workerData;
  import(module).then(({ Signals }) => {
    const signals = new Signals(buffer);
    const ready = new Int32Array(workerData.ready);
    Atomics.add(ready, 0, 1);
    Atomics.notify(ready, 0);
    for (let n; (n = Atomics.load(ready, 0)) < lanes;) Atomics.wait(ready, 0, n);
    const places = new Int32Array(each);
    for (let n = 0; n < each; n++) places[n] = signals.take(lane);
    parentPort.postMessage(places);
  });
`;

it('lanes that take their chunks at once never take the same', async () => {
  const signals = Signals.forLanes(LANES);
  const shared = { buffer: signals.buffer, ready: new SharedArrayBuffer(4) };
  const module = new URL('../../../dist/cli/sweep/signals.js', import.meta.url).href;
  const taken = await Promise.all(
    Array.from({ length: LANES }, async (_, lane): Promise<Int32Array> => {
      const workerData = { ...shared, module, lane, lanes: LANES, each: EACH };
      const worker = new Worker(TAKER, { eval: true, workerData });
      const told: unknown[] = await once(worker, 'message');
      const [places] = told;
      if (!(places instanceof Int32Array)) throw new Error('that is no list of places');
      return places;
    }),
  );
  const all = taken.flatMap((places) => [...places]).sort((a, b) => a - b);
  expect(all.every((place, n) => place === n)).toBe(true);
  expect(all).toHaveLength(LANES * EACH);
  const last = taken.map((places) => places.at(-1));
  expect(last).toEqual(Array.from({ length: LANES }, (_, lane) => signals.chunkOf(lane)));
});
