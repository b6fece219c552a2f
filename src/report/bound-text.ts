/**
 * What "everything" was, in words: `1 page, 2 stores, 2 writebacks, latencies {1 ms, 5 ms}, timing
 * free`.
 */
import type { Explored } from '../lab/explore.js';
import { counted, grouped, span } from './quantities.js';

type Bounded = Pick<Explored, 'bound' | 'timing'>;

export function boundText({ bound, timing }: Bounded): string {
  const { pages, metadata, stores, writebacks, syncs } = bound;
  const parts = [
    most(pages, 'page') + (metadata ? ' and metadata' : ''),
    most(stores, 'store'),
    most(writebacks, 'writeback'),
    ...(syncs === 0 ? [] : [most(syncs, 'sync')]),
    `latencies ${valuesText(bound.latenciesNs)}`,
    ...named('pauses', bound.pausesNs),
    ...named('preempted for', bound.preemptionsNs),
    `timing ${timing}`,
  ];
  return parts.join(', ');
}

function most(count: number | undefined, one: string): string {
  return count === undefined ? `any number of ${one}s` : counted(count, one);
}

/** Nothing where there is nothing to choose. */
function named(name: string, values: readonly number[] | undefined): string[] {
  const isNothing = values === undefined || values.every((value) => value === 0);
  return isNothing ? [] : [`${name} ${valuesText(values)}`];
}

/** More are told by the first and the last of them. */
const MOST_TOLD = 8;

function valuesText(values: readonly number[] | undefined): string {
  if (values === undefined) return 'of any length';
  if (values.length <= MOST_TOLD) return `{${values.map(span).join(', ')}}`;
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  return `{${span(first)} .. ${span(last)}, ${grouped(values.length)} of them}`;
}
