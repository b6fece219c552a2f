/** Whether something is a {@link FixStrategy}: every problem with it at once, a sentence each. */
import { isDuration } from '../machine/mirror/region-keeper.js';
import type { FixStrategy } from '../machine/strategy.js';
import { isPowerOfTwo, PAGE_BYTES } from '../media/geometry.js';
import { RECORD_KINDS } from '../media/record-format.js';
import { nearest } from '../scenario/nearest.js';
import { quoted, shortened, visible } from '../scenario/visible.js';

const GiB = 2 ** 30;
const MOST_TEXT = 500;
/** Numbers for each region: a strategy that needs more keeps a file system of its own. */
const MOST_REMEMBERED = 64;

interface Rule {
  /** What it is, for people. */
  readonly expected: string;
  readonly holds: (value: unknown) => boolean;
  readonly required?: true;
  /** Of a map: its keys, all of them required. */
  readonly parts?: Readonly<Record<string, Rule>>;
}

const text: Rule = {
  expected: `a text of 1 to ${MOST_TEXT} characters without control characters`,
  holds: (value) =>
    typeof value === 'string' &&
    /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+$/u.test(value) &&
    value.length <= MOST_TEXT,
};
const time: Rule = {
  expected: 'a whole number of nanoseconds above 0, such as 30e9',
  holds: (value) => isDuration(value) && value > 0,
};

type Key = Exclude<keyof FixStrategy, 'source'>;

const RULES: Readonly<Record<Key, Rule>> = {
  name: { ...text, required: true },
  summary: { ...text, required: true },
  needs: text,
  costs: text,
  assumes: text,
  record: { ...oneOf(RECORD_KINDS), required: true },
  granule: {
    expected: "a power of two from 4096 to 4294967296 bytes, or 'device'",
    holds: (value) =>
      value === 'device' ||
      (typeof value === 'number' && value >= PAGE_BYTES && value <= 4 * GiB && isPowerOfTwo(value)),
  },
  mostMarked: whole(1, Number.MAX_SAFE_INTEGER),
  cleanFlagAfter: time,
  stores: oneOf(['proceed', 'wait', 'copy']),
  legsRead: oneOf(['live-page', 'private-copy']),
  comparesSums: { expected: 'true or false', holds: (value) => typeof value === 'boolean' },
  period: {
    expected: "a map such as { every: 30e9, from: 'boot' }",
    holds: (value) => typeof value === 'object' && value !== null,
    parts: {
      every: { ...time, required: true },
      from: { ...oneOf(['boot', 'first-mark']), required: true },
    },
  },
  patience: time,
  remembers: whole(0, MOST_REMEMBERED),
  region: {
    expected: 'a function (cause, region, memory, choose) that answers what becomes of the mark',
    holds: (value) => typeof value === 'function',
    required: true,
  },
};

/** What stands for a value that could not be read: nothing that would pass. */
const UNREADABLE = Symbol('unreadable');

/**
 * What it says of itself now, whatever its getters say later: each key is read once, those of a
 * class's instance too.
 */
export function readOnce(exported: unknown): unknown {
  if (typeof exported !== 'object' || exported === null) return exported;
  try {
    if (Array.isArray(exported)) return exported;
    const data = copyWith(exported, Object.keys(RULES));
    const period: unknown = data['period'];
    if (typeof period !== 'object' || period === null) return data;
    const parts = Object.freeze(copyWith(period, ['every', 'from']));
    return { ...data, period: parts };
  } catch {
    return UNREADABLE;
  }
}

function copyWith(from: object, known: readonly string[]): Record<string, unknown> {
  const keys = new Set([...Object.keys(from), ...known]);
  const entries = [...keys].map((key) => [key, valueOf(from, key)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

export function strategyProblems(exported: unknown): string[] {
  if (exported === undefined) return ['it has no default export: export default { name: ... }'];
  if (typeof exported !== 'object' || exported === null || Array.isArray(exported)) {
    return [
      `its default export must be an object with name, summary, record and region, not ${shown(exported)}`,
    ];
  }
  return problemsOf(exported, RULES, '');
}

function problemsOf(map: object, rules: Readonly<Record<string, Rule>>, before: string): string[] {
  const known = Object.keys(rules);
  const strangers = Object.keys(map)
    .filter((key) => !known.includes(key))
    .map(
      (key) => `${before}${visible(shortened(key, 60))}: there is no such key${meant(key, known)}`,
    );
  const wrong = Object.entries(rules).flatMap(([key, rule]) =>
    problemsWith(Reflect.get(map, key), rule, before + key),
  );
  return [...strangers, ...wrong];
}

function problemsWith(value: unknown, rule: Rule, path: string): string[] {
  const { expected, holds, required, parts } = rule;
  if (value === undefined && required !== true) return [];
  if (!holds(value)) return [`${path}: expected ${expected}, found ${shown(value)}`];
  if (parts === undefined || typeof value !== 'object' || value === null) return [];
  return problemsOf(value, parts, `${path}.`);
}

function meant(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

/** A getter may throw. */
function valueOf(exported: object, key: string): unknown {
  try {
    return Reflect.get(exported, key);
  } catch {
    return UNREADABLE;
  }
}

function oneOf(words: readonly string[]): Rule {
  return {
    expected: `one of ${words.join(', ')}`,
    holds: (value) => typeof value === 'string' && words.includes(value),
  };
}

function whole(least: number, most: number): Rule {
  const range =
    most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return {
    expected: `a whole number ${range}`,
    holds: (value) =>
      Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most,
  };
}

function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value, 40);
    case 'number':
    case 'boolean':
      return String(value);
    case 'undefined':
      return 'nothing';
    case 'object':
      return value === null ? 'null' : isList(value) ? 'a list' : 'an object';
    default:
      return value === UNREADABLE ? 'what cannot be read' : `a ${typeof value}`;
  }
}

/** A proxy that was revoked may not even be asked that. */
function isList(value: object): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}
