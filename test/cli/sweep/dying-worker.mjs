// A worker whose thread ends in its third chunk. Its first run takes a while: whoever waits sees it.
import { chunkMaker } from '../../../dist/cli/sweep/chunk-maker.js';
import { rooms } from '../toy-rooms.mjs';

const toy = await rooms.bench();
const bench = {
  ...toy,
  runToSum(scenario, strategy, seed) {
    if (seed === '1') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    if (seed === '250') process.reallyExit(0);
    return toy.runToSum(scenario, strategy, seed);
  },
};

export const makeChunks = chunkMaker({ ...rooms, bench: () => Promise.resolve(bench) });
