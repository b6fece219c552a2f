/**
 * Each scenario of a case shows what its story names: where the legs differ, and what comes of it.
 */
import { describe, expect, it } from 'vitest';
import { Runner } from '../../src/lab/runner.js';
import { strategyNamed } from '../../src/strategies/shipped.js';
import { shippedScenario } from '../support/shipped-scenarios.js';

interface Case {
  readonly file: string;
  /** Default: dm-raid1 as it is. */
  readonly strategy?: string;
  /** What every sector belongs to in which the legs differ. */
  readonly differsIn: RegExp;
}

const DATA_OF_RECORDS = /^data of \/records, block \d+$/;

const CASES: readonly Case[] = [
  { file: 'metadata/block-bitmap', differsIn: /^block bitmap of group 0$/ },
  { file: 'metadata/inode-bitmap', differsIn: /^inode bitmap of group 0$/ },
  { file: 'metadata/group-descriptors', differsIn: /^group descriptors$/ },
  { file: 'metadata/inode-table', differsIn: /^inode \d+$/ },
  { file: 'metadata/directory', differsIn: /^directory \/$/ },
  { file: 'metadata/indirect-block', differsIn: /^indirect block of \/log$/ },
  { file: 'writers/write-pdflush', differsIn: DATA_OF_RECORDS },
  { file: 'writers/write-sync', differsIn: DATA_OF_RECORDS },
  { file: 'writers/mmap-fsync', differsIn: /^data of \/state, block \d+$/ },
  { file: 'shapes/leg-skew', differsIn: DATA_OF_RECORDS },
  { file: 'shapes/slow-log', differsIn: DATA_OF_RECORDS },
  { file: 'shapes/hot-region', differsIn: /^data of \/[ab], block 0$/ },
  { file: 'shapes/many-regions', differsIn: /^data of \/tables, block 255$/ },
  { file: 'shapes/database', differsIn: /^data of \/table, block \d+$/ },
  { file: 'shapes/mail-spool', differsIn: /^(block bitmap of group 0|group descriptors)$/ },
  { file: 'shapes/freed-before-second-write', differsIn: /^data of \/swap, block 124$/ },
  {
    file: 'shapes/freed-before-second-write',
    strategy: 'clear-after-period',
    differsIn: /^free block$/,
  },
  {
    file: 'shapes/freed-before-second-write',
    strategy: 'clean-candidate',
    differsIn: /^free block$/,
  },
  { file: 'holes/pdflush-period', strategy: 'clear-after-period', differsIn: DATA_OF_RECORDS },
  { file: 'holes/preempted-before-dirty', strategy: 'clean-candidate', differsIn: DATA_OF_RECORDS },
  { file: 'holes/evicted-extents', strategy: 'activity-log', differsIn: DATA_OF_RECORDS },
  {
    file: 'holes/changed-and-back',
    strategy: 'checksum-compare',
    differsIn: /^inode bitmap of group 0$/,
  },
  { file: 'md/idle', strategy: 'md-bitmap', differsIn: DATA_OF_RECORDS },
  { file: 'md/idle', strategy: 'md-safemode', differsIn: DATA_OF_RECORDS },
  { file: 'md/never-idle', strategy: 'md-bitmap', differsIn: DATA_OF_RECORDS },
  { file: 'md/lockless', strategy: 'md-llbitmap', differsIn: DATA_OF_RECORDS },
  { file: 'polarity/leg-1-first', differsIn: /^block bitmap of group 0$/ },
];

describe.each(CASES)(
  '$file under $strategy',
  ({ file, strategy = 'clear-when-idle', differsIn }) => {
    const scenario = shippedScenario(`${file}.yaml`);
    const fix = strategyNamed(strategy);
    if (fix === undefined) throw new Error(`there is no ${strategy}`);
    const run = new Runner().run(scenario, fix, scenario.seed);

    it(`ends with legs that differ in ${differsIn}, and nowhere else`, () => {
      expect(run.divergence.length).toBeGreaterThan(0);
      for (const { belongsTo } of run.divergence) expect(belongsTo).toMatch(differsIn);
      expect(run.divergence.every(({ byApplication }) => !byApplication)).toBe(true);
    });

    it('says so among what is expected', () => {
      expect(scenario.expect[strategy]?.outcome).toBe(run.outcome);
    });
  },
);
