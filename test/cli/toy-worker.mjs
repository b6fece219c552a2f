// What a worker of the toy program loads.
import { rehearser } from '../../dist/cli/own/rehearsed.js';
import { searcher } from '../../dist/cli/searcher.js';
import { smallMaker } from '../../dist/cli/shrinking/small-maker.js';
import { chunkMaker } from '../../dist/cli/sweep/chunk-maker.js';
import { rooms } from './toy-rooms.mjs';

export const makeChunks = chunkMaker(rooms);
export const explore = searcher(rooms);
export const makeSmall = smallMaker(rooms);
export const rehearse = rehearser(rooms);
