import { describe, expect, it } from 'vitest';
import { everything } from '../../src/report/story.js';
import { timelineText } from '../../src/report/timeline.js';
import { happenings, plain, tagged, telling } from './mail-race.js';

describe('the timeline of a run', () => {
  it('tells everything, in the order in which it happened, a column an actor', () => {
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

  it('puts the actor before the text where the columns would be too narrow', () => {
    const text = timelineText(everything(telling), plain(44));
    expect(text.split('\n').filter((line) => line.length > 44)).toEqual([]);
    expect(text).toMatch(/^35\.009412 {2}app {6}ext2_set_bit_atomic:$/m);
  });

  it('paints the racing store and what is true from then on', () => {
    const text = timelineText(everything(telling), tagged(80));
    expect(text).toContain('<bad>ext2_set_bit_atomic: block 1234 in block bitmap of group 0</bad>');
    expect(text).toContain('<strong>*** crash: power is lost</strong>');
  });
});
