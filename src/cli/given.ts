/**
 * What was given on the command line, read with its type; what was given twice but means one thing
 * is refused.
 */
import { nearest } from '../scenario/nearest.js';
import { Refused } from './refused.js';

/** What `-` stands for. */
export const STANDARD_INPUT = '/dev/stdin';

export class Given {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  flag(name: string): boolean {
    return this.texts(name).at(-1) === 'true';
  }

  text(name: string): string | undefined {
    const values = this.texts(name);
    if (values.length > 1) {
      throw new Refused(`--${name} was given ${values.length} times; it takes one value`);
    }
    return values[0];
  }

  texts(name: string): readonly string[] {
    const value = this.#values[name];
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.filter((each) => each !== undefined).map(textOf);
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  throw new TypeError(`yargs gave ${typeof value}`);
}

const LARGEST_SEED = Number.MAX_SAFE_INTEGER;

/** A seed is text all the way; this says whether it is one. */
export function seedOf(text: string): string {
  if (!/^(0|[1-9]\d*)$/.test(text) || Number(text) > LARGEST_SEED) {
    throw new Refused(`a seed is a whole number from 0 to ${LARGEST_SEED}, not "${shown(text)}"`);
  }
  return text;
}

/** `A..B`, both included. */
export function firstAndLast(text: string): readonly [number, number] {
  const match = /^(\d+)\.\.(\d+)$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) {
    throw new Refused(`--seeds is first..last, as in 0..999, not "${shown(text)}"`);
  }
  const range = [Number(seedOf(match[1])), Number(seedOf(match[2]))] as const;
  if (range[0] > range[1]) throw new Refused(`--seeds ${text}: the first is after the last`);
  return range;
}

/** `did you mean run?`, or nothing. */
export function suggestion(word: string, known: readonly string[], before = ''): string {
  const meant = nearest(word, known);
  return meant === undefined ? '' : `; did you mean ${before}${meant}?`;
}

/** What somebody typed, safe to show. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text)
    .slice(1, -1)
    .replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
