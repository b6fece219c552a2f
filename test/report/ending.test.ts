import { describe, expect, it } from 'vitest';
import { endingOf } from '../../src/report/ending.js';
import type { Telling } from '../../src/report/telling.js';
import { telling } from './mail-race.js';

/** What recovery is said to make of it. */
function recoveryTold(change: Partial<Telling>, focus?: number): string | undefined {
  return endingOf({ ...telling, ...change }, focus).at(1)?.text;
}

const [one] = telling.divergence;
const three = [3, 6, 9].map((sector) => ({ ...one!, sector }));

describe('the ending of a story', () => {
  it('is the crash, and what recovery makes of it at the same instant', () => {
    expect(endingOf(telling, 6).map(({ at, actor }) => [at, actor])).toEqual([
      [35_018_402_000, 'power'],
      [35_018_402_000, 'recovery'],
    ]);
  });

  it.each([3, 6, 9])('names sector %d of several where the story is about that', (sector) => {
    const text = recoveryTold({ divergence: three }, sector);
    expect(text).toMatch(new RegExp(`; sector ${sector} stays different on the legs$`));
  });

  it('names the first where the story is about none of them', () => {
    expect(recoveryTold({ divergence: three })).toMatch(/; sector 3 stays different on the legs$/);
    expect(recoveryTold({ divergence: three }, 4)).toMatch(/; sector 3 stays /);
  });

  it.each([
    [0, 0, 'nothing to copy: every region was believed clean; the legs agree'],
    [1, 4096, 'copies 1 region, 4 KiB; the legs agree'],
    [2, 8192, 'copies 2 regions, 8 KiB; the legs agree'],
  ])('tells what is copied of %d regions', (resyncedRegions, resyncBytes, text) => {
    const recovery = { resyncedRegions, resyncBytes, durationNs: 1 };
    expect(recoveryTold({ recovery, divergence: [] })).toBe(text);
  });

  it('is none without a crash', () => {
    expect(endingOf({ ...telling, recovery: undefined })).toEqual([]);
    const happenings = telling.happenings.filter(({ kind }) => kind !== 'crash');
    expect(endingOf({ ...telling, happenings })).toEqual([]);
  });
});
