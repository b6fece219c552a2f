import { describe, expect, it } from 'vitest';
import type { Happening } from '../../src/machine/happening.js';
import type { Row } from '../../src/report/rows.js';
import { divergenceStory } from '../../src/report/story.js';
import type { Telling } from '../../src/report/telling.js';
import { instantOf, type Instant } from '../../src/sim/time.js';
import { happenings, telling } from './mail-race.js';

const told = (change: Partial<Telling> = {}): readonly Row[] =>
  divergenceStory({ ...telling, ...change }).rows;
const texts = (rows: readonly Row[]): string[] =>
  rows.map(({ actor, text }) => `${actor}: ${text}`);
const undiverged = { divergence: [], recovery: undefined };

describe('the story of a divergence', () => {
  it('marks the first sample of the newer bytes and the clear that the meter saw', () => {
    const marked = told().filter(({ mark }) => mark !== undefined);
    expect(marked).toEqual([
      {
        at: 35_009_620_000,
        actor: 'leg 0',
        text: 'samples new',
        kind: 'event',
        mark: 'split',
      },
      { at: 35_018_402_000, actor: 'log', text: 'region 0 clean', kind: 'event', mark: 'sealed' },
    ]);
  });

  it('is the last race over the sector: the ones before were healed', () => {
    const early = happenings.slice(0, -1).map((happening) => shifted(happening, -30e9));
    const both = told({ happenings: [...early, ...happenings] });
    // The store that made the page dirty comes first; there it raced, here it did not.
    expect(both.slice(0, 2).map(({ kind }) => kind)).toEqual(['event', 'event']);
    expect(both.slice(2).every(({ at }) => at >= 35e9)).toBe(true);
  });

  it('turns with the legs', () => {
    const turned = happenings.map((happening): Happening => {
      if (happening.kind === 'transfer' || happening.kind === 'landed') {
        const leg = 1 - happening.leg;
        return { ...happening, leg, actor: `leg ${leg}` };
      }
      if (happening.kind !== 'store') return happening;
      return { ...happening, sampledBefore: happening.sampledBefore.toReversed() };
    });
    const swapped = texts(told()).map((text) =>
      text.replace(/leg (\d)/, (_, leg) => `leg ${1 - Number(leg)}`),
    );
    expect(texts(told({ happenings: turned }))).toEqual(swapped);
  });

  it('tells old from new by who had sampled before the store, also at the same instant', () => {
    const tied = happenings.map((happening): Happening => {
      const at = instantOf(35_009_412_000);
      return happening.kind === 'transfer'
        ? { ...happening, firstSampleAt: at, lastSampleAt: instantOf(35_009_419_000) }
        : happening;
    });
    const around = texts(told({ happenings: tied }));
    const store = around.indexOf('ext2: ext2_set_bit_atomic: block 1234');
    expect(around.slice(store - 2, store + 2)).toEqual([
      'leg 1: samples old',
      'app: append /a 1KiB',
      'ext2: ext2_set_bit_atomic: block 1234',
      'leg 0: samples new',
    ]);
  });

  it('tells the last store before each sample, however many there were', () => {
    const store = happenings.findIndex(({ kind }) => kind === 'store');
    const again = happenings[store];
    if (again?.kind !== 'store') throw new Error('no store');
    const before = { ...again, at: instantOf(again.at - 1000), what: 'ext2_set_bit_atomic: first' };
    const rows = told({ happenings: happenings.toSpliced(store, 0, before) });
    expect(rows.filter(({ kind }) => kind === 'race').map(({ text }) => text)).toEqual([
      'ext2_set_bit_atomic: block 1234',
    ]);
  });

  it('follows a request to its own end, though its number is used again', () => {
    const other = { at: instantOf(35_013_000_000), request: 1, sector: 6, sectors: 2 };
    const again: Happening[] = [
      { ...other, kind: 'submitted', actor: 'pdflush' },
      ...happenings.slice(-3),
    ];
    const rows = told({ happenings: [...happenings.slice(0, -3), ...again] });
    expect(texts(rows).filter((text) => text.endsWith('writes it'))).toHaveLength(1);
    expect(texts(rows)).toContain('mirror: complete');
  });

  it('says when the page became dirty only if something came between', () => {
    expect(texts(told())).toContain('app: marks it dirty');
    const soon = happenings.map((happening): Happening =>
      happening.kind === 'dirtied' ? { ...happening, at: instantOf(35_009_413_000) } : happening,
    );
    const sorted = soon.toSorted((a, b) => a.at - b.at);
    expect(texts(told({ happenings: sorted }))).not.toContain('app: marks it dirty');
  });

  it('marks what was written under a region that was called clean already', () => {
    const early = happenings.flatMap((happening): Happening[] => {
      if (happening.kind === 'exposed') {
        return [{ ...happening, at: instantOf(35_012_000_000), by: 'landing' }];
      }
      if (happening.kind !== 'log-landed' || happening.cleared.length === 0) return [happening];
      return [{ ...happening, at: instantOf(35_009_500_000) }];
    });
    const rows = told({ happenings: early.toSorted((a, b) => a.at - b.at) });
    expect(rows.filter(({ actor }) => actor === 'log').map(({ at, mark }) => [at, mark])).toEqual([
      [35_009_204_000, undefined],
      [35_009_500_000, undefined],
      [35_012_000_000, 'sealed'],
    ]);
  });

  it('is about the region of its sector, whatever the record says of others', () => {
    const at = instantOf(35_018_401_000);
    const record = { at, kind: 'log-landed', actor: 'log' } as const;
    const others: Happening[] = [
      { ...record, marked: [3], cleared: [] },
      { ...record, marked: [], cleared: [3] },
    ];
    const meter = { at: instantOf(35_018_402_000), kind: 'exposed', actor: 'mirror' } as const;
    const among = happenings.flatMap((happening): Happening[] => {
      if (happening.kind === 'crash') return [{ ...meter, regions: [3], by: 'landing' }, happening];
      if (happening.kind === 'log-landed' && happening.cleared.length > 0) {
        return [...others, happening];
      }
      return [happening];
    });
    expect(told({ happenings: among })).toEqual(told());
    // Where it was called clean before, too.
    const early = happenings.map((happening): Happening =>
      happening.kind === 'exposed' ? { ...happening, by: 'landing' } : happening,
    );
    const crowded = early.flatMap((happening): Happening[] =>
      happening.kind === 'exposed'
        ? [{ ...record, marked: [], cleared: [3] }, happening]
        : [happening],
    );
    expect(told({ happenings: crowded })).toEqual(told({ happenings: early }));
  });

  it('marks the first of several legs that sampled newer bytes', () => {
    const third = happenings.flatMap((happening): Happening[] => {
      if (happening.kind === 'store') {
        return [{ ...happening, sampledBefore: [...happening.sampledBefore, false] }];
      }
      if (happening.kind !== 'transfer' && happening.kind !== 'landed') return [happening];
      if (happening.leg !== 0) return [happening];
      const other = { ...happening, leg: 2, actor: 'leg 2' };
      if (other.kind === 'landed') return [happening, other];
      const later = (moment: number): Instant => instantOf(moment + 50_000);
      const { firstSampleAt, lastSampleAt, durableAt } = other;
      const moments = {
        firstSampleAt: later(firstSampleAt),
        lastSampleAt: later(lastSampleAt),
        durableAt: later(durableAt),
      };
      return [happening, { ...other, ...moments }];
    });
    const rows = told({ happenings: third });
    expect(
      rows.filter(({ text }) => text === 'samples new').map(({ actor, mark }) => [actor, mark]),
    ).toEqual([
      ['leg 0', 'split'],
      ['leg 2', undefined],
    ]);
  });

  it('counts the other sectors that diverged', () => {
    const [one] = telling.divergence;
    const divergence = [one!, { ...one!, sector: 7 }];
    const { note } = divergenceStory({ ...telling, divergence });
    expect(note).toBe('1 more sector diverged; --all tells everything.');
  });

  it('prefers a sector for which the mirror answers', () => {
    const [one] = telling.divergence;
    const divergence = [{ ...one!, sector: 7, byApplication: true }, one!];
    expect(divergenceStory({ ...telling, divergence }).title).toMatch(/^Sector 6 /);
  });
});

describe('the story where nothing diverged', () => {
  const quiet = happenings.filter(({ kind }) => kind !== 'store' && kind !== 'crash');

  it('says so when nothing raced', () => {
    expect(divergenceStory({ ...telling, ...undiverged, happenings: quiet })).toMatchObject({
      rows: [],
      title: undefined,
      note: 'Nothing raced: no store fell between the samples of two legs.',
    });
  });

  it('is the last race that led to exposure, and counts what is left out', () => {
    const races = [0, 1, 2].flatMap((n) =>
      happenings.slice(0, -1).map((happening) => shifted(happening, n * 100e9)),
    );
    const unexposed = happenings.slice(0, -3).map((happening) => shifted(happening, 300e9));
    const story = divergenceStory({
      ...telling,
      ...undiverged,
      happenings: [...races, ...unexposed],
    });
    expect(story.rows.filter(({ kind }) => kind === 'race').map(({ at }) => at)).toEqual([
      235_009_412_000,
    ]);
    expect(story.note).toBe('3 more stores raced; --all tells everything.');
  });

  it('ends with the write that made the legs equal', () => {
    const healing = happenings
      .filter(({ kind }) => kind === 'submitted' || kind === 'completed')
      .map((happening) => shifted(happening, 35e9));
    const rows = told({ ...undiverged, happenings: [...happenings.slice(0, -1), ...healing] });
    expect(texts(rows).slice(-2)).toEqual([
      'pdflush: writes it again',
      'mirror: complete: the legs agree',
    ]);
  });

  it('ends with what recovery copied', () => {
    const recovery = { resyncedRegions: 7, resyncBytes: 7 * 512 * 1024, durationNs: 0 };
    const rows = told({ divergence: [], recovery });
    expect(texts(rows).at(-1)).toBe('recovery: copies 7 regions, 3.5 MiB; the legs agree');
  });
});

function shifted(happening: Happening, by: number): Happening {
  const later = instantOf(Math.max(0, happening.at + by));
  if (happening.kind !== 'transfer') return { ...happening, at: later };
  return {
    ...happening,
    at: later,
    firstSampleAt: instantOf(happening.firstSampleAt + by),
    lastSampleAt: instantOf(happening.lastSampleAt + by),
    durableAt: instantOf(happening.durableAt + by),
  };
}
