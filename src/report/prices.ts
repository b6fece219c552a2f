/** How prices read: as the head of a column, in a cell, and as a person would say them. */
import type { Price } from '../lab/compare.js';
import type { Row } from '../lab/score.js';
import { rough, size, span } from './quantities.js';

export interface PriceText {
  readonly price: Price;
  readonly head: string;
  /** `unbeaten in exposure and ...` */
  readonly name: string;
  /** What a minute of virtual time cost, or what it is by itself. */
  readonly each: 'minute' | 'run';
  readonly amount: (value: number) => string;
}

const bytes = (value: number): string => size(Math.round(value));
const time = (value: number): string => span(Math.round(value));

/** In the order of the tables. */
export const PRICE_TEXTS: readonly PriceText[] = [
  {
    price: 'recordWrites',
    head: 'record writes/min',
    name: 'writes of the record',
    each: 'minute',
    amount: rough,
  },
  {
    price: 'expectedResyncBytes',
    head: 'resync',
    name: 'bytes to resync',
    each: 'run',
    amount: bytes,
  },
  {
    price: 'expectedResyncNs',
    head: 'resync time',
    name: 'time to resync',
    each: 'run',
    amount: time,
  },
  {
    price: 'storeWaitNs',
    head: 'stores waited/min',
    name: 'waiting of stores',
    each: 'minute',
    amount: time,
  },
  {
    price: 'longestStoreWaitNs',
    head: 'longest wait',
    name: 'longest wait of a store',
    each: 'run',
    amount: time,
  },
  {
    price: 'writesHeld',
    head: 'writes held/min',
    name: 'writes held',
    each: 'minute',
    amount: rough,
  },
  {
    price: 'copiedBytes',
    head: 'copied/min',
    name: 'bytes copied',
    each: 'minute',
    amount: bytes,
  },
  {
    price: 'sums',
    head: 'sums/min',
    name: 'checksums',
    each: 'minute',
    amount: rough,
  },
  {
    price: 'pageWriteBytes',
    head: 'written/min',
    name: 'bytes written',
    each: 'minute',
    amount: bytes,
  },
  {
    price: 'syncWriteBytes',
    head: 'by sync()/min',
    name: 'bytes written by its sync()',
    each: 'minute',
    amount: bytes,
  },
  {
    price: 'writeLatencyP50Ns',
    head: 'write p50',
    name: 'median latency of writes',
    each: 'run',
    amount: time,
  },
  {
    price: 'writeLatencyP99Ns',
    head: 'write p99',
    name: 'p99 latency of writes',
    each: 'run',
    amount: time,
  },
];

const MINUTE = 60e9;
/** What the durable record is to a reader. */
const WRITES: Readonly<Record<Row['record'], string>> = {
  'dm-log': 'region-log writes',
  core: 'writes of the record',
  md: 'superblock and bitmap writes',
  'md-safemode': 'superblock writes',
  'md-llbitmap': 'bitmap writes',
  'activity-log': 'activity-log writes',
};

export function priceText({ price, each, amount }: PriceText, row: Row): string {
  const paid = row.costs?.[price] ?? 0;
  return amount(each === 'minute' ? (paid * MINUTE) / row.simulatedNs : paid);
}

/** `3.1 region-log writes a minute`, one for each price that is paid; the record's in any case. */
export function spokenPrices(row: Row): string[] {
  const said: readonly (readonly [Price, string])[] = [
    ['recordWrites', `${WRITES[row.record]} a minute`],
    ['copiedBytes', 'copied a minute'],
    ['sums', 'checksums a minute'],
    ['syncWriteBytes', 'written by its sync() a minute'],
    ['storeWaitNs', 'of waiting stores a minute'],
    ['writesHeld', 'writes held a minute'],
    ['expectedResyncBytes', 'of resync after a crash'],
  ];
  return said.flatMap(([price, what]) => {
    const text = PRICE_TEXTS.find((each) => each.price === price);
    const unpaid = price !== 'recordWrites' && (row.costs?.[price] ?? 0) === 0;
    return text === undefined || unpaid ? [] : [`${priceText(text, row)} ${what}`];
  });
}
