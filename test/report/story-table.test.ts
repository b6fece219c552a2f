import { describe, expect, it } from 'vitest';
import type { Row } from '../../src/report/rows.js';
import { storyTable } from '../../src/report/story-table.js';
import { divergenceStory, type Story } from '../../src/report/story.js';
import { plain, tagged, telling } from './mail-race.js';

const story = divergenceStory(telling);

describe('the table of a story', () => {
  it('tells the race of the mail in ten lines and what recovery makes of it', () => {
    expect(storyTable(story, plain(80))).toMatchInlineSnapshot(`
      "Sector 6 (block bitmap of group 0), region 0

        seconds  app     ext2   pdflush   mirror    leg 0   leg 1   region log
      35.000001                 writes it
      35.009204                                                     region 0 marked
      35.009310                                             samples old
      35.009412  append  ext2_set_bit_atomic: block 1234
                 /a 1KiB
      35.009620                                     *1 samples new
      35.009700  marks it dirty
      35.009800                                             lands old
      35.012000                           complete  lands new
      35.018402                                                     *2 region 0 clean
      35.018402  ==== crash: power is lost ===========================================
       recovery  nothing to copy: every region was believed clean; sector 6 stays
                 different on the legs

      *1 splits the legs: this sample came after a store, another before it
      *2 seals it: the record calls the region clean, the legs differ
      "
    `);
  });

  it('shares out what room there is', () => {
    expect(storyTable(story, plain(120))).toMatchInlineSnapshot(`
      "Sector 6 (block bitmap of group 0), region 0

        seconds  app           ext2         pdflush       mirror        leg 0         leg 1         region log
      35.000001                             writes it
      35.009204                                                                                     region 0 marked
      35.009310                                                                       samples old
      35.009412  append /a     ext2_set_bit_atomic: block 1234
                 1KiB
      35.009620                                                         *1 samples new
      35.009700  marks it dirty
      35.009800                                                                       lands old
      35.012000                                           complete      lands new
      35.018402                                                                                     *2 region 0 clean
      35.018402  ==== crash: power is lost ===================================================================================
       recovery  nothing to copy: every region was believed clean; sector 6 stays different on the legs

      *1 splits the legs: this sample came after a store, another before it
      *2 seals it: the record calls the region clean, the legs differ
      "
    `);
  });

  it('puts the actor before the text where the columns would be too narrow', () => {
    expect(storyTable(story, plain(60))).toMatchInlineSnapshot(`
      "Sector 6 (block bitmap of group 0), region 0

        seconds
      35.000001  pdflush     writes it
      35.009204  region log  region 0 marked
      35.009310  leg 1       samples old
      35.009412  app         append /a 1KiB
                 ext2        ext2_set_bit_atomic: block 1234
      35.009620  leg 0       *1 samples new
      35.009700  app         marks it dirty
      35.009800  leg 1       lands old
      35.012000  leg 0       lands new
                 mirror      complete
      35.018402  region log  *2 region 0 clean
      35.018402  ==== crash: power is lost =======================
       recovery  nothing to copy: every region was believed clean;
                 sector 6 stays different on the legs

      *1 splits the legs: this sample came after a store, another
      before it
      *2 seals it: the record calls the region clean, the legs
      differ
      "
    `);
  });

  it('puts the text below them where there is no room for both', () => {
    expect(storyTable(story, plain(24))).toMatchInlineSnapshot(`
      "Sector 6 (block bitmap
      of group 0), region 0

      35.000001 pdflush
        writes it
      35.009204 region log
        region 0 marked
      35.009310 leg 1
        samples old
      35.009412 app
        append /a 1KiB
      35.009412 ext2
        ext2_set_bit_atomic:
        block 1234
      35.009620 leg 0
        *1 samples new
      35.009700 app
        marks it dirty
      35.009800 leg 1
        lands old
      35.012000 leg 0
        lands new
      35.012000 mirror
        complete
      35.018402 region log
        *2 region 0 clean
      35.018402
        *** crash: power is
        lost
      recovery
        nothing to copy: every
        region was believed
        clean; sector 6 stays
        different on the legs

      *1 splits the legs: this
      sample came after a
      store, another before it
      *2 seals it: the record
      calls the region clean,
      the legs differ
      "
    `);
  });

  it.each([24, 30, 40, 44, 45, 50, 60, 70, 77, 80, 100, 120, 200])(
    'is never broader than %i columns',
    (width) => {
      const lines = storyTable(story, plain(width)).split('\n');
      expect(lines.filter((line) => line.length > width)).toEqual([]);
    },
  );

  it('has the marks in glyph and colour, with a legend, and the crash across', () => {
    const painted = storyTable(story, tagged(80));
    expect(painted).toContain('<bad>*1 samples new</bad>');
    expect(painted).toContain('<bad>*2 region 0 clean</bad>');
    expect(painted).toMatch(/<bad>\*1 splits the legs: .*<\/bad>/);
    expect(painted).toMatch(/<bad>\*2 seals it: .*<\/bad>/);
    expect(painted).toMatch(/<strong>==== crash: power is lost =+<\/strong>/);
    expect(storyTable({ ...story, rows: [] }, plain(80))).not.toContain('*1');
  });

  it('never lets a file write to the terminal', () => {
    const [row] = story.rows;
    const evil: Row = { ...row!, actor: 'a\u001bb', text: 'x\u001b[2J\u202e' };
    for (const width of [24, 60, 80]) {
      const text = storyTable({ ...story, title: 'a\u0007', rows: [evil] }, plain(width));
      for (const raw of ['\u0007', '\u001b', '\u202e']) expect(text).not.toContain(raw);
    }
  });

  it('has steps on the left where there is no time', () => {
    const rows: readonly Row[] = [
      { at: 7, actor: 'pdflush', text: 'writes it', kind: 'event' },
      { at: 12, actor: 'leg 0', text: 'lands old', kind: 'event' },
    ];
    const steps: Story = { clock: 'steps', title: undefined, rows, note: 'No more.' };
    expect(storyTable(steps, plain(60))).toMatchInlineSnapshot(`
      "step  pdflush       leg 0
         7  writes it
        12                lands old

      No more.
      "
    `);
  });

  it('draws side by side only what is of one instant', () => {
    const at = (when: number, actor: string, beside: boolean): Row => ({
      at: when,
      actor,
      text: `${actor} acts`,
      kind: 'event',
      ...(beside ? { beside } : {}),
    });
    const drawn = (...rows: Row[]): number =>
      storyTable({ clock: 'steps', title: undefined, rows, note: undefined }, plain(80))
        .trim()
        .split('\n').length - 1;
    expect(drawn(at(1, 'leg 0', false), at(1, 'mirror', true))).toBe(1);
    expect(drawn(at(1, 'leg 0', false), at(1, 'mirror', false))).toBe(2);
    expect(drawn(at(1, 'leg 0', false), at(2, 'mirror', true))).toBe(2);
    expect(drawn(at(1, 'leg 0', false), at(1, 'leg 0', true))).toBe(2);
  });
});
