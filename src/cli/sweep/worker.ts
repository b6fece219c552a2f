/** What a worker thread of a sweep loads. */
import { shipped } from '../laboratory.js';
import { smallMaker } from '../shrinking/small-maker.js';
import { chunkMaker } from './chunk-maker.js';

export const makeChunks = chunkMaker(shipped);
export const makeSmall = smallMaker(shipped);
