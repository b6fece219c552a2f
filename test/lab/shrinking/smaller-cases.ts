/**
 * Everything that has one thing less than a shrunk scenario, written down anew: by its text, not by
 * what the shrinker knows.
 */
import { parse, stringify } from 'yaml';
import { loadScenario } from '../../../src/scenario/load.js';
import { printScenario } from '../../../src/scenario/print.js';
import type { Scenario } from '../../../src/scenario/scenario.js';

export interface SmallerCase {
  readonly what: string;
  readonly scenario: Scenario;
}

/** What is no part of the failure but of the machine. */
const KEPT = ['kernel', 'memory', 'story', 'seed', 'expect', 'limits', 'bound', 'strategies'];

/** The number of a question: the same answer to an earlier one is no smaller case. */
const QUESTION = /^choices\.[^[]*\[\d+\]\[0\]: /;

/** Those that a file could say; a scenario that no file could say is none. */
export function smallerCases(scenario: Scenario): SmallerCase[] {
  const plain: unknown = parse(printScenario(scenario));
  return [...lessOf(plain, '')].flatMap(({ what, value }) => {
    if (KEPT.includes(/^\w+/.exec(what)?.[0] ?? '') || QUESTION.test(what)) return [];
    const loaded = loadScenario(stringify(value), { file: 'x.yaml', name: scenario.name });
    return loaded.ok ? [{ what, scenario: loaded.scenario }] : [];
  });
}

interface Less {
  readonly what: string;
  readonly value: unknown;
}

/** A value with one item of a list less, or one number in it lower. */
function* lessOf(value: unknown, path: string): Generator<Less> {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const [n, item] of items.entries()) {
      yield { what: `${path}[${n}] removed`, value: items.toSpliced(n, 1) };
      for (const less of lessOf(item, `${path}[${n}]`)) {
        yield { what: less.what, value: items.with(n, less.value) };
      }
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries<unknown>({ ...value })) {
      const at = path === '' ? key : `${path}.${key}`;
      for (const less of lessOf(inner, at)) {
        yield { what: less.what, value: { ...value, [key]: less.value } };
      }
    }
  } else {
    for (const lower of lowerThan(value)) yield { what: `${path}: ${lower}`, value: lower };
  }
}

/** Nothing, the half, one less in the last digit that is written. */
function lowerThan(value: unknown): (string | number)[] {
  if (typeof value === 'number') return value > 1 ? [1, Math.floor(value / 2), value - 1] : [];
  const [, digits = '', unit = ''] = /^([\d.]+)([A-Za-z]+)$/.exec(String(value)) ?? [];
  if (digits === '' || Number(digits) === 0) return [];
  const behind = digits.split('.')[1]?.length ?? 0;
  const whole = Number(digits.replace('.', ''));
  const trailing = /0*$/.exec(`${whole}`)?.[0].length ?? 0;
  const step = Number(`1${'0'.repeat(Math.min(trailing, Math.max(0, `${whole}`.length - 2)))}`);
  const scale = Number(`1${'0'.repeat(behind)}`);
  return [0, whole - step].map((lower) => `${lower / scale}${unit}`);
}
