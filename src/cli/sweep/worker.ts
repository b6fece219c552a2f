/** What a worker thread of a sweep loads. */
import { shipped } from '../laboratory.js';
import { rehearser } from '../own/rehearsed.js';
import { searcher } from '../searcher.js';
import { smallMaker } from '../shrinking/small-maker.js';
import { chunkMaker } from './chunk-maker.js';

export const makeChunks = chunkMaker(shipped);
export const explore = searcher(shipped);
export const makeSmall = smallMaker(shipped);
export const rehearse = rehearser(shipped);
