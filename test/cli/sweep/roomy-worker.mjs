// A worker whose runs throw where it has more room than it should for what is soon dead.
import { resourceLimits } from 'node:worker_threads';
import { chunkMaker } from '../../../dist/cli/sweep/chunk-maker.js';
import { rooms } from '../toy-rooms.mjs';

const toy = await rooms.bench();
const MOST_MB = 16;
const bench = {
  ...toy,
  runToSum(scenario, strategy, seed) {
    const { maxYoungGenerationSizeMb: young } = resourceLimits;
    if (young > MOST_MB) throw new Error(`room for ${young} MB`);
    return toy.runToSum(scenario, strategy, seed);
  },
};

export const makeChunks = chunkMaker({ ...rooms, bench: () => Promise.resolve(bench) });
