import { describe, expect, it } from 'vitest';
import { Zone } from '../../../src/machine/memory/zone.js';
import { arena } from '../../../src/sim/arena.js';

const PAGES = 4096;
const FILES = 100;

describe('the room that a zone says it has', () => {
  let woken = 0;
  const zone = new Zone(PAGES, { files: FILES, processes: PAGES }, () => woken++, arena().state);
  const room = PAGES - FILES - zone.watermarks.low;

  it('is what processes can take, to the page', () => {
    expect([zone.hasRoomFor(room), zone.hasRoomFor(room + 1)]).toEqual([true, false]);
    zone.take();
    expect([zone.hasRoomFor(room - 1), zone.hasRoomFor(room)]).toEqual([true, false]);
    zone.give();
    expect(zone.hasRoomFor(room)).toBe(true);
  });

  it('lets kswapd sleep when files have taken all that they ever can, and not a page more', () => {
    for (let page = 0; page < room + FILES; page++) zone.take();
    expect(woken).toBe(0);
    zone.take();
    expect(woken).toBe(1);
  });
});
