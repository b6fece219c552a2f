/** What a worker does that makes one failure small. */
import { Asking } from '../../lab/asking.js';
import { RunStopped } from '../../lab/run-stopped.js';
import type { Shrunk } from '../../lab/shrink.js';
import type { HandedApart } from '../apart.js';
import type { Rooms } from '../laboratory.js';
import { strategyOf } from '../sweep/named-series.js';
import { enoughTries } from './enough-tries.js';

export interface HandedFailure extends HandedApart {
  readonly seed: string;
}

/** Plain data that can be sent. */
export type Small =
  | { readonly kind: 'shrunk'; readonly shrunk: Shrunk | undefined }
  | Left
  | { readonly kind: 'threw'; readonly message: string; readonly stack: string };

/** It cannot be, and why. */
export interface Left {
  readonly kind: 'left';
  readonly why: string;
}

export function smallMaker(rooms: Rooms): (handed: HandedFailure) => Promise<Small> {
  return async ({ series, seed, asking }) => {
    const { scenario, strategy } = series;
    const fix = await strategyOf(strategy, rooms, new Asking(asking));
    const searches = await rooms.searches();
    try {
      const shrunk = searches.shrink(scenario, fix, seed, enoughTries());
      return { kind: 'shrunk', shrunk };
    } catch (error) {
      if (error instanceof RunStopped) return { kind: 'left', why: error.message };
      const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
      return { kind: 'threw', message, stack };
    }
  };
}
