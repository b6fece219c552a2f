/** Maps of known keys, in two kinds: with all of them, and with exactly one. */
import { z } from 'zod';
import { refusal, type Refusal } from './refusal.js';

type Shape = Readonly<Record<string, z.ZodType>>;

/** A map of these keys and no others; `what` is its name with an article. */
export function fields<S extends Shape>(what: string, shape: S): z.ZodObject<S, z.core.$strict> {
  return z.strictObject(shape, { error: (issue) => refused(what, Object.keys(shape), issue.code) });
}

/** A map of exactly one of these keys; what comes out is the value under it. */
export function oneKey<T>(
  what: string,
  shape: Readonly<Record<string, z.ZodType<T>>>,
): z.ZodType<T> {
  const keys = Object.keys(shape);
  const optional = Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => [key, schema.optional()]),
  );
  return z
    .strictObject(optional, { error: (issue) => refused(what, keys, issue.code) })
    .check((payload) => {
      const [first, second] = Object.keys(payload.value);
      if (first !== undefined && second === undefined) return;
      if (payload.issues.length > 0) return;
      payload.issues.push(tooFewOrMany(what, keys, payload.value, second));
    })
    .transform((map): T => {
      const [value] = Object.values(map);
      return value === undefined ? z.NEVER : value;
    })
    .meta({ minProperties: 1, maxProperties: 1 });
}

function tooFewOrMany(
  what: string,
  keys: readonly string[],
  input: Readonly<Record<string, unknown>>,
  second: string | undefined,
): z.core.$ZodRawIssue {
  const message =
    second === undefined
      ? refusal({ expected: `${what}: one of ${keys.join(', ')}` })
      : refusal({ expected: `one key in ${what}`, found: `${second} as well`, atKey: true });
  return { code: 'custom', message, path: second === undefined ? [] : [second], input };
}

function refused(what: string, keys: readonly string[], code: string): string {
  if (code !== 'unrecognized_keys')
    return refusal({ expected: `${what}: a map of ${keys.join(', ')}` });
  return refusal({ expected: `a key of ${what} (${keys.join(', ')})`, among: keys, atKey: true });
}

/**
 * What a value must fulfil besides. Not asked while a part of the value is wrong; an unknown key
 * makes no part wrong.
 */
export function must<T>(
  holds: (value: T) => boolean,
  parts: Refusal | ((value: T) => Refusal),
  path: PropertyKey[] = [],
): z.core.CheckFn<T> {
  return ({ issues, value }) => {
    if (issues.some((issue) => issue.code !== 'unrecognized_keys') || holds(value)) return;
    const message = refusal(typeof parts === 'function' ? parts(value) : parts);
    issues.push({ code: 'custom', message, path, input: value });
  };
}

/** One of a few words. */
export function word<const T extends readonly string[]>(
  names: T,
): z.ZodEnum<z.core.util.ToEnum<T[number]>> {
  const expected = names.length === 1 ? names.join() : `one of ${names.join(', ')}`;
  return z.enum(names, { error: refusal({ expected, among: names }) });
}

/** A whole number in a range, written in digits. */
export function whole(what: string, least: number, most: number): z.ZodInt {
  const error = refusal({ expected: `${what} from ${least} to ${most}` });
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** A list of at least and at most so many. */
export function listOf<T extends z.ZodType>(
  item: T,
  what: string,
  least: number,
  most: number,
): z.ZodArray<T> {
  const error = refusal({ expected: `a list of ${least} to ${most} ${what}` });
  return z.array(item, { error }).min(least, { error }).max(most, { error });
}
