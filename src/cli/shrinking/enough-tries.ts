/**
 * When a failure that nobody asked to shrink is small enough. No clock says so: what is told is the
 * same on any machine.
 */
import type { Stop } from '../../lab/shrinking/trials.js';

/** The shipped scenarios take 90 to 830. */
const MOST_TRIES = 1000;
/** Of all runs together, some ten seconds; the shipped scenarios have up to 5 million. */
const MOST_EVENTS = 10_000_000;

/** Asked before each try. */
export function enoughTries(): Stop {
  let left = MOST_TRIES;
  return (events) => left-- <= 0 || events > MOST_EVENTS;
}
