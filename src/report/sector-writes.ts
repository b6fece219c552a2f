/**
 * The writes over one sector: which leg sampled it when, and when what it sampled was durable.
 *
 * Whether a leg sampled before a store or after it is what the store was told, also where both
 * fall on the same instant. In steps, where no clock counts, a leg samples just before the first
 * store that finds it has, or else at its landing.
 */
import type { Happening } from '../machine/happening.js';

/** What stands on the left: virtual time, or how many events there have been. */
export type Clock = 'time' | 'steps';

/** An instant, and a place among all that happened for what falls on the same one. */
export interface Moment {
  readonly at: number;
  readonly order: number;
}

/** What a leg took of one write. */
export interface Sample {
  readonly leg: number;
  readonly write: SectorWrite;
  readonly sampled: Moment;
  /** When the sector was durable; undefined: not yet when the telling ends. */
  readonly landed: Moment | undefined;
  /** When the leg was done with the whole write. */
  readonly done: Moment | undefined;
  /** How many of the sector's stores it holds. */
  readonly version: number;
}

export interface SectorWrite {
  readonly request: number;
  /** Places among the happenings. */
  readonly submitted: number;
  readonly completed: number | undefined;
  /** By leg, in the order in which they began to transfer. */
  readonly samples: readonly Sample[];
}

export interface SectorHistory {
  readonly sector: number;
  /** Places of the stores that changed it. */
  readonly stores: readonly number[];
  readonly writes: readonly SectorWrite[];
}

interface Range {
  readonly sector: number;
  readonly sectors: number;
}

export function holds(range: Range, sector: number): boolean {
  return sector >= range.sector && sector < range.sector + range.sectors;
}

export function before(a: Moment, b: Moment): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

export function historyOf(
  sector: number,
  happenings: readonly Happening[],
  clock: Clock,
): SectorHistory {
  const stores: number[] = [];
  const writes: OpenWrite[] = [];
  // Numbers of requests are used again.
  const open = new Map<number, OpenWrite>();
  happenings.forEach((told, place) => {
    if (told.kind === 'store' && told.sector === sector) stores.push(place);
    if (!('request' in told) || !holds(told, sector)) return;
    if (told.kind === 'submitted') {
      const write = new OpenWrite(told.request, place);
      writes.push(write);
      open.set(told.request, write);
      return;
    }
    const write = open.get(told.request);
    if (told.kind === 'transfer') write?.transfers.push([told, place]);
    if (told.kind === 'landed') write?.landings.set(told.leg, place);
    if (told.kind !== 'completed') return;
    if (write !== undefined) write.completed = place;
    open.delete(told.request);
  });
  const sampling: Sampling = { sector, stores, happenings, clock };
  return { sector, stores, writes: writes.map((write) => write.closed(sampling)) };
}

type Transfer = Extract<Happening, { readonly kind: 'transfer' }>;

interface Sampling {
  readonly sector: number;
  readonly stores: readonly number[];
  readonly happenings: readonly Happening[];
  readonly clock: Clock;
}

class OpenWrite {
  readonly request: number;
  readonly submitted: number;
  completed: number | undefined;
  readonly transfers: (readonly [Transfer, number])[] = [];
  /** Where a leg was done with the whole of it. */
  readonly landings = new Map<number, number>();

  constructor(request: number, submitted: number) {
    this.request = request;
    this.submitted = submitted;
  }

  closed(sampling: Sampling): SectorWrite {
    const { request, submitted, completed } = this;
    const samples: Sample[] = [];
    const write: SectorWrite = { request, submitted, completed, samples };
    for (const [transfer, place] of this.transfers) {
      const sample = sampleOf(transfer, place, this, sampling);
      if (sample !== undefined) samples.push({ ...sample, leg: transfer.leg, write });
    }
    return write;
  }
}

type Taken = Omit<Sample, 'leg' | 'write'>;

/** undefined: it has not sampled the sector as far as it is told. */
function sampleOf(
  transfer: Transfer,
  place: number,
  { landings, completed }: OpenWrite,
  sampling: Sampling,
): Taken | undefined {
  const { stores, happenings, clock } = sampling;
  const { leg } = transfer;
  const done = momentOf(landings.get(leg), happenings);
  const last = completed ?? happenings.length;
  const met = stores.find((at) => at > place && at < last && found(happenings[at], leg));
  return clock === 'steps'
    ? takenInSteps(momentOf(met, happenings), done, sampling)
    : takenInTime(transfer, place, met, done, sampling);
}

/** `met`: the first store that finds that the leg has sampled. */
function takenInSteps(
  met: Moment | undefined,
  done: Moment | undefined,
  { stores }: Sampling,
): Taken | undefined {
  const isMet = met !== undefined && (done === undefined || met.order < done.order);
  const sampled = isMet ? { at: met.at, order: met.order - 0.5 } : done;
  if (sampled === undefined) return undefined;
  const version = stores.filter((store) => store < sampled.order).length;
  return { sampled, landed: done, done, version };
}

function takenInTime(
  transfer: Transfer,
  place: number,
  met: number | undefined,
  done: Moment | undefined,
  { sector, stores, happenings }: Sampling,
): Taken | undefined {
  const end = happenings.at(-1)?.at ?? 0;
  const at = sampledAt(transfer, sector);
  if (at > end) return undefined;
  const had = stores.filter(
    (store) => (met === undefined || store < met) && (happenings[store]?.at ?? 0) <= at,
  );
  const metAt = met === undefined ? undefined : happenings[met]?.at;
  const order = metAt === at ? (met ?? place) - 0.5 : Math.max(place, had.at(-1) ?? 0) + 0.25;
  const landedAt = Math.round(at + transfer.durableAt - transfer.lastSampleAt);
  const landed = { at: landedAt, order: done?.at === landedAt ? done.order : place + 0.5 };
  return {
    sampled: { at, order },
    landed: landedAt > end ? undefined : landed,
    done,
    version: had.length,
  };
}

/** Whether the store found that this leg of a write had sampled the sector. */
function found(store: Happening | undefined, leg: number): boolean {
  return store?.kind === 'store' && store.sampledBefore[leg] === true;
}

function sampledAt({ firstSampleAt, lastSampleAt, sector: first, sectors }: Transfer, s: number) {
  const each = sectors > 1 ? (lastSampleAt - firstSampleAt) / (sectors - 1) : 0;
  return Math.round(firstSampleAt + each * (s - first));
}

function momentOf(place: number | undefined, happenings: readonly Happening[]): Moment | undefined {
  const told = place === undefined ? undefined : happenings[place];
  return told === undefined || place === undefined ? undefined : { at: told.at, order: place };
}
