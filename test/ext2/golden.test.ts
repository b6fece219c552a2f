/** Images that mke2fs and debugfs made, read by us; files that we made, read by debugfs. */
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/ext2/fsck/check.js';
import { mkfs } from '../../src/ext2/mkfs.js';
import { ownersOf } from '../../src/ext2/owners.js';
import { QuietFileSystem } from '../../src/ext2/quiet.js';
import { readLayout } from '../../src/ext2/superblock.js';
import { contentOf, inodeAt, inodeOf, listFiles } from '../../src/ext2/tree.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { missing, workbench } from './e2fsprogs.js';

const bench = workbench();
const without = missing('mke2fs', 'debugfs');

const bytesOf = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 10)) & 255);

/**
 * An image of theirs: two files, one of them with a double indirect block, and a directory with a
 * third.
 */
function theirs(blockBytes: number, features: string): DenseSectors {
  const image = bench.path('theirs.img');
  writeFileSync(bench.path('small'), bytesOf(5000));
  writeFileSync(bench.path('large'), bytesOf(400_000));
  writeFileSync(image, new Uint8Array(2 ** 20));
  const size = `${2 ** 20 / blockBytes}`;
  bench.run(
    'mke2fs',
    '-q',
    '-F',
    '-t',
    'ext2',
    '-O',
    `none,${features}`,
    '-I',
    '128',
    '-b',
    `${blockBytes}`,
    image,
    size,
  );
  writeFileSync(
    bench.path('commands'),
    [
      `write ${bench.path('small')} small`,
      `write ${bench.path('large')} large`,
      'mkdir sub',
      `write ${bench.path('small')} sub/again`,
    ].join('\n'),
  );
  bench.run('debugfs', '-w', '-f', bench.path('commands'), image);
  return bench.read('theirs.img');
}

describe.skipIf(without !== undefined)(`images (${without ?? 'tools present'})`, () => {
  test.each([
    [1024, 'filetype'],
    [1024, 'filetype,sparse_super'],
    [2048, 'filetype,sparse_super'],
    [4096, 'filetype,large_file'],
  ])('of %i byte blocks with %s are read as they were made', (blockBytes, features) => {
    const disk = theirs(blockBytes, features);
    const reading = readLayout(disk);
    if (!reading.ok) throw new Error(reading.problem);
    const { layout } = reading;
    expect(check(disk)).toEqual({ verdict: 'clean', problems: [] });
    expect(listFiles(disk, layout).map(({ path, size }) => [path, size])).toEqual([
      ['/', blockBytes],
      ['/lost+found', expect.any(Number)],
      ['/small', 5000],
      ['/large', 400_000],
      ['/sub', blockBytes],
      ['/sub/again', 5000],
    ]);
    for (const [path, length] of [
      ['/small', 5000],
      ['/large', 400_000],
      ['/sub/again', 5000],
    ] as const) {
      const inode = inodeOf(disk, layout, inodeAt(disk, layout, path));
      expect(Buffer.compare(contentOf(disk, layout, inode), bytesOf(length))).toBe(0);
    }
  });

  test('of ours are read by debugfs, down to the owner of each block', () => {
    const disk = new DenseSectors(new SectorPool(), 4000);
    const fs = new QuietFileSystem(disk, mkfs(disk, { blockBytes: 1024, blocks: 2000 }));
    const content = bytesOf(300_000);
    fs.create('/a');
    fs.append('/a', content.length, (at) => content[at] ?? 0);
    fs.unmount();
    const image = bench.write(disk);
    bench.run('debugfs', '-R', `dump /a ${bench.path('dumped')}`, image);
    expect(bench.run('cmp', '-n', '300000', bench.path('dumped'), writeTo('a', content)).code).toBe(
      0,
    );
    const owners = ownersOf(disk, fs.layout);
    const told = bench.run('debugfs', '-R', 'stat /a', image).text;
    expect(told).toContain('Links: 1');
    const [, indirect] = /\(IND\):(\d+)/u.exec(told) ?? [];
    const [, double] = /\(DIND\):(\d+)/u.exec(told) ?? [];
    expect(owners.ofBlock(Number(indirect))).toBe('indirect block of /a');
    expect(owners.ofBlock(Number(double))).toBe('double indirect block of /a');
  });
});

function writeTo(name: string, bytes: Uint8Array): string {
  writeFileSync(bench.path(name), bytes);
  return bench.path(name);
}

describe('the owner of a block', () => {
  test('has a name, whatever the block is', () => {
    const disk = new DenseSectors(new SectorPool(), 4000);
    const fs = new QuietFileSystem(disk, mkfs(disk, { blockBytes: 1024, blocks: 2000 }));
    fs.create('/b');
    fs.append('/b', 5000, () => 1);
    const owners = ownersOf(disk, fs.layout);
    const table = fs.layout.inodeTableOf(0);
    const data = inodeOf(disk, fs.layout, inodeAt(disk, fs.layout, '/b'))[14 + 3] ?? 0;
    const names = [0, 1, 2, 3, 4, table, data, 1999].map((block) => owners.ofBlock(block));
    expect(names).toEqual([
      'boot block',
      'superblock',
      'group descriptors',
      'block bitmap of group 0',
      'inode bitmap of group 0',
      'inodes 1-8',
      'data of /b, block 3',
      'free block',
    ]);
    const root = inodeOf(disk, fs.layout, 2)[14] ?? 0;
    expect(owners.ofBlock(root)).toBe('directory /');
    expect(owners.ofSector(table * 2 + 2)).toBe('inodes 9-12');
    expect(owners.ofByte(table * 2 + 2, 384)).toBe('inode 12');
  });
});
