import { expect, it } from 'vitest';
import { strategiesText, type ListedStrategy } from '../../src/report/strategies-text.js';
import { plain } from './mail-race.js';

const LOCKS: ListedStrategy = {
  name: 'lock-pages',
  summary: 'A store waits while its page is being written.',
  record: 'dm-log',
  granule: null,
  costs: null,
  assumes: null,
  needs: null,
  parameters: [],
};
const MARKS = { ...LOCKS, name: 'mark-until-unmount' };

it('strategies stand beside what they do, and where it is narrow all of them above it', () => {
  expect(strategiesText([LOCKS, MARKS], plain(40))).toMatchInlineSnapshot(`
    "lock-pages
      A store waits while its page is being
      written.
      record
        dm-log, in the scenario's regions

    mark-until-unmount
      A store waits while its page is being
      written.
      record
        dm-log, in the scenario's regions
    "
  `);
  expect(strategiesText([LOCKS], plain(60))).toMatchInlineSnapshot(`
    "lock-pages  A store waits while its page is being written.
      record      dm-log, in the scenario's regions
    "
  `);
});
