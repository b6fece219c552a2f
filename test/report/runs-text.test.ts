import { describe, expect, it } from 'vitest';
import { runsText, summaryText } from '../../src/report/runs-text.js';
import type { Run } from '../../src/report/view.js';
import { clean, harmed, plain } from './mail-race.js';
import { tallied } from '../support/summed.js';

const seeds = (count: number, run: Run): Run[] =>
  Array.from({ length: count }, (_, n) => ({
    ...run,
    seed: String(n),
    repeat: `npx desync run x.yaml --seed ${n}`,
  }));

const failed: Run = { ...clean, verdict: 'FAIL', reasons: ['expected harmed, found clean'] };
const COMMAND = 'npx desync run scenarios/ext2-bitmap.yaml --seeds 0..2';

describe('the text of many runs', () => {
  it('is a table while they are few', () => {
    const tally = tallied([...seeds(2, harmed), ...seeds(2, clean)]);
    expect(runsText(tally, COMMAND, plain(80))).toMatchInlineSnapshot(`
      "strategy            seed  outcome  exposed  windows  raced  verdict
      ------------------  ----  -------  -------  -------  -----  -------------
      clear-when-idle        0  harmed    25.1 %        2      3  PASS-BOUNDED
      clear-when-idle        1  harmed    25.1 %        2      3  PASS-BOUNDED
      mark-until-unmount     0  clean        0 %        0      3  PASS-COMPLETE
      mark-until-unmount     1  clean        0 %        0      3  PASS-COMPLETE

      ext2-bitmap under clear-when-idle, 2 runs: 2 harmed.
      ext2-bitmap under mark-until-unmount, 2 runs: 2 clean.

      PASS-BOUNDED  all 4 runs showed what was expected

      repeat: npx desync run scenarios/ext2-bitmap.yaml --seeds 0..2
      "
    `);
  });

  it('names no strategy where there is one', () => {
    expect(runsText(tallied(seeds(3, harmed)), COMMAND, plain(80))).toMatchInlineSnapshot(`
      "seed  outcome  exposed  windows  raced  verdict
      ----  -------  -------  -------  -----  ------------
         0  harmed    25.1 %        2      3  PASS-BOUNDED
         1  harmed    25.1 %        2      3  PASS-BOUNDED
         2  harmed    25.1 %        2      3  PASS-BOUNDED

      3 runs: 3 harmed.

      PASS-BOUNDED  all 3 runs showed what was expected

      repeat: npx desync run scenarios/ext2-bitmap.yaml --seeds 0..2
      "
    `);
  });

  it('is a table of kinds when they are many, with the bound that none of many means', () => {
    const tally = tallied([...seeds(300, harmed), ...seeds(1000, clean)]);
    expect(runsText(tally, COMMAND, plain(80))).toMatchInlineSnapshot(`
      "strategy            outcome   runs  share  exposed  first seed  verdict
      ------------------  -------  -----  -----  -------  ----------  -------------
      clear-when-idle     harmed     300  100 %   25.1 %           0  PASS-BOUNDED
      mark-until-unmount  clean    1,000  100 %      0 %           0  PASS-COMPLETE

      ext2-bitmap under clear-when-idle, 300 runs: 300 harmed.
      ext2-bitmap under mark-until-unmount, 1,000 runs: 1,000 clean; none exposed,
      which at 95 % confidence means less than 0.368 % of all seeds.

      PASS-BOUNDED  all 1,300 runs showed what was expected

      repeat: npx desync run scenarios/ext2-bitmap.yaml --seeds 0..2
      "
    `);
  });

  it('is a table of kinds where a large sweep was interrupted after a few', () => {
    const told = runsText(tallied(seeds(3, harmed), false), COMMAND, plain(80));
    expect(told.split('\n').slice(0, 3)).toEqual([
      'outcome  runs  share  exposed  first seed  verdict',
      '-------  ----  -----  -------  ----------  ------------',
      'harmed      3  100 %   25.1 %           0  PASS-BOUNDED',
    ]);
  });

  it('tells the first that did not pass, each with its command', () => {
    const tally = tallied([...seeds(2, harmed), ...seeds(7, failed)]);
    expect(runsText(tally, COMMAND, plain(80))).toMatchInlineSnapshot(`
      "strategy            seed  outcome  exposed  windows  raced  verdict
      ------------------  ----  -------  -------  -------  -----  ------------
      clear-when-idle        0  harmed    25.1 %        2      3  PASS-BOUNDED
      clear-when-idle        1  harmed    25.1 %        2      3  PASS-BOUNDED
      mark-until-unmount     0  clean        0 %        0      3  FAIL
      mark-until-unmount     1  clean        0 %        0      3  FAIL
      mark-until-unmount     2  clean        0 %        0      3  FAIL
      mark-until-unmount     3  clean        0 %        0      3  FAIL
      mark-until-unmount     4  clean        0 %        0      3  FAIL
      mark-until-unmount     5  clean        0 %        0      3  FAIL
      mark-until-unmount     6  clean        0 %        0      3  FAIL

      FAIL  ext2-bitmap under mark-until-unmount, seed 0: clean
        expected harmed, found clean
      repeat: npx desync run x.yaml --seed 0

      FAIL  ext2-bitmap under mark-until-unmount, seed 1: clean
        expected harmed, found clean
      repeat: npx desync run x.yaml --seed 1

      FAIL  ext2-bitmap under mark-until-unmount, seed 2: clean
        expected harmed, found clean
      repeat: npx desync run x.yaml --seed 2

      FAIL  ext2-bitmap under mark-until-unmount, seed 3: clean
        expected harmed, found clean
      repeat: npx desync run x.yaml --seed 3

      FAIL  ext2-bitmap under mark-until-unmount, seed 4: clean
        expected harmed, found clean
      repeat: npx desync run x.yaml --seed 4

      and 2 more that did not pass

      ext2-bitmap under clear-when-idle, 2 runs: 2 harmed.
      ext2-bitmap under mark-until-unmount, 7 runs: 7 clean.

      FAIL  7 of 9 runs did not pass

      repeat: npx desync run scenarios/ext2-bitmap.yaml --seeds 0..2
      "
    `);
  });

  it('fits forty columns', () => {
    const tally = tallied([...seeds(2, harmed), ...seeds(2, clean)]);
    const text = runsText(tally, 'npx desync run x.yaml', plain(40));
    expect(text.split('\n').filter((line) => line.length > 40)).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "strategy     seed  outcome  verdict
      -----------  ----  -------  ------------
      clear-when-     0  harmed   PASS-BOUNDED
      idle
      clear-when-     1  harmed   PASS-BOUNDED
      idle
      mark-until-     0  clean    PASS-
      unmount                     COMPLETE
      mark-until-     1  clean    PASS-
      unmount                     COMPLETE

      ext2-bitmap under clear-when-idle, 2
      runs: 2 harmed.
      ext2-bitmap under mark-until-unmount, 2
      runs: 2 clean.

      PASS-BOUNDED  all 4 runs showed what was
      expected

      repeat: npx desync run x.yaml
      "
    `);
  });

  it('ends the full text of two runs with what came of both', () => {
    expect(summaryText(tallied([harmed, clean]), plain(80))).toMatchInlineSnapshot(`
      "ext2-bitmap under clear-when-idle: harmed
      ext2-bitmap under mark-until-unmount: clean

      PASS-BOUNDED  both runs showed what was expected
      "
    `);
  });

  it('says so when nothing was run', () => {
    expect(summaryText(tallied([]), plain(80))).toContain('VOID  nothing was run');
  });
});

describe('a tally', () => {
  it('keeps no more of a million runs than of a hundred', () => {
    const tally = tallied(seeds(5000, failed));
    expect([tally.runs, tally.failed, tally.failures.length, tally.alike.length]).toEqual([
      ...[5000, 5000, 5, 1],
    ]);
    expect(tally.each).toBeUndefined();
  });

  it('has the gravest verdict of all', () => {
    const tally = tallied([harmed, failed, clean]);
    expect(tally.verdict).toBe('FAIL');
  });
});
