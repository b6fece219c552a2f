/**
 * What a user does not accept besides what a scenario expects: `exposure>0`, `diverged>=1%`. Each
 * scenario under each strategy is held to it.
 *
 * A condition is a measure, a comparison and a number; counts of runs may be given in percent of
 * the runs that came to their end, and the exposure is a share of time.
 */
import type { Row } from './score.js';

export interface FailOn {
  /** As it was written. */
  readonly text: string;
  readonly measure: Measure;
  readonly comparison: Comparison;
  /** A share where `isShare`. */
  readonly bound: number;
  readonly isShare: boolean;
}

type Kind = 'time' | 'runs' | 'amount';

/** A share of time, a number of runs, or an amount in the mean over runs. */
const MEASURES = {
  exposure: 'time',
  exposedRuns: 'runs',
  diverged: 'runs',
  harmed: 'runs',
  void: 'runs',
  waits: 'amount',
  recordWrites: 'amount',
  copiedBytes: 'amount',
} as const satisfies Readonly<Record<string, Kind>>;
type Measure = keyof typeof MEASURES;

const COMPARISONS = ['>=', '<=', '==', '!=', '>', '<'] as const;
type Comparison = (typeof COMPARISONS)[number];

export const MEASURE_NAMES = Object.keys(MEASURES);

/** What is wrong, and in which column of the text, counted from 1. */
export interface Unread {
  readonly column: number;
  readonly problem: string;
}

export function parseFailOn(text: string): FailOn | Unread {
  const [name = ''] = /^[A-Za-z]*/.exec(text) ?? [];
  if (!isMeasure(name)) {
    return { column: 1, problem: `expected one of ${MEASURE_NAMES.join(', ')}` };
  }
  const afterName = text.slice(name.length);
  const comparison = COMPARISONS.find((each) => afterName.trimStart().startsWith(each));
  const at = text.length - afterName.trimStart().length;
  if (comparison === undefined) {
    return { column: at + 1, problem: `expected one of ${COMPARISONS.join(', ')}` };
  }
  const rest = text.slice(at + comparison.length);
  const column = text.length - rest.trimStart().length + 1;
  const [, digits, percent] = /^(\d{1,15}(?:\.\d{1,15})?) ?(%)?$/.exec(rest.trim()) ?? [];
  if (digits === undefined) return { column, problem: 'expected a number, such as 0 or 0.5%' };
  const kind = MEASURES[name];
  if (percent !== undefined && kind === 'amount') {
    return { column: text.indexOf('%') + 1, problem: `${name} is no share: expected a number` };
  }
  const bound = Number(digits) / (percent === undefined ? 1 : 100);
  const isShare = kind === 'time' || percent !== undefined;
  if (isShare && bound > 1) return { column, problem: 'a share is at most 1, which is 100%' };
  return { text, measure: name, comparison, bound, isShare };
}

/** A sentence for each condition that is met. Where no run came to its end nothing is known. */
export function breaches(row: Row, conditions: readonly FailOn[]): string[] {
  const complete = row.runs - row.errorRuns;
  if (complete === 0) return [];
  return conditions.flatMap((condition) => {
    const { text, measure, comparison, bound, isShare } = condition;
    const amount = amountOf(measure, row);
    const value = isShare && measure !== 'exposure' ? amount / complete : amount;
    if (!holds(value, comparison, bound)) return [];
    const found = isShare
      ? `${Number((100 * value).toPrecision(3))} %`
      : `${Number(value.toPrecision(6))}`;
    return [`--fail-on '${text.trim()}': ${measure} is ${found}`];
  });
}

function amountOf(measure: Measure, row: Row): number {
  switch (measure) {
    case 'exposure':
      return row.exposure.mean;
    case 'exposedRuns':
      return row.exposedRuns;
    case 'diverged':
      return row.divergedRuns;
    case 'harmed':
      return row.harmRuns;
    case 'void':
      return row.voidRuns;
    case 'waits':
      return row.costs?.storeWaits ?? 0;
    case 'recordWrites':
      return row.costs?.recordWrites ?? 0;
    case 'copiedBytes':
      return row.costs?.copiedBytes ?? 0;
  }
}

function holds(value: number, comparison: Comparison, bound: number): boolean {
  switch (comparison) {
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '==':
      return value === bound;
    case '!=':
      return value !== bound;
  }
}

function isMeasure(name: string): name is Measure {
  return Object.hasOwn(MEASURES, name);
}
