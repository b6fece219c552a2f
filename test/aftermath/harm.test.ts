import { describe, expect, it } from 'vitest';
import { afterwards } from '../../src/aftermath/afterwards.js';
import { harmOn } from '../../src/aftermath/harm.js';
import type { AftermathStep } from '../../src/aftermath/steps.js';
import { dropBit } from '../../src/ext2/bitmap.js';
import { INODE_BLOCK, INODE_DTIME, INODE_LINKS, writeInode } from '../../src/ext2/inodes.js';
import { NOT_PROMISED } from '../../src/ext2/promise.js';
import { inodeAt, inodeOf } from '../../src/ext2/tree.js';
import type { DenseSectors } from '../../src/media/sectors.js';
import { copyOf, imageOf } from '../support/crash-images.js';
import {
  bitOf,
  blockOf,
  mountedDisk,
  promiseOf,
  type MountedDisk,
} from '../support/mounted-disk.js';

type Promises = readonly ReturnType<typeof promiseOf>[];

/** All that is wrong on these legs; the judge leaves out what equal legs would have suffered. */
function harm(legs: DenseSectors[], promises: Promises, steps: readonly AftermathStep[] = []) {
  return harmOn(afterwards(imageOf(legs, []), steps), promises, steps);
}

/** On one leg that is left of two. */
function harmAlone(leg: DenseSectors, promises: Promises, ...steps: readonly AftermathStep[]) {
  return harm([leg, copyOf(leg)], promises, [{ do: 'remove', leg: 1 }, ...steps]);
}

function setField(site: MountedDisk, path: string, field: number, value: number): void {
  const { disk, layout } = site;
  const ino = inodeAt(disk, layout, path);
  const inode = inodeOf(disk, layout, ino);
  inode[field] = value;
  writeInode(disk, layout, ino, inode);
}

function scribble(leg: DenseSectors, sector: number): void {
  leg.set(sector, leg.pool.intern(new Uint8Array(512).fill(0xab)));
}

describe('harm on the legs that are left', () => {
  it('is none where every promise is kept and every block is claimed once', () => {
    const site = mountedDisk(['/a', 3000], ['/c', 20_000]);
    const promises = [promiseOf(site, '/a'), promiseOf(site, '/c')];
    expect(harm([site.disk, copyOf(site.disk)], promises)).toEqual([]);
  });

  it('is none in a sector that is promised no longer', () => {
    const site = mountedDisk(['/a', 3000]);
    const promise = promiseOf(site, '/a');
    const sectors = promise.sectors.map((value, n) => (n === 2 ? NOT_PROMISED : value));
    expect(harmAlone(site.disk, [{ ...promise, sectors }])).toEqual([]);
    scribble(site.disk, site.layout.sectorOfBlock(blockOf(site, '/a', 1)));
    expect(harmAlone(site.disk, [{ ...promise, sectors }])).toEqual([]);
    expect(harmAlone(site.disk, [promise])).toHaveLength(1);
  });

  it('is none of a file that a later step deletes or makes longer', () => {
    const site = mountedDisk(['/a', 3000]);
    const promises = [promiseOf(site, '/a')];
    const stale = copyOf(site.disk);
    scribble(stale, site.layout.sectorOfBlock(blockOf(site, '/a', 1)));
    const steps: readonly AftermathStep[] = [
      { do: 'unlink', path: '/a' },
      { do: 'append', path: '/a', bytes: 5 },
    ];
    for (const step of steps) {
      expect(harmAlone(site.disk, promises, step)).toEqual([]);
      expect(harmAlone(stale, promises, step)).toEqual([]);
    }
    const another: AftermathStep = { do: 'unlink', path: '/b' };
    expect(harmAlone(stale, promises, another)).toHaveLength(1);
    expect(harmAlone(stale, promises, { do: 'read', path: '/a' })).toHaveLength(1);
  });

  it('is told block by block, ascending', () => {
    const site = mountedDisk(['/a', 1000], ['/c', 1000]);
    site.files.append('/a', 5000, () => 65);
    const blocks = [blockOf(site, '/a', 4), blockOf(site, '/c', 0)];
    expect(blocks[0]).toBeGreaterThan(blocks[1]!);
    for (const block of blocks) dropBit(site.disk, ...bitOf(site, block));
    const steps: readonly AftermathStep[] = [
      { do: 'create', path: '/b' },
      { do: 'append', path: '/b', bytes: 20_000 },
    ];
    expect(harmAlone(site.disk, [], ...steps)).toMatchObject([
      { kind: 'block-used-twice', block: blocks[1], files: ['/c', '/b'], text: '' },
      { kind: 'block-used-twice', block: blocks[0], files: ['/a', '/b'], text: '' },
    ]);
  });

  it('takes no inode that nobody links to for the owner of its blocks', () => {
    const site = mountedDisk(['/a', 2500]);
    const blocks = [0, 1, 2].map((logical) => blockOf(site, '/a', logical));
    setField(site, '/a', INODE_LINKS, 0);
    expect(harmAlone(site.disk, []).map(({ kind, block }) => [kind, block])).toEqual(
      blocks.map((block) => ['block-lost', block]),
    );
  });

  it('is a lost file when its inode says that it was deleted', () => {
    const site = mountedDisk(['/a', 2500]);
    const promise = promiseOf(site, '/a');
    setField(site, '/a', INODE_DTIME, 7);
    expect(harmAlone(site.disk, [promise])).toMatchObject([
      { kind: 'file-lost', block: undefined, files: ['/a'], text: `inode ${promise.ino}` },
    ]);
  });

  it('is wrong data in no block where a promised one is not there', () => {
    const site = mountedDisk(['/a', 2500]);
    const promise = promiseOf(site, '/a');
    const gone = blockOf(site, '/a', 1);
    setField(site, '/a', INODE_BLOCK + 1, 0);
    expect(harmAlone(site.disk, [promise])).toMatchObject([
      { kind: 'block-lost', block: gone, files: [], text: '' },
      { kind: 'wrong-data', block: undefined, files: ['/a'], text: 'from byte 1024 on' },
    ]);
  });

  it('names the leg, and the block where one is there, that breaks a promise', () => {
    const site = mountedDisk(['/a', 2500]);
    const promise = promiseOf(site, '/a');
    const [kept, wrong] = [copyOf(site.disk), copyOf(site.disk)];
    const block = blockOf(site, '/a', 1);
    scribble(wrong, site.layout.sectorOfBlock(block));
    const gone = copyOf(mountedDisk().disk);
    const found = harm([site.disk, kept, wrong], [promise]);
    expect(found).toMatchObject([
      { kind: 'differs-by-leg', block, text: 'leg 2 does not hold what was promised' },
    ]);
    const blank = copyOf(site.disk);
    blank.values.set(gone.values.map((value) => blank.pool.intern(gone.pool.view(value).slice())));
    expect(harm([site.disk, blank], [promise])).toMatchObject([
      { kind: 'differs-by-leg', block: undefined, text: 'leg 1 does not hold what was promised' },
    ]);
  });

  it('is not looked for where there is no file system', () => {
    const site = mountedDisk(['/a', 2500]);
    const promise = promiseOf(site, '/a');
    site.disk.set(2, 0);
    expect(harmAlone(site.disk, [promise])).toEqual([]);
  });
});
