import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_REGION, RegionList } from '../../../src/machine/mirror/region-list.js';
import { arena } from '../../../src/sim/arena.js';

const REGIONS = 6;

function forwards(list: RegionList): number[] {
  const regions: number[] = [];
  for (let at = list.first; at !== NO_REGION; at = list.after(at)) regions.push(at);
  return regions;
}

function backwards(list: RegionList): number[] {
  const regions: number[] = [];
  for (let at = list.last; at !== NO_REGION; at = list.before(at)) regions.push(at);
  return regions;
}

/** What a plain array does. */
function play(model: number[], list: RegionList, deed: string, region: number, n: number): void {
  const at = model.indexOf(region);
  if (at === -1) {
    const before = model.length === 0 ? -1 : n % (model.length + 1);
    if (deed === 'insert' && before > 0) {
      list.insertAfter(region, model[before - 1]!);
      model.splice(before, 0, region);
    } else if (deed === 'insert') {
      list.insertAfter(region, NO_REGION);
      model.unshift(region);
    } else if (deed === 'append') {
      list.append(region);
      model.push(region);
    }
    return;
  }
  if (deed === 'insert') return;
  model.splice(at, 1);
  if (deed === 'append') {
    list.moveToEnd(region);
    model.push(region);
  } else list.remove(region);
}

describe('a list of regions', () => {
  it('is what an array would be, from both ends, whatever is done to it', () => {
    const deed = fc.record({
      deed: fc.constantFrom('append', 'insert', 'remove'),
      region: fc.nat(REGIONS - 1),
      n: fc.nat(REGIONS),
    });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
        const list = new RegionList(REGIONS, arena().state);
        const model: number[] = [];
        for (const { deed: what, region, n } of deeds) {
          play(model, list, what, region, n);
          expect(forwards(list)).toEqual(model);
          expect(backwards(list)).toEqual([...model].reverse());
          expect(list.count).toBe(model.length);
        }
      }),
    );
  });
});
