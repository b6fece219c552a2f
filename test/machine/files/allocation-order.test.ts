import { describe, expect, it } from 'vitest';
import { smallScenario } from '../../support/small-scenario.js';
import { tell } from '../../support/told.js';

/**
 * What the application does to memory and to buffers, one line a step; neighbouring equal lines are
 * one.
 */
function stepsOf(steps: string, ...sets: readonly string[]): string[] {
  const { all, nameOf } = tell(
    smallScenario(
      'duration=4s',
      'preemption=1us',
      `workload={ app: [${steps}, { sleep: 1s }, sync] }`,
      ...sets,
    ),
  );
  const lines = all.flatMap((one) => {
    if (one.actor !== 'app') return [];
    if (one.kind === 'step') return [one.what];
    if (one.kind === 'store') return [`${one.what.replace(/:.*/, '')}: ${nameOf(one.sector)}`];
    return one.kind === 'dirtied' ? [`dirty: ${nameOf(one.sector)}`] : [];
  });
  return lines.filter((line, i) => line !== lines[i - 1]);
}

/** What the last call of that name does. */
function after(call: string, lines: readonly string[]): readonly string[] {
  const rest = lines.slice(lines.lastIndexOf(call) + 1);
  return rest.slice(
    0,
    rest.findIndex((line) => !line.includes(': ')),
  );
}

describe('the order of steps in ext2', () => {
  it('of an append: bit, count, descriptor dirty, bitmap dirty, then the page', () => {
    expect(after('append /a', stepsOf('{ create: /a }, { append: [/a, 512B] }'))).toEqual([
      'ext2_set_bit_atomic: block bitmap of group 0',
      'group_adjust_blocks: group descriptors',
      'dirty: group descriptors',
      'dirty: block bitmap of group 0',
      'generic_perform_write: data of /a, block 0',
      'dirty: data of /a, block 0',
    ]);
  });

  it('of an append that needs an indirect block: it is filled and dirty before the file has it', () => {
    const lines = after(
      'append /a',
      stepsOf(
        '{ create: /a }, { append: [/a, 12KiB] }, { append: [/a, 512B] }, { append: [/a, 1KiB] }',
      ),
    );
    expect(lines).toEqual([
      'ext2_set_bit_atomic: block bitmap of group 0',
      'group_adjust_blocks: group descriptors',
      'dirty: group descriptors',
      'dirty: block bitmap of group 0',
      'ext2_splice_branch: indirect block of /a',
      'dirty: indirect block of /a',
      'generic_perform_write: data of /a, block 12',
      'generic_perform_write: data of /a, block 13',
      'dirty: data of /a, block 12',
      'dirty: data of /a, block 13',
    ]);
    const before = stepsOf('{ create: /a }, { append: [/a, 12KiB] }, { append: [/a, 512B] }');
    expect(after('append /a', before)).toEqual([
      'ext2_set_bit_atomic: block bitmap of group 0',
      'group_adjust_blocks: group descriptors',
      'dirty: group descriptors',
      'dirty: block bitmap of group 0',
      'ext2_alloc_branch: indirect block of /a',
      'dirty: indirect block of /a',
      'generic_perform_write: data of /a, block 12',
      'dirty: data of /a, block 12',
    ]);
  });

  it('of an overwrite: nothing is allocated', () => {
    expect(
      after(
        'overwrite /a',
        stepsOf('{ create: /a }, { append: [/a, 1KiB] }, { overwrite: [/a, 0B, 512B] }'),
      ),
    ).toEqual(['generic_perform_write: data of /a, block 0', 'dirty: data of /a, block 0']);
  });

  it('of a creation: inode bitmap, its dirt, descriptor, its dirt, then the name', () => {
    expect(after('create /b', stepsOf('{ create: /a }, { create: /b }'))).toEqual([
      'ext2_new_inode: inode bitmap of group 0',
      'dirty: inode bitmap of group 0',
      'ext2_new_inode: group descriptors',
      'dirty: group descriptors',
      'ext2_add_link: directory /',
      'dirty: directory /',
    ]);
  });

  it('of an unlink: the name, the inode, then bits before counts, blocks before the inode', () => {
    const lines = after(
      'unlink /a',
      stepsOf('{ create: /a }, { append: [/a, 2KiB] }, { unlink: /a }'),
    );
    expect(lines.map((line) => line.replace(/inodes? \d.*/, 'an inode'))).toEqual([
      'ext2_delete_entry: directory /',
      'dirty: directory /',
      'ext2_update_inode: an inode',
      'dirty: an inode',
      'ext2_free_blocks: block bitmap of group 0',
      'dirty: block bitmap of group 0',
      'group_adjust_blocks: group descriptors',
      'dirty: group descriptors',
      'ext2_free_inode: inode bitmap of group 0',
      'ext2_release_inode: group descriptors',
      'dirty: group descriptors',
      'dirty: inode bitmap of group 0',
    ]);
  });

  it('leaves a point between memory and dirt at which the thread may be gone', () => {
    const { all, nameOf } = tell(
      smallScenario(
        'duration=4s',
        'preemption=7ms',
        'workload={ app: [{ create: /a }, { append: [/a, 512B] }] }',
      ),
    );
    const bitmap = all.filter(
      (one) =>
        (one.kind === 'store' || one.kind === 'dirtied') &&
        nameOf(one.sector) === 'block bitmap of group 0',
    );
    expect(bitmap.map(({ kind }) => kind)).toEqual(['store', 'dirtied']);
    expect((bitmap[1]?.at ?? 0) - (bitmap[0]?.at ?? 0)).toBe(3 * 7e6);
  });
});
