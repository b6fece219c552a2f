/**
 * Which of a run's happenings tell how the legs came to differ, in the order of their time.
 *
 * A race is a store that changed a sector after one leg of a write in flight had sampled it and
 * before another had. Told are the write it fell into, who sampled what, what became of the
 * region's mark, exposure and the crash.
 */
import type { Happening } from '../machine/happening.js';
import { counted } from './quantities.js';
import { toldRow, type Naming, type Row } from './rows.js';

export interface Telling extends Naming {
  readonly happenings: readonly Happening[];
  /** The sectors in which the recovered legs differ. */
  readonly diverged: ReadonlySet<number>;
}

export interface Story {
  readonly rows: readonly Row[];
  /** What was left out, or why there is little to tell. */
  readonly note: string | undefined;
}

type Of<K extends Happening['kind']> = Extract<Happening, { readonly kind: K }>;

/** Raced writes beyond these are counted, not told. */
const MOST_RACES = 3;

export function everything({ happenings, ...naming }: Telling): Story {
  return { rows: happenings.map((happening) => toldRow(happening, naming)), note: undefined };
}

export function divergenceStory(telling: Telling): Story {
  const { writes, left } = racedWrites(telling);
  const told = new Map<number, Row>();
  for (const write of writes) {
    for (const [order, row] of rowsOf(write, telling)) told.set(order, row);
  }
  const { happenings } = telling;
  const crash = happenings.find(({ kind }) => kind === 'crash');
  const rows = [...told]
    .sort(([i, a], [j, b]) => a.at - b.at || lateness(a) - lateness(b) || i - j)
    .map(([, row]) => row)
    .filter(({ at }) => crash === undefined || at <= crash.at);
  if (crash !== undefined) rows.push(toldRow(crash, telling));
  return { rows, note: noteOn(writes.length, left) };
}

/** What is true from an instant on is told after what happened at it. */
function lateness({ kind }: Row): number {
  return kind === 'state' ? 1 : 0;
}

function noteOn(told: number, left: number): string | undefined {
  if (told === 0) return 'Nothing raced: no store fell between the samples of two legs.';
  return left > 0 ? `${counted(left, 'more store')} raced; --all tells everything.` : undefined;
}

/** A write into which a store fell between the samples of two legs. */
interface RacedWrite {
  readonly submittedAt: number;
  /** Index after its last happening. */
  readonly endedAt: number;
  readonly submitted: Of<'submitted'>;
  /** Indices of the racing stores. */
  readonly stores: readonly number[];
}

interface RacedWrites {
  readonly writes: readonly RacedWrite[];
  /** Racing stores into other writes. */
  readonly left: number;
}

/** The first of those that matter: to what diverged, else to what was exposed, else all. */
function racedWrites(telling: Telling): RacedWrites {
  const { happenings, diverged } = telling;
  const races = happenings.flatMap((happening, index) => (isRace(happening) ? [index] : []));
  const sectorOf = (index: number): number => {
    const store = happenings[index];
    return store?.kind === 'store' ? store.sector : -1;
  };
  const crash = happenings.findIndex(({ kind }) => kind === 'crash');
  if (diverged.size > 0) {
    // An earlier race over the same sector was healed by the next write of it.
    const last = new Map<number, number>();
    for (const index of races) {
      const counts = diverged.has(sectorOf(index)) && (crash === -1 || index < crash);
      if (counts) last.set(sectorOf(index), index);
    }
    if (last.size > 0) return grouped([...last.values()], happenings);
  }
  const exposedLast = new Map<number, number>();
  happenings.forEach((happening, index) => {
    if (happening.kind !== 'exposed') return;
    for (const region of happening.regions) exposedLast.set(region, index);
  });
  const exposing = races.filter(
    (index) => (exposedLast.get(telling.regionOf(sectorOf(index))) ?? -1) > index,
  );
  return grouped(exposing.length > 0 ? exposing : races, happenings);
}

function isRace(happening: Happening): happening is Of<'store'> {
  return (
    happening.kind === 'store' &&
    happening.sampledBefore.includes(true) &&
    happening.sampledBefore.includes(false)
  );
}

function grouped(races: readonly number[], happenings: readonly Happening[]): RacedWrites {
  const writes = new Map<number, RacedWrite>();
  let left = 0;
  for (const index of races.toSorted((a, b) => a - b)) {
    // Each search reads the whole run, so the searching ends with the last write that is told.
    const at = left > 0 ? undefined : writeUnder(index, happenings);
    const submitted = at === undefined ? undefined : happenings[at];
    if (at === undefined || submitted?.kind !== 'submitted') {
      left++;
      continue;
    }
    const before = writes.get(at);
    if (before === undefined && writes.size === MOST_RACES) {
      left++;
      continue;
    }
    const { request } = submitted;
    const end = happenings.findIndex(
      (told, later) => later > index && told.kind === 'completed' && told.request === request,
    );
    writes.set(at, {
      ...{ submittedAt: at, submitted },
      endedAt: end === -1 ? happenings.length : end + 1,
      stores: [...(before?.stores ?? []), index],
    });
  }
  return { writes: [...writes.values()], left };
}

/**
 * The write in flight over the sector of a store: the last one submitted that has not completed.
 * Numbers are used again.
 */
function writeUnder(store: number, happenings: readonly Happening[]): number | undefined {
  const told = happenings[store];
  if (told?.kind !== 'store') return undefined;
  const completed = new Set<number>();
  for (let index = store - 1; index >= 0; index--) {
    const happening = happenings[index];
    if (happening?.kind === 'completed') completed.add(happening.request);
    if (happening?.kind !== 'submitted') continue;
    if (!completed.has(happening.request) && holds(happening, told.sector)) return index;
    completed.delete(happening.request);
  }
  return undefined;
}

function holds(
  range: { readonly sector: number; readonly sectors: number },
  sector: number,
): boolean {
  return sector >= range.sector && sector < range.sector + range.sectors;
}

/**
 * The rows of one raced write, each with its place among the happenings; samples stand beside the
 * store they met.
 */
function rowsOf(write: RacedWrite, telling: Telling): (readonly [number, Row])[] {
  const { happenings } = telling;
  const { submittedAt, endedAt, submitted } = write;
  const [first = submittedAt] = write.stores;
  const store = happenings[first];
  if (store?.kind !== 'store') return [];
  const region = telling.regionOf(store.sector);
  const next = (from: number, wanted: (happening: Happening) => boolean): number =>
    happenings.findIndex((happening, n) => n >= from && wanted(happening));
  const last = (to: number, wanted: (happening: Happening) => boolean): number =>
    happenings.findLastIndex((happening, n) => n < to && wanted(happening));
  const exposedAt = next(first, (h) => h.kind === 'exposed' && h.regions.includes(region));
  const places = [
    last(first, (h) => h.kind === 'step' && h.actor === store.actor),
    submittedAt,
    last(endedAt, (h) => h.kind === 'log-landed' && h.marked.includes(region)),
    ...write.stores,
    next(first, (h) => h.kind === 'dirtied' && holds(h, store.sector)),
    endedAt - 1,
    next(endedAt, (h) => h.kind === 'log-landed' && h.cleared.includes(region)),
    exposedAt,
    exposedAt === -1 ? -1 : next(exposedAt, (h) => h.kind === 'covered'),
  ];
  const told = places.flatMap((place): (readonly [number, Row])[] => {
    const happening = happenings[place];
    return happening === undefined ? [] : [[place, toldRow(happening, telling)]];
  });
  const samples = happenings.slice(submittedAt, endedAt).flatMap((transfer) => {
    if (transfer.kind !== 'transfer' || transfer.request !== submitted.request) return [];
    if (!holds(transfer, store.sector)) return [];
    // Half a place before or after the store, and the legs in their order.
    const side = store.sampledBefore[transfer.leg] === true ? -0.5 : 0.5;
    return [[first + side + transfer.leg / 100, sample(transfer, store)] as const];
  });
  return [...told, ...samples];
}

/** What a leg saw of the sector into which the store fell: the old or the new. */
function sample(transfer: Of<'transfer'>, store: Of<'store'>): Row {
  const { firstSampleAt, lastSampleAt, sector, sectors, leg } = transfer;
  const each = sectors > 1 ? (lastSampleAt - firstSampleAt) / (sectors - 1) : 0;
  const old = store.sampledBefore[leg] === true;
  return {
    at: Math.round(firstSampleAt + each * (store.sector - sector)),
    actor: `leg ${leg}`,
    text: `samples the ${old ? 'old' : 'new'} bytes`,
    kind: 'event',
  };
}
