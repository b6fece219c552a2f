/**
 * The one sector that a story is about, and what the legs hold there.
 *
 * A sector that diverged, those of which an application is to blame last; else one that was
 * exposed by a race; else the last one that a store raced for. An earlier race over a sector that
 * diverged was healed by the next write, so what counts is what each leg took last.
 */
import type { Happening } from '../machine/happening.js';
import {
  before,
  historyOf,
  type Sample,
  type SectorHistory,
  type SectorWrite,
} from './sector-writes.js';
import type { Telling } from './telling.js';

export interface Focus {
  readonly sector: number;
  /** Places of the stores that changed it. */
  readonly stores: readonly number[];
  /** What each leg took. */
  readonly samples: readonly Sample[];
  /** Where the mirror became exposed through it, among the happenings. */
  readonly exposedAt: number | undefined;
  /** The write that made the legs equal again. */
  readonly healedBy: SectorWrite | undefined;
  /** Other stores that raced. */
  readonly racesLeft: number;
}

export function focusOf(telling: Telling): Focus | undefined {
  const { happenings, clock, divergence } = telling;
  const history = (sector: number): SectorHistory => historyOf(sector, happenings, clock);
  const races = happenings.flatMap((told, place) => (isRace(told) ? [place] : []));
  const diverged = [...divergence].sort((a, b) => +a.byApplication - +b.byApplication);
  const held = diverged.map(({ sector }) => {
    const { stores, writes } = history(sector);
    return { sector, stores, samples: lastTaken(writes) };
  });
  const chosen = held.find(({ samples }) => areSplit(samples)) ?? held[0];
  if (chosen !== undefined) {
    const exposedAt = exposedLast(chosen.sector, telling);
    return { ...chosen, exposedAt, healedBy: undefined, racesLeft: races.length };
  }
  return racedFor(races, history, telling);
}

/** Nothing diverged: the last race that led to exposure, else the last of all. */
function racedFor(
  races: readonly number[],
  history: (sector: number) => SectorHistory,
  telling: Telling,
): Focus | undefined {
  const { happenings } = telling;
  const lastExposed = new Map<number, number>();
  happenings.forEach((told, n) => {
    if (told.kind === 'exposed') told.regions.forEach((region) => lastExposed.set(region, n));
  });
  const exposing = races.findLast((race) => {
    const told = happenings[race];
    if (told?.kind !== 'store') return false;
    return (lastExposed.get(telling.regionOf(told.sector)) ?? -1) > race;
  });
  const place = exposing ?? races.at(-1);
  const store = place === undefined ? undefined : happenings[place];
  if (place === undefined || store?.kind !== 'store') return undefined;
  const { sector } = store;
  const { stores, writes } = history(sector);
  const raced = writes.findLast(({ submitted }) => submitted < place);
  if (raced === undefined) return undefined;
  const next = writes.find(({ submitted }) => submitted > raced.submitted);
  const healedBy = next?.completed === undefined ? undefined : next;
  const exposed = exposedAfter(place, telling);
  const isItsOwn = exposed !== undefined && exposed < (healedBy?.completed ?? Infinity);
  return {
    sector,
    stores,
    samples: raced.samples,
    healedBy,
    exposedAt: isItsOwn ? exposed : undefined,
    racesLeft: races.length - 1,
  };
}

function isRace(told: Happening): told is Extract<Happening, { readonly kind: 'store' }> {
  return (
    told.kind === 'store' && told.sampledBefore.includes(true) && told.sampledBefore.includes(false)
  );
}

/** By leg what it took of the last write that landed there. */
function lastTaken(writes: readonly SectorWrite[]): Sample[] {
  const taken = new Map<number, Sample>();
  for (const sample of writes.flatMap(({ samples }) => samples)) {
    const other = taken.get(sample.leg);
    if (sample.landed === undefined) continue;
    if (other?.landed === undefined || before(other.landed, sample.landed)) {
      taken.set(sample.leg, sample);
    }
  }
  return [...taken.values()];
}

function areSplit(samples: readonly Sample[]): boolean {
  return new Set(samples.map(({ version }) => version)).size > 1;
}

/** What is exposed at the crash has been since then. */
function exposedLast(sector: number, telling: Telling): number | undefined {
  const region = telling.regionOf(sector);
  const found = telling.happenings.findLastIndex(
    (told) => told.kind === 'exposed' && told.regions.includes(region),
  );
  return found === -1 ? undefined : found;
}

function exposedAfter(place: number, telling: Telling): number | undefined {
  const { happenings } = telling;
  const store = happenings[place];
  if (store?.kind !== 'store') return undefined;
  const region = telling.regionOf(store.sector);
  const found = happenings.findIndex(
    (told, n) => n > place && told.kind === 'exposed' && told.regions.includes(region),
  );
  return found === -1 ? undefined : found;
}
