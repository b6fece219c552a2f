/** What cannot be written is said at once, in the same words, whichever command would write it. */
import { chmodSync, mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ScratchFolder } from '../support/scratch-folder.js';
import { desync, ROOT, SCENARIO, toy } from './program.js';

const scratch = new ScratchFolder('in-no-folder');
const SCHEDULE = `${ROOT}scenarios/explore/one-page-2-stores.yaml`;
const RUN = ['run', SCENARIO, '--strategy', 'clear-when-idle', '--seeds', '1..9'];
/** Neither would come to its end in the time of a test. */
const LONG_SHRINK = ['shrink', SCENARIO, '--seed', '405'];
const LONG_SEARCH = ['explore', 'scenarios/mmap-store.yaml', '--strategy', 'clear-when-idle'];
const WRITERS: readonly (readonly [args: readonly string[], option: string, before: string])[] = [
  [RUN, '--output', ''],
  [RUN, '--reporter', 'tap='],
  [['compare', SCENARIO, '--seeds', '1..9'], '--output', ''],
  [['compare', SCENARIO, '--seeds', '1..9'], '--reporter', 'json='],
  [['merge', 'part.jsonl'], '--reporter', 'junit='],
  [LONG_SHRINK, '--out', ''],
  [LONG_SEARCH, '--out', ''],
  [['promote', SCHEDULE], '--out', ''],
];

describe.each(WRITERS)('%j %s', (args, option, before) => {
  it.for([
    ['no/such/x', 'there is no such folder'],
    ['file/x', 'there is no such folder'],
    ['locked/x', 'may not be written'],
    ['x'.repeat(300), 'the name is too long for a file'],
  ] as const)('says of %s that %s', ([name, why], { skip }) => {
    skip(name.startsWith('locked') && process.getuid?.() === 0, 'root may write everywhere');
    scratch.old('file');
    mkdirSync(scratch.at('locked'), 0o500);
    const { code, out, err } = toy([...args, option, `${before}${scratch.at(name)}`]);
    chmodSync(scratch.at('locked'), 0o700);
    expect([code, out]).toEqual([2, '']);
    expect(err.split('\n')[0]).toMatch(new RegExp(`: ${why}$`));
  });
});

it('export makes the folders that it is given, where it can', () => {
  const args = ['export', SCENARIO, '--strategy', 'clear-when-idle', '--seed', '1', '--out'];
  expect(toy([...args, scratch.at('no/such')]).code).toBe(0);
  scratch.old('file');
  const { code, err } = toy([...args, scratch.at('file/x')]);
  expect([code, err.split('\n')[0]]).toEqual([
    2,
    expect.stringContaining('is a file, not a folder'),
  ]);
});

it('what is there already is said before anything is searched for', () => {
  scratch.old('file');
  for (const args of [LONG_SHRINK, LONG_SEARCH, ['promote', SCHEDULE]]) {
    const { code, err } = desync([...args, '--out', scratch.at('file')]);
    expect(code).toBe(2);
    expect(err).toContain('there is such a file already; --force overwrites it');
    expect(scratch.textOf('file')).toBe('old\n');
  }
});
