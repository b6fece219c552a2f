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

/** When the time will be over that the user gave from now on; undefined: never. */
export function endIn(given: Given): number | undefined {
  const text = given.text('max-time');
  if (text === undefined) return undefined;
  const most = parseDuration(text);
  if (most === undefined)
    throw new Refused(`--max-time is a time such as 30s, not "${shown(text)}"`);
  return now() + most / 1e6;
}

/** Asked again and again: is it over? */
export function overAt(end: number | undefined): () => boolean {
  return end === undefined ? () => false : () => now() > end;
}

/** In milliseconds, of which each thread counts its own: the same in all of them. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
