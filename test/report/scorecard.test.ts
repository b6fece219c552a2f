import { describe, expect, it } from 'vitest';
import type { Scorecard } from '../../src/lab/compare.js';
import { comparisonJson } from '../../src/report/scorecard-json.js';
import { scorecardText, verdictOver, type ScoredRow } from '../../src/report/scorecard.js';
import { NO_COSTS, plain, tagged } from './mail-race.js';

const MIB = 2 ** 20;
const never = { low: 0, high: 0.00368 };

const idle: ScoredRow = {
  scenario: 'ext2-bitmap',
  strategy: 'clear-when-idle',
  record: 'dm-log',
  runs: 1000,
  voidRuns: 0,
  errorRuns: 0,
  failedRuns: 0,
  simulatedNs: 120e9,
  exposedRuns: 63,
  divergedRuns: 63,
  harmRuns: 12,
  byApplicationRuns: 0,
  exposure: { mean: 0.0155, low: 0.0054, high: 0.031 },
  exposedShare: { low: 0.0487, high: 0.0799 },
  divergedShare: { low: 0.0487, high: 0.0799 },
  harmShare: { low: 0.0062, high: 0.0209 },
  costs: { ...NO_COSTS, recordWrites: 826, marks: 413, clears: 413, expectedResyncBytes: 9 * MIB },
  nothingCleared: false,
  verdict: 'PASS-BOUNDED',
  reasons: [],
  failedSeed: undefined,
  repeat: 'npx desync run x.yaml --strategy clear-when-idle --seeds 1..1000',
};

const candidate: ScoredRow = {
  ...idle,
  strategy: 'clean-candidate',
  exposedRuns: 0,
  divergedRuns: 0,
  harmRuns: 0,
  exposure: { mean: 0, ...never },
  exposedShare: never,
  divergedShare: never,
  harmShare: never,
  costs: { ...NO_COSTS, recordWrites: 6.2, marks: 4, clears: 2, expectedResyncBytes: 96 * MIB },
};

const held: ScoredRow = {
  ...candidate,
  strategy: 'mark-until-unmount',
  voidRuns: 44,
  costs: { ...NO_COSTS, recordWrites: 1, marks: 4, expectedResyncBytes: 512 * MIB },
  nothingCleared: true,
};

function card(...rows: readonly ScoredRow[]): Scorecard<ScoredRow> {
  const [a] = rows;
  return {
    scenario: 'ext2-bitmap',
    rows,
    pairs: rows.slice(1).map((row) => ({
      scenario: 'ext2-bitmap',
      a: a?.strategy ?? '',
      b: row.strategy,
      aOnly: 63,
      bOnly: 0,
      p: 2.1684e-19,
      adjustedP: 4.3368e-19,
    })),
    fronts: [
      { price: 'recordWrites', unbeaten: ['mark-until-unmount'] },
      { price: 'expectedResyncBytes', unbeaten: ['clear-when-idle', 'clean-candidate'] },
      { price: 'expectedResyncNs', unbeaten: ['clear-when-idle', 'clean-candidate'] },
    ],
  };
}

const COMMAND = 'npx desync compare x.yaml';

describe('the scorecard', () => {
  it('says how safe, how different, how dear, and what a person would say', () => {
    expect(scorecardText([card(idle, candidate, held)], COMMAND, plain(80))).toMatchInlineSnapshot(`
      "ext2-bitmap: 1,000 seeds, each 120 s of virtual time

      strategy              exposed        95 %  diverged     95 %  harmed  verdict
      --------------------  -------  ----------  --------  -------  ------  -------
      clear-when-idle        1.55 %  0.54-3.1 %        63  4.8-8 %      12  PASS
      clean-candidate           0 %     <0.37 %         0  <0.37 %       0  PASS
      mark-until-unmount *      0 %     <0.37 %         0  <0.37 %       0  PASS

      * nothing was ever cleared
      Runs that could not fail (VOID): mark-until-unmount 44.

      Exposed seed by seed, against clear-when-idle (exact McNemar, Holm over 2)

      strategy            it alone  other alone      p
      ------------------  --------  -----------  -----
      clean-candidate            0           63  4e-19
      mark-until-unmount         0           63  4e-19

      Price, in the mean over seeds

      strategy            record writes/min   resync
      ------------------  -----------------  -------
      clear-when-idle                   413    9 MiB
      clean-candidate                   3.1   96 MiB
      mark-until-unmount                0.5  512 MiB

      Unbeaten in exposure and writes of the record: mark-until-unmount.
      Unbeaten in exposure and bytes to resync: clear-when-idle and clean-candidate.

      clear-when-idle: exposed in 63 of 1,000 seeds (4.8-8 %), 1.55 % of the time;
      costs 413 region-log writes a minute and 9 MiB of resync after a crash.

      clean-candidate: no exposure in 1,000 seeds (<0.37 %); costs 3.1 region-log
      writes a minute and 96 MiB of resync after a crash, where mark-until-unmount
      costs 512 MiB.

      mark-until-unmount: no exposure in 1,000 seeds (<0.37 %), because nothing was
      ever cleared; costs 0.5 region-log writes a minute and 512 MiB of resync after a
      crash.

      PASS-BOUNDED  every strategy showed what was expected of it on these seeds;
      others were not tried

      repeat: npx desync compare x.yaml
      "
    `);
  });

  it('says beside a row that nothing was ever cleared only where it is safe', () => {
    const exposed = { ...idle, nothingCleared: true };
    expect(scorecardText([card(exposed)], COMMAND, plain(80))).not.toContain('*');
  });

  it('tells why a row did not pass, with its command', () => {
    const failed: ScoredRow = {
      ...idle,
      verdict: 'FAIL',
      failedRuns: 63,
      failedSeed: '17',
      reasons: ['expected no exposure'],
      repeat: 'npx desync run x.yaml --strategy clear-when-idle --seed 17',
    };
    const text = scorecardText([card(failed, candidate)], COMMAND, plain(80));
    expect(text).toContain(
      'FAIL  ext2-bitmap under clear-when-idle, seed 17, the first of 63 such\n' +
        '  expected no exposure\n' +
        'repeat: npx desync run x.yaml --strategy clear-when-idle --seed 17\n',
    );
    expect(text).toContain('\nFAIL  1 of 2 rows did not show what was expected\n');
  });

  it('says of a comparison that could not fail that it says nothing', () => {
    const unproved: ScoredRow = {
      ...held,
      verdict: 'VOID',
      reasons: ['no store ever met a write in flight'],
      voidRuns: 1000,
    };
    const text = scorecardText([card(unproved, candidate)], COMMAND, tagged(200));
    expect(text).toContain('mark-until-unmount: nothing was proved: no store ever met a write');
    expect(text).toContain('<warn><strong>VOID</strong></warn>');
    expect(text).toContain('1 of 2 rows could not have failed: such a comparison says nothing');
    expect(verdictOver([card(unproved, candidate)])).toBe('VOID');
    expect(verdictOver([])).toBe('VOID');
  });

  it('claims nothing of a row in which no run came to its end', () => {
    const stopped: ScoredRow = {
      ...idle,
      verdict: 'ERROR',
      runs: 5,
      errorRuns: 5,
      costs: undefined,
      exposedRuns: 0,
      reasons: ['more than 1,000 events'],
      failedSeed: '1',
    };
    const text = scorecardText([card(stopped)], COMMAND, plain(80));
    expect(text).toMatch(/clear-when-idle +- +- +- +- +- +ERROR/);
    expect(text).toContain('clear-when-idle: none of 5 runs came to its end.');
    expect(text).not.toContain('Price');
  });

  it('names the application’s own fault apart', () => {
    const text = scorecardText([card({ ...held, byApplicationRuns: 9 })], COMMAND, plain(90));
    expect(text).toContain(
      "mark-until-unmount: application's responsibility, exposed in 9 of 1,000 runs\n",
    );
  });

  it.each([40, 60, 80])('fits %i columns and leaves out no price', (width) => {
    const dear = {
      ...NO_COSTS,
      recordWrites: 1234,
      expectedResyncBytes: 5e9,
      expectedResyncNs: 1e9,
      storeWaitNs: 3e6,
      copiedBytes: 1e7,
      sums: 12,
      writeLatencyP99Ns: 12345678,
    };
    const text = scorecardText([card(idle, { ...held, costs: dear })], COMMAND, plain(width));
    const broad = text.split('\n').filter((line) => line.length > width);
    expect(broad.filter((line) => !line.startsWith('repeat: '))).toEqual([]);
    for (const cell of ['617', '4.66 GiB', '1 s', '1.5 ms', '4.77 MiB', '6', '12.3 ms']) {
      expect(text).toMatch(new RegExp(`(^| )${cell.replaceAll('.', '\\.')}( |$)`, 'm'));
    }
  });
});

describe('the scorecard as JSON', () => {
  it('has rows, pairs and fronts of all scenarios, and null for what is absent', () => {
    const other = { ...card({ ...idle, scenario: 'mmap', costs: undefined }), scenario: 'mmap' };
    const { rows, pairs, fronts } = comparisonJson([card(idle, candidate), other]);
    expect(rows.map(({ scenario, strategy }) => [scenario, strategy])).toEqual([
      ...[
        ['ext2-bitmap', 'clear-when-idle'],
        ['ext2-bitmap', 'clean-candidate'],
      ],
      ['mmap', 'clear-when-idle'],
    ]);
    expect(rows[0]).toEqual({ ...idle, failedSeed: null, record: undefined });
    expect(rows[2]?.costs).toBeNull();
    expect(pairs).toEqual(card(idle, candidate).pairs);
    expect(fronts[0]).toEqual({
      scenario: 'ext2-bitmap',
      price: 'recordWrites',
      unbeaten: ['mark-until-unmount'],
    });
  });
});
