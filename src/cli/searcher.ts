/** What a worker does that goes through everything under a strategy of a user's own. */
import { Asking } from '../lab/asking.js';
import type { Explored } from '../lab/explore.js';
import { answerOf, type Answer } from './answer.js';
import type { HandedApart } from './apart.js';
import type { Rooms } from './laboratory.js';
import { overAt } from './limits.js';
import type { Extent } from './searched.js';
import { strategyOf } from './sweep/named-series.js';

export interface HandedSearch extends HandedApart {
  readonly extent: Extent;
}

export function searcher(rooms: Rooms): (handed: HandedSearch) => Promise<Answer<Explored>> {
  return async ({ series: { scenario, strategy }, asking, extent }) => {
    const fix = await strategyOf(strategy, rooms, new Asking(asking));
    const searches = await rooms.searches();
    const wanted = { ...extent, stop: overAt(extent.end) };
    return answerOf(() => searches.explore(scenario, fix, wanted));
  };
}
