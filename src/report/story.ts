/**
 * Which of a run's happenings tell how the legs came to differ in one sector, in their order.
 *
 * Told backwards from what the legs hold at the end: the write that each of them took it from,
 * when it sampled it and when that landed; the stores that lie between those samples; the last
 * mark of the region and what gave it up; the crash, and what recovery makes of it. The longest
 * story has some fourteen rows, however long the run.
 */
import type { Happening } from '../machine/happening.js';
import { endingOf } from './ending.js';
import { focusOf, type Focus } from './focus.js';
import { counted } from './quantities.js';
import { regions, toldRow, type Mark, type Row } from './rows.js';
import { before, holds, type Clock, type Moment, type Sample } from './sector-writes.js';
import type { Telling } from './telling.js';

export interface Story {
  readonly clock: Clock;
  /** Whose the sector is that all of it is about. */
  readonly title: string | undefined;
  readonly rows: readonly Row[];
  /** What was left out, or why there is little to tell. */
  readonly note: string | undefined;
}

/** A row and where it stands. */
type Placed = readonly [Moment, Row];

export function everything({ happenings, clock, ...naming }: Telling): Story {
  const rows = happenings.map((happening) => toldRow(happening, naming));
  return { clock, title: undefined, rows, note: undefined };
}

export function divergenceStory(telling: Telling): Story {
  const { clock } = telling;
  const focus = focusOf(telling);
  const ending = endingOf(telling, focus?.sector);
  if (focus === undefined) {
    const note = 'Nothing raced: no store fell between the samples of two legs.';
    return { clock, title: undefined, rows: ending, note };
  }
  const { sector } = focus;
  const title = `Sector ${sector} (${telling.nameOf(sector)}), region ${telling.regionOf(sector)}`;
  const placed = [...raceRows(focus, telling), ...recordRows(focus, telling)];
  placed.push(...lateDirtying(focus, placed, telling), ...healingRows(focus, telling));
  placed.sort(([a], [b]) => a.at - b.at || a.order - b.order);
  const rows = [...placed.map(([, row]) => row), ...ending];
  return { clock, title, rows, note: noteOn(focus, telling) };
}

function noteOn({ racesLeft }: Focus, { divergence }: Telling): string | undefined {
  if (divergence.length > 1) {
    const more = divergence.length - 1;
    return `${counted(more, 'more sector')} diverged; --all tells everything.`;
  }
  if (divergence.length > 0 || racesLeft === 0) return undefined;
  return `${counted(racesLeft, 'more store')} raced; --all tells everything.`;
}

/** The writes that the legs hold, their samples and landings, and the stores in between. */
function raceRows(focus: Focus, telling: Telling): Placed[] {
  const { samples, stores } = focus;
  const { happenings } = telling;
  const versions = [...new Set(samples.map(({ version }) => version))].sort((a, b) => a - b);
  const split = splitting(samples, versions);
  const raced = versions.slice(1).map((version) => stores[version - 1]);
  const writes = [...new Set(samples.map(({ write }) => write))];
  const first = Math.min(...writes.map(({ submitted }) => submitted));
  const early = stores.findLast((store) => store < first);
  return [
    ...storeRows(early, 'event', telling),
    ...raced.flatMap((store) => storeRows(store, 'race', telling)),
    ...writes.flatMap(({ submitted, completed }) => [
      ...placedRow(happenings, submitted, (told) => ({
        ...toldRow(told, telling),
        text: 'writes it',
      })),
      ...placedRow(happenings, completed, (told) => ({
        ...toldRow(told, telling),
        text: 'complete',
        beside: true,
      })),
    ]),
    ...samples.flatMap((sample) => sampleRows(sample, versions, sample === split)),
  ];
}

/** The first sample that is not of the oldest bytes. */
function splitting(samples: readonly Sample[], versions: readonly number[]): Sample | undefined {
  return samples
    .filter(({ version }) => version !== versions[0])
    .reduce<Sample | undefined>(
      (first, one) => (first === undefined || before(one.sampled, first.sampled) ? one : first),
      undefined,
    );
}

function sampleRows(sample: Sample, versions: readonly number[], splits: boolean): Placed[] {
  const { leg, sampled, landed, done, version } = sample;
  const actor = `leg ${leg}`;
  const what = bytesText(versions.indexOf(version), versions.length);
  const mark = splits ? ({ mark: 'split' } as const) : {};
  if (landed === sampled) {
    const text = `samples and lands ${what}`;
    return [[sampled, { at: sampled.at, actor, text, kind: 'event', ...mark }]];
  }
  const rows: Placed[] = [
    [sampled, { at: sampled.at, actor, text: `samples ${what}`, kind: 'event', ...mark }],
  ];
  const over = done ?? landed;
  if (over !== undefined) {
    rows.push([over, { at: over.at, actor, text: `lands ${what}`, kind: 'event' }]);
  }
  return rows;
}

/** `old` and `new`; with three legs there may be a third. */
function bytesText(version: number, versions: number): string {
  if (versions === 1) return 'it';
  if (version === 0) return 'old';
  return versions === 2 ? 'new' : `new (${version})`;
}

/** What ext2 stores it stores for a thread that is in some call. */
function storeRows(place: number | undefined, kind: Row['kind'], telling: Telling): Placed[] {
  const { happenings } = telling;
  const store = place === undefined ? undefined : happenings[place];
  if (place === undefined || store?.kind !== 'store') return [];
  const { at, actor, what } = store;
  const row = { at, actor, text: what, kind };
  if (!what.startsWith('ext2_')) return [[{ at, order: place }, row]];
  const call = happenings.findLast(
    (told, n) => n < place && told.kind === 'step' && told.actor === actor,
  );
  const inside = call?.kind === 'step' ? call.what : 'is in ext2';
  return [
    [
      { at, order: place },
      { ...row, text: inside, kind: 'event' },
    ],
    [
      { at, order: place + 0.1 },
      { ...row, actor: 'ext2', beside: true },
    ],
  ];
}

/** The page is dirty only after the store: worth a row where something came between the two. */
function lateDirtying(
  { sector, samples, stores }: Focus,
  told: readonly Placed[],
  { happenings, ...naming }: Telling,
): Placed[] {
  const last = stores[Math.max(...samples.map(({ version }) => version)) - 1];
  const store = last === undefined ? undefined : happenings[last];
  if (last === undefined || store === undefined) return [];
  const place = happenings.findIndex(
    (one, n) =>
      n > last && one.kind === 'dirtied' && one.actor === store.actor && holds(one, sector),
  );
  const dirtied = happenings[place];
  if (dirtied === undefined) return [];
  const isBetween = ([{ at }, { beside }]: Placed): boolean =>
    at > store.at && at < dirtied.at && beside === undefined;
  if (!told.some(isBetween)) return [];
  return placedRow(happenings, place, (one) => ({
    ...toldRow(one, naming),
    text: 'marks it dirty',
  }));
}

/** The region's last mark, and what gave it up: what the meter of exposure saw. */
function recordRows(focus: Focus, telling: Telling): Placed[] {
  const { happenings } = telling;
  const { exposedAt } = focus;
  const region = telling.regionOf(focus.sector);
  const exposed = exposedAt === undefined ? undefined : happenings[exposedAt];
  const isSealed = exposed?.kind === 'exposed';
  const end = exposedAt ?? happenings.length;
  const marked = happenings.findLastIndex(
    (told, n) => n < end && told.kind === 'log-landed' && told.marked.includes(region),
  );
  const rows = placedRow(happenings, marked, (told) => logRow(told.at, region, 'marked'));
  if (!isSealed || exposedAt === undefined) return rows;
  const { at, by } = exposed;
  if (by === 'clear') {
    return [...rows, [{ at, order: exposedAt }, logRow(at, region, 'clean', 'sealed')]];
  }
  const cleared = happenings.findLastIndex(
    (told, n) => n < exposedAt && told.kind === 'log-landed' && told.cleared.includes(region),
  );
  const early = placedRow(happenings, cleared, (told) => logRow(told.at, region, 'clean'));
  const text = 'clean all the while';
  const landing: Row = { at, actor: 'log', text, kind: 'event', mark: 'sealed' };
  return [...rows, ...early, [{ at, order: exposedAt }, landing]];
}

function logRow(at: number, region: number, is: string, mark?: Mark): Row {
  const row = { at, actor: 'log', text: `${regions([region])} ${is}`, kind: 'event' } as const;
  return mark === undefined ? row : { ...row, mark };
}

/** The next write of the sector makes the legs equal. */
function healingRows({ healedBy }: Focus, { happenings, ...naming }: Telling): Placed[] {
  if (healedBy?.completed === undefined) return [];
  const { submitted, completed } = healedBy;
  return [
    ...placedRow(happenings, submitted, (told) => ({
      ...toldRow(told, naming),
      text: 'writes it again',
    })),
    ...placedRow(happenings, completed, (told) => ({
      ...toldRow(told, naming),
      text: 'complete: the legs agree',
    })),
  ];
}

function placedRow(
  happenings: readonly Happening[],
  place: number | undefined,
  row: (told: Happening) => Row,
): Placed[] {
  const told = place === undefined ? undefined : happenings[place];
  return told === undefined || place === undefined
    ? []
    : [[{ at: told.at, order: place }, row(told)]];
}
