/**
 * When a failure is small enough. Of one that nobody asked to shrink no clock says so: what is told
 * is the same on any machine.
 */
import type { Stop } from '../../lab/shrinking/trials.js';
import { overAt } from '../limits.js';

/** Plain data that can be sent. `minimal`: when nothing less fails; `end` as of {@link overAt}. */
export type Enough =
  | { readonly kind: 'minimal'; readonly end: number | undefined }
  | { readonly kind: 'tried' | 'as-found' };

/** The shipped scenarios take 90 to 830. */
const MOST_TRIES = 1000;
/** Of all runs together, some ten seconds; the shipped scenarios have up to 5 million. */
const MOST_EVENTS = 10_000_000;

export function stopOf(enough: Enough): Stop {
  switch (enough.kind) {
    case 'minimal':
      return overAt(enough.end);
    case 'tried':
      return enoughTries();
    case 'as-found':
      return () => true;
  }
}

/** Asked before each try. */
export function enoughTries(): Stop {
  let left = MOST_TRIES;
  return (events) => left-- <= 0 || events > MOST_EVENTS;
}
