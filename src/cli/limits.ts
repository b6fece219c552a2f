/** Limits that a user may name for what could go on for long. */
import { parseDuration } from '../sim/time.js';
import { shown, type Given } from './given.js';
import { Refused } from './refused.js';

export function countIn(given: Given, name: string): number | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Refused(`--${name} is a whole number from 1, not "${shown(text)}"`);
}

/** Asked again and again: has the time that the user named gone by? */
export function overAfter(given: Given): () => boolean {
  const text = given.text('max-time');
  if (text === undefined) return () => false;
  const most = parseDuration(text);
  if (most === undefined)
    throw new Refused(`--max-time is a time such as 30s, not "${shown(text)}"`);
  return overIn(most);
}

/** `most` in nanoseconds of the wall clock, from now. */
function overIn(most: number): () => boolean {
  const began = performance.now();
  return () => (performance.now() - began) * 1e6 > most;
}
