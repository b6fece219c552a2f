/** A failure made small, here or in a worker. */
import { Asking } from '../../lab/asking.js';
import type { Shrunk } from '../../lab/shrink.js';
import type { Choice } from '../../sim/entropy.js';
import { answerOf, type Answer } from '../answer.js';
import type { HandedApart } from '../apart.js';
import type { Rooms, Searched, Searches } from '../laboratory.js';
import type { Tried } from '../sweep/make-chunks.js';
import { strategyOf } from '../sweep/named-series.js';
import { stopOf, type Enough } from './enough-tries.js';

/** That of a run, or of the shortest way of a search. */
export type Failure =
  | { readonly kind: 'run'; readonly seed: string }
  | {
      readonly kind: 'way';
      readonly wanted: Searched;
      readonly choices: readonly Choice[];
    };

export interface HandedFailure extends HandedApart {
  readonly failure: Failure;
  readonly enough: Enough;
}

export function smallOf(
  { scenario, strategy }: Tried,
  { failure, enough }: Omit<HandedFailure, keyof HandedApart>,
  searches: Pick<Searches, 'shrink' | 'shrinkWay'>,
): Shrunk | undefined {
  const stop = stopOf(enough);
  switch (failure.kind) {
    case 'run':
      return searches.shrink(scenario, strategy, failure.seed, stop);
    case 'way':
      return searches.shrinkWay(scenario, strategy, failure.wanted, failure.choices, stop);
  }
}

/** What a worker does. */
export function smallMaker(
  rooms: Rooms,
): (handed: HandedFailure) => Promise<Answer<Shrunk | undefined>> {
  return async ({ series: { scenario, strategy }, asking, ...handed }) => {
    const fix = await strategyOf(strategy, rooms, new Asking(asking));
    const searches = await rooms.searches();
    return answerOf(() => smallOf({ scenario, strategy: fix }, handed, searches));
  };
}
