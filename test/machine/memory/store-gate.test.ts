import { describe, expect, it } from 'vitest';
import { laboratory, type Laboratory } from '../../../src/lab/laboratory.js';
import type { Happening } from '../../../src/machine/happening.js';
import type { FixStrategy } from '../../../src/machine/strategy.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { lockPages } from '../../../src/strategies/lock-pages.js';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { only, second } from '../../support/told.js';
import { toldBy } from '../../support/watched-run.js';

/** Legs that need two seconds for a write, and four for what the log marks in between. */
const SLOW = drive('1s', '1s');

interface Met {
  readonly lab: Laboratory;
  readonly all: readonly Happening[];
}

function run(strategy: FixStrategy, workload: string): Met {
  const scenario = smallScenario(
    'duration=90s',
    'mirror.regionSize=256KiB',
    `mirror.legs=[${SLOW}, ${SLOW}]`,
    `workload={ ${workload} }`,
  );
  const lab = laboratory(scenario, strategy);
  return { lab, all: toldBy(lab) };
}

/**
 * All is written; at 40 s one sync writes what `dirties` dirtied, and at 40.5 s `stores` meets it.
 */
const meeting = (makes: string, dirties: string, stores: string): string =>
  `makes: [{ create: /a }, { create: /c }, { append: [/a, 4KiB] }${makes}, sync, { at: 39s }, ${dirties}, { at: 40s }, sync],` +
  ` meets: [{ at: 40500ms }, ${stores}]`;

/** Why `meets` stored, while what it changed was under write. */
function storesUnderWrite({ all }: Met): string[] {
  return only(all, 'store')
    .filter(({ actor, sampledBefore }) => actor === 'meets' && sampledBefore.length > 0)
    .map(({ what }) => what.replace(/(inode|group|block|for slot) \d+.*$/, '$1'));
}

const MEETINGS: readonly (readonly [
  place: string,
  makes: string,
  dirties: string,
  stores: string,
  why: string,
])[] = [
  [
    'the block bitmap, to allocate',
    '',
    '{ append: [/a, 1KiB] }',
    '{ append: [/c, 1KiB] }',
    'ext2_set_bit_atomic: a block for inode',
  ],
  [
    'the block bitmap, to free',
    ', { append: [/c, 1KiB] }',
    '{ append: [/a, 1KiB] }',
    '{ unlink: /c }',
    'ext2_free_blocks: from block',
  ],
  [
    'the group descriptor, to allocate a block',
    '',
    '{ append: [/a, 1KiB] }',
    '{ append: [/c, 1KiB] }',
    'group_adjust_blocks: group',
  ],
  [
    'the inode bitmap, to create',
    '',
    '{ create: /b }',
    '{ create: /d }',
    'ext2_new_inode: an inode for slot',
  ],
  ['the inode bitmap, to unlink', '', '{ create: /b }', '{ unlink: /c }', 'ext2_free_inode: inode'],
  [
    'the group descriptor, to create',
    '',
    '{ create: /b }',
    '{ create: /d }',
    'ext2_new_inode: descriptor of group',
  ],
  [
    'the group descriptor, to unlink',
    '',
    '{ create: /b }',
    '{ unlink: /c }',
    'ext2_release_inode: group',
  ],
  ['the directory, to create', '', '{ create: /b }', '{ create: /d }', 'ext2_add_link: inode'],
  ['the directory, to unlink', '', '{ create: /b }', '{ unlink: /c }', 'ext2_delete_entry: inode'],
  [
    'the inode table, to fsync',
    '',
    '{ append: [/a, 1KiB] }',
    '{ append: [/c, 1KiB] }, { fsync: /c }',
    'ext2_update_inode: inode',
  ],
  [
    'the inode table, to unlink',
    ', { append: [/c, 1KiB] }',
    '{ append: [/a, 1KiB] }',
    '{ unlink: /c }',
    'ext2_update_inode: inode',
  ],
  [
    'an indirect block',
    ', { append: [/a, 12KiB] }',
    '{ append: [/a, 1KiB] }',
    '{ append: [/a, 1KiB] }',
    'ext2_splice_branch: indirect block',
  ],
  [
    'a page, by write()',
    '',
    '{ overwrite: [/a, 0B, 1KiB] }',
    '{ overwrite: [/a, 0B, 1KiB] }',
    'generic_perform_write: inode',
  ],
  [
    'a page, through a mapping',
    '',
    '{ overwrite: [/a, 0B, 1KiB] }',
    '{ store: [/a, 0B, 1KiB] }',
    'store into a mapping: inode',
  ],
];

describe('a store that meets a write', () => {
  it.each(MEETINGS)('of %s', (_, makes, dirties, stores, why) => {
    const workload = meeting(makes, dirties, stores);
    const raced = run(clearWhenIdle, workload);
    expect(storesUnderWrite(raced)).toContain(why);
    expect(raced.lab.world.prices.gate.waits).toBe(0);
    const locked = run(lockPages, workload);
    expect(storesUnderWrite(locked)).toEqual([]);
    expect(locked.lab.world.prices.gate.waits).toBeGreaterThan(0);
  });

  it.each(MEETINGS)('of %s goes on once that has ended: no call hangs', (_, ...texts) => {
    const [makes, dirties, stores] = texts;
    const { all } = run(lockPages, meeting(makes, dirties, `${stores}, { create: /z }`));
    const steps = only(all, 'step').filter(({ actor }) => actor === 'meets');
    expect(steps.at(-1)?.what).toBe('create /z');
    expect(
      only(all, 'store').some(
        ({ actor, what }) => actor === 'meets' && what.includes('ext2_add_link'),
      ),
    ).toBe(true);
  });

  it('waits as long as the write takes: all such waits, and the longest', () => {
    const workload = meeting('', '{ overwrite: [/a, 0B, 1KiB] }', '{ overwrite: [/a, 0B, 1KiB] }');
    const { lab, all } = run(lockPages, workload);
    const { gate } = lab.world.prices;
    const [store] = only(all, 'store').filter(({ actor }) => actor === 'meets');
    expect(gate.waits).toBe(1);
    expect(gate.waitedNs).toBe((store?.at ?? 0) - 40.5e9);
    expect(gate.longestNs).toBe(gate.waitedNs);
    expect(second(gate.waitedNs)).toBeGreaterThan(1);
    expect(lab.world.storesUnderWrite).toBe(1);
  });

  it('is counted each time, and the longest one is kept', () => {
    const twice = '{ overwrite: [/a, 0B, 1KiB] }, { at: 50s }, { overwrite: [/a, 0B, 1KiB] }, sync';
    const others = meeting(
      '',
      '{ overwrite: [/a, 0B, 1KiB] }',
      `${twice}], again: [{ at: 51s }, { overwrite: [/a, 0B, 1KiB] }`,
    );
    const { gate } = run(lockPages, others).lab.world.prices;
    expect(gate.waits).toBe(2);
    expect(gate.longestNs).toBeLessThan(gate.waitedNs);
    expect(gate.longestNs).toBeGreaterThan(gate.waitedNs / 2);
  });
});
