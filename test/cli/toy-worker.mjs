// What a worker of the toy program loads.
import { chunkMaker } from '../../dist/cli/sweep/chunk-maker.js';
import { rooms } from './toy-rooms.mjs';

export const makeChunks = chunkMaker(rooms);
