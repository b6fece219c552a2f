import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_PAGE, PageLists } from '../../../src/machine/memory/page-lists.js';
import { arena } from '../../../src/sim/arena.js';

const PAGES = 6;

type Deed = readonly [deed: 'newest' | 'oldest' | 'remove', list: 0 | 1, which: number];

const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.tuple(fc.constantFrom('newest', 'oldest', 'remove'), fc.constantFrom(0, 1), fc.nat(PAGES - 1)),
  { maxLength: 60 },
);

/** All of a list, taken from its oldest end. */
function drained(lists: PageLists, list: number): number[] {
  const pages: number[] = [];
  while (lists.oldest(list) !== NO_PAGE) {
    pages.push(lists.oldest(list));
    lists.remove(list, lists.oldest(list));
  }
  return pages;
}

describe('two lists of pages', () => {
  it('are what two arrays would be, and never give one number to two pages', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const lists = new PageLists(PAGES, arena().state);
        const model: [number[], number[]] = [[], []];
        for (const [deed, list, which] of all) {
          const own = model[list];
          if (deed === 'remove') {
            const page = own[which];
            if (page === undefined) continue;
            lists.remove(list, page);
            lists.giveNumber(page);
            own.splice(which, 1);
          } else if (model[0].length + model[1].length < PAGES) {
            const page = lists.takeNumber();
            expect([...model[0], ...model[1]]).not.toContain(page);
            if (deed === 'newest') own.push(page);
            else own.unshift(page);
            if (deed === 'newest') lists.addNewest(list, page);
            else lists.addOldest(list, page);
          }
          expect([lists.length(0), lists.length(1)]).toEqual(model.map(({ length }) => length));
        }
        expect([drained(lists, 0), drained(lists, 1)]).toEqual(model);
      }),
    );
  });
});
