import { describe, expect, it } from 'vitest';
import type { Happening } from '../../src/machine/happening.js';
import { divergenceStory, everything, type Telling } from '../../src/report/story.js';
import { timelineText } from '../../src/report/timeline.js';
import { instantOf } from '../../src/sim/time.js';
import { happenings, nameOf, plain, regionOf, tagged } from './mail-race.js';

const telling: Telling = { happenings, nameOf, regionOf, diverged: new Set([6]) };

describe('the timeline of a divergence', () => {
  it('tells the race of the mail in about ten rows, a column an actor', () => {
    expect(timelineText(divergenceStory(telling), plain(80))).toMatchInlineSnapshot(`
      "  seconds  pdflush   app       mirror    leg 0     leg 1     log
      35.000001  writes block bitmap of group 0
      35.009204                                                    region 0 marked
      35.009310                                          samples the old bytes
      35.009350            append /a 1KiB
      35.009412            ext2_set_bit_atomic: block 1234 in block bitmap of group 0
      35.009620                                samples the new bytes
      35.009700            dirties block bitmap of group 0
      35.012000                      write complete: block bitmap of group 0
      35.018402                                                    region 0 clean
      35.018402  *** exposed: the legs differ in region 0, called clean by the log
      35.018402  *** crash: power is lost
      "
    `);
  });

  it('puts the actor before the text where the columns would be too narrow', () => {
    const text = timelineText(divergenceStory(telling), plain(44));
    expect(text.split('\n').filter((line) => line.length > 44)).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "  seconds
      35.000001  pdflush  writes block bitmap of
                          group 0
      35.009204  log      region 0 marked
      35.009310  leg 1    samples the old bytes
      35.009350  app      append /a 1KiB
      35.009412  app      ext2_set_bit_atomic:
                          block 1234 in block
                          bitmap of group 0
      35.009620  leg 0    samples the new bytes
      35.009700  app      dirties block bitmap of
                          group 0
      35.012000  mirror   write complete: block
                          bitmap of group 0
      35.018402  log      region 0 clean
      35.018402  *** exposed: the legs differ in
                 region 0, called clean by the log
      35.018402  *** crash: power is lost
      "
    `);
  });

  it('with --all tells everything, in the order in which it happened', () => {
    expect(everything(telling).rows).toHaveLength(happenings.length);
    expect(timelineText(everything(telling), plain(80))).toMatchInlineSnapshot(`
      "  seconds  app       pdflush   mirror    leg 0     leg 1     log
       1.200000  dirties block bitmap of group 0
      35.000000            wb_kupdate
      35.000001            writes block bitmap of group 0
      35.000002            writes 2 sectors from sector 90
      35.000004                      marks region 0
      35.009204                                                    region 0 marked
      35.009300                                          transfers block bitmap of
                                                         group 0
      35.009350  append /a 1KiB
      35.009412  ext2_set_bit_atomic: block 1234 in block bitmap of group 0
      35.009500                                transfers block bitmap of group 0
      35.009700  dirties block bitmap of group 0
      35.009800                                          block bitmap of group 0
                                                         durable
      35.012000                                block bitmap of group 0 durable
      35.012000                      write complete: block bitmap of group 0
      35.012001                      clears region 0
      35.018402                                                    region 0 clean
      35.018402  *** exposed: the legs differ in region 0, called clean by the log
      35.018402  *** crash: power is lost
      "
    `);
  });

  it('paints the racing store and what is true from then on', () => {
    const text = timelineText(divergenceStory(telling), tagged(80));
    expect(text).toContain('<bad>ext2_set_bit_atomic: block 1234 in block bitmap of group 0</bad>');
    expect(text).toContain('<strong>*** crash: power is lost</strong>');
  });

  it('says so when nothing raced', () => {
    const quiet = happenings.filter(({ kind }) => kind !== 'store' && kind !== 'crash');
    expect(timelineText(divergenceStory({ ...telling, happenings: quiet }), plain(80))).toBe(
      'Nothing raced: no store fell between the samples of two legs.\n',
    );
  });
});

describe('what is told', () => {
  const kindsOf = (told: Telling): string[] => divergenceStory(told).rows.map(({ text }) => text);

  it('is the last race over the sector: the ones before were healed', () => {
    const early = happenings.slice(0, -1).map((happening) => shifted(happening, -30e9));
    const both = divergenceStory({ ...telling, happenings: [...early, ...happenings] });
    expect(both.rows.every(({ at }) => at >= 35e9)).toBe(true);
    expect(both.note).toBeUndefined();
  });

  it('is what led to exposure when nothing diverged, and counts what is left out', () => {
    const races = [0, 1, 2, 3, 4].flatMap((n) =>
      happenings.slice(0, -1).map((happening) => shifted(happening, n * 100e9)),
    );
    const story = divergenceStory({ ...telling, happenings: races, diverged: new Set() });
    expect(story.rows.filter(({ kind }) => kind === 'race')).toHaveLength(3);
    expect(story.note).toBe('2 more stores raced; --all tells everything.');
  });

  it('tells old from new by who had sampled before the store, also at the same instant', () => {
    const tied = happenings.map((happening): Happening =>
      happening.kind === 'transfer'
        ? {
            ...happening,
            firstSampleAt: instantOf(35_009_412_000),
            lastSampleAt: instantOf(35_009_419_000),
          }
        : happening,
    );
    const told = kindsOf({ ...telling, happenings: tied });
    expect(told.slice(3, 6)).toEqual([
      'samples the old bytes',
      'ext2_set_bit_atomic: block 1234 in block bitmap of group 0',
      'samples the new bytes',
    ]);
  });

  it('follows a request to its own end, though its number is used again', () => {
    const again: Happening[] = [
      ...happenings.slice(0, -4),
      {
        kind: 'submitted',
        at: instantOf(36e9),
        actor: 'pdflush',
        request: 1,
        sector: 500,
        sectors: 2,
      },
      {
        kind: 'completed',
        at: instantOf(36e9),
        actor: 'mirror',
        request: 1,
        sector: 500,
        sectors: 2,
      },
      ...happenings.slice(-4),
    ];
    const told = kindsOf({ ...telling, happenings: again });
    expect(told.filter((text) => text.startsWith('write complete'))).toEqual([
      'write complete: block bitmap of group 0',
    ]);
  });
});

function shifted(happening: Happening, by: number): Happening {
  const later = instantOf(Math.max(0, happening.at + by));
  if (happening.kind !== 'transfer') return { ...happening, at: later };
  return {
    ...{ ...happening, at: later },
    firstSampleAt: instantOf(happening.firstSampleAt + by),
    lastSampleAt: instantOf(happening.lastSampleAt + by),
    durableAt: instantOf(happening.durableAt + by),
  };
}
