import { describe, expect, it } from 'vitest';
import { drive, smallScenario } from '../../support/small-scenario.js';
import { only, second, tell, type Of, type Told } from '../../support/told.js';

/** When writes of what has that name were submitted, in whole seconds. */
function writtenAt({ all, nameOf }: Told, name: string): number[] {
  return only(all, 'submitted')
    .filter(({ sector }) => nameOf(sector) === name)
    .map(({ at }) => Math.floor(second(at)));
}

/** What was submitted in that second, in order, each once. */
function namesIn({ all, nameOf }: Told, from: number): string[] {
  const names = only(all, 'submitted')
    .filter(({ at }) => Math.floor(second(at)) === from)
    .map(({ sector }) => nameOf(sector));
  return [...new Set(names)];
}

describe('pdflush', () => {
  it.each([
    [0, 30],
    [0.003, 30],
    [0.004, 35],
    [3, 35],
    [4.999, 35],
    [5, 35],
    [5.005, 40],
    [9, 40],
  ])('writes what was dirtied at %f s on the tick at %i s', (dirtied, tick) => {
    const run = tell(
      smallScenario(
        'duration=100s',
        `workload={ app: [{ sleep: ${dirtied * 1000}ms }, { create: /a }, { append: [/a, 1KiB] }] }`,
      ),
    );
    expect(writtenAt(run, 'data of /a, block 0')).toEqual([tick]);
    expect(writtenAt(run, 'block bitmap of group 0')).toEqual([tick]);
  });

  it('does not wait longer for what is dirtied again and again', () => {
    const run = tell(
      smallScenario(
        'duration=69s',
        'workload={ app: [{ sleep: 3s }, { create: /a }, { append: [/a, 1KiB] }, { repeat: { every: 1s, do: [{ overwrite: [/a, 0B, 1KiB] }] } }] }',
      ),
    );
    expect(writtenAt(run, 'data of /a, block 0')).toEqual([35]);
  });

  it('writes a page that a store changed under write on the first tick 30 seconds after that store', () => {
    const leg = drive('5ms', '100ms');
    for (const [delayMs, again] of [
      [30, 70],
      [150, 70],
      [5_100, 75],
    ] as const) {
      const run = tell(
        smallScenario(
          'duration=100s',
          `mirror.legs=[${leg}, ${leg}]`,
          'workload={ makes: [{ create: /a }, { append: [/a, 512B] }, sync],' +
            ' dirties: [{ sleep: 2s }, { overwrite: [/a, 0B, 512B] }],' +
            ` races: [{ sleep: ${35_000 + delayMs}ms }, { overwrite: [/a, 0B, 512B] }] }`,
        ),
      );
      expect(writtenAt(run, 'data of /a, block 0').slice(1)).toEqual([35, again]);
    }
  });

  it('writes files before the block device, and the block device by ascending blocks', () => {
    const run = tell(
      smallScenario(
        'duration=40s',
        'workload={ app: [{ sleep: 3s }, { create: /a }, { append: [/a, 1KiB] }, { create: /b }, { append: [/b, 1KiB] }] }',
      ),
    );
    expect(namesIn(run, 35)).toEqual([
      'data of /a, block 0',
      'directory /',
      'data of /b, block 0',
      'superblock',
      'group descriptors',
      'block bitmap of group 0',
      'inode bitmap of group 0',
      'inodes 1-4',
      'inodes 9-12',
    ]);
  });

  it('writes all dirty pages of a file by their index, whatever the order in which they were dirtied', () => {
    const run = tell(
      smallScenario(
        'duration=80s',
        'filesystem={ type: ext2, blockSize: 4KiB, size: 1MiB }',
        'workload={ app: [{ create: /a }, { append: [/a, 16KiB] }, sync, { sleep: 3s },' +
          ' { overwrite: [/a, 12KiB, 1KiB] }, { overwrite: [/a, 4KiB, 1KiB] }, { overwrite: [/a, 8KiB, 1KiB] }] }',
      ),
    );
    const blocks = namesIn(run, 35).filter((name) => name.startsWith('data of /a'));
    expect(blocks).toEqual(['data of /a, block 1', 'data of /a, block 2', 'data of /a, block 3']);
  });

  it('gives the inode of a file to the buffers of the block device when it writes the file', () => {
    const run = tell(
      smallScenario(
        'duration=80s',
        'workload={ app: [{ create: /a }, sync, { sleep: 3s }, { overwrite: [/a, 0B, 512B] }] }',
      ),
    );
    const inode = run.all.filter(
      (one) =>
        one.kind === 'store' && one.actor === 'pdflush' && one.what.startsWith('ext2_update_inode'),
    );
    expect(inode.map(({ at }) => second(at))).toEqual([35]);
    expect(writtenAt(run, 'inodes 9-12')).toEqual([0, 35]);
  });

  it('has the superblock dirtied every five seconds while ext2 wants it written', () => {
    const { all } = tell(
      smallScenario(
        'duration=29s',
        'workload={ app: [{ sleep: 7s }, { create: /a }, { append: [/a, 1KiB] }, { sleep: 10s }, { append: [/a, 1KiB] }] }',
      ),
    );
    const superblock = only(all, 'dirtied').filter(({ sector }) => sector === 2);
    expect(superblock.map(({ at }) => at / 1e9)).toEqual([10, 20]);
  });

  it('writes at once, whatever the age, above the background threshold, and not below it', () => {
    const writesOf = (pages: number): Of<'submitted'>[] =>
      only(
        tell(
          smallScenario(
            'duration=4s',
            'memory=16MiB',
            'filesystem={ type: ext2, blockSize: 4KiB, size: 8MiB }',
            `workload={ app: [{ create: /a }, { append: [/a, ${pages * 4}KiB] }] }`,
          ),
        ).all,
        'submitted',
      );
    const threshold = Math.floor((16 * 256) / 20);
    expect(writesOf(threshold - 10)).toEqual([]);
    expect(writesOf(threshold + 40).length).toBeGreaterThan(30);
  });
});
