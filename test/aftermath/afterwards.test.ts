import { describe, expect, it } from 'vitest';
import { afterwards, stepText } from '../../src/aftermath/afterwards.js';
import type { AftermathStep } from '../../src/aftermath/steps.js';
import { dropBit, takeBit, testBit } from '../../src/ext2/bitmap.js';
import { check } from '../../src/ext2/fsck/check.js';
import { inodeAt, inodeOf, sectorsOf } from '../../src/ext2/tree.js';
import { copyOf, imageOf } from '../support/crash-images.js';
import { bitOf, blockOf, mountedDisk } from '../support/mounted-disk.js';

const READ_A: AftermathStep = { do: 'read', path: '/a' };
const APPEND_A: AftermathStep = { do: 'append', path: '/a', bytes: 500 };
const REMOVE_0: AftermathStep = { do: 'remove', leg: 0 };
const REMOUNT: AftermathStep = { do: 'remount' };

/** Two legs; /a is 2,000 bytes long on leg 0 and 3,000 on leg 1. */
function differentFiles() {
  const site = mountedDisk(['/a', 2000]);
  const other = mountedDisk(['/a', 3000]);
  const leg1 = copyOf(site.disk);
  for (let sector = 0; sector < leg1.count; sector++) {
    leg1.set(
      sector,
      leg1.pool.intern(Uint8Array.from(other.disk.pool.view(other.disk.get(sector)))),
    );
  }
  return imageOf([site.disk, leg1], []);
}

function linesOf(image: ReturnType<typeof imageOf>, ...steps: readonly AftermathStep[]) {
  return afterwards(image, steps).records.map(({ lines }) => lines);
}

describe('a reader afterwards', () => {
  it('reads leg 0 as long as it is there', () => {
    expect(linesOf(differentFiles(), READ_A)).toEqual([['2000 bytes']]);
  });

  it('keeps what was mounted when leg 0 is removed, until it is mounted anew', () => {
    const lines = linesOf(differentFiles(), READ_A, REMOVE_0, READ_A, REMOUNT, READ_A);
    expect(lines).toEqual([
      ['2000 bytes'],
      ['leg 1 is the default leg'],
      ['2000 bytes'],
      [],
      ['3000 bytes'],
    ]);
  });

  it('reads the leg that is left when nothing was mounted', () => {
    expect(linesOf(differentFiles(), REMOVE_0, READ_A)).toEqual([
      ['leg 1 is the default leg'],
      ['3000 bytes'],
    ]);
  });

  it('writes to every leg that is left', () => {
    const site = mountedDisk(['/a', 100]);
    const image = imageOf([site.disk, copyOf(site.disk), copyOf(site.disk)], []);
    const before = site.disk.values.slice();
    const after = afterwards(image, [
      APPEND_A,
      { do: 'remove', leg: 1 },
      { do: 'create', path: '/new' },
      { do: 'append', path: '/new', bytes: 90 },
    ]);
    expect(after.legNumbers).toEqual([0, 2]);
    const [first, second] = after.legs;
    for (let sector = 0; sector < site.disk.count; sector++) {
      expect(second?.get(sector)).toBe(first?.get(sector));
    }
    expect(site.disk.values).toEqual(before);
  });

  it('writes what tells who wrote it', () => {
    const site = mountedDisk();
    const after = afterwards(imageOf([site.disk, copyOf(site.disk)], []), [
      { do: 'create', path: '/b' },
      { do: 'append', path: '/b', bytes: 600 },
    ]);
    const disk = after.legs[0]!;
    const inode = inodeOf(disk, site.layout, inodeAt(disk, site.layout, '/b'));
    const [first = 0, second = 0] = sectorsOf(disk, site.layout, inode);
    const bytes = [first, second].map((sector) => disk.pool.view(disk.get(sector)));
    const text = bytes.map((part) => new TextDecoder().decode(part)).join('');
    expect(text.slice(0, 600)).toBe('/b was written after the crash\n'.repeat(20).slice(0, 600));
    expect(text.slice(600)).toMatch(/^\0+$/);
  });

  it('finds nothing where a file was deleted', () => {
    const site = mountedDisk(['/a', 3000]);
    const image = imageOf([site.disk, copyOf(site.disk)], []);
    expect(linesOf(image, { do: 'unlink', path: '/a' }, READ_A)).toEqual([[], ['ENOENT']]);
  });

  it('reads the default leg first, whichever that is, and then the others in order', () => {
    const site = mountedDisk();
    const legs = [site.disk, copyOf(site.disk), copyOf(site.disk), copyOf(site.disk)];
    for (const [defaultLeg, order] of [
      [0, [0, 1, 2, 3]],
      [2, [2, 0, 1, 3]],
      [3, [3, 0, 1, 2]],
    ] as const) {
      expect(afterwards({ ...imageOf(legs, []), defaultLeg }, []).legNumbers).toEqual(order);
    }
  });

  it('never loses the last leg', () => {
    const image = differentFiles();
    const after = afterwards(image, [REMOVE_0, { do: 'remove', leg: 1 }]);
    expect(after.records[1]?.lines).toEqual(['the last leg stays']);
    expect(after.legNumbers).toEqual([1]);
  });

  it('is told what failed, in the words of errno', () => {
    const site = mountedDisk();
    const image = imageOf([site.disk, copyOf(site.disk)], []);
    expect(
      linesOf(
        image,
        READ_A,
        { do: 'create', path: '/a' },
        { do: 'create', path: '/a' },
        { do: 'append', path: '/a', bytes: 1 << 20 },
        { do: 'unlink', path: '/b' },
      ),
    ).toEqual([['ENOENT'], [], ['EEXIST'], ['ENOSPC'], ['ENOENT']]);
  });

  it('cannot mount what is no file system', () => {
    const site = mountedDisk();
    site.disk.set(2, 0);
    const [lines] = linesOf(imageOf([site.disk, copyOf(site.disk)], []), READ_A);
    expect(lines?.[0]).toMatch(/^cannot be mounted: /);
  });
});

describe('fsck afterwards', () => {
  it('repairs through leg 0 and writes what it repairs to every leg', () => {
    const site = mountedDisk(['/a', 3000]);
    const [bitmap, bit] = bitOf(site, blockOf(site, '/a', 1));
    const leg1 = copyOf(site.disk);
    dropBit(site.disk, bitmap, bit);
    const after = afterwards(imageOf([site.disk, leg1], []), [{ do: 'fsck' }]);
    expect(after.records[0]?.lines[0]).toMatch(/^Block bitmap differences: {2}\+\d+$/);
    for (const leg of after.legs) expect(testBit(leg, bitmap, bit)).toBe(true);
    expect(check(after.legs[0]!).verdict).toBe('clean');
  });

  it('leaves a stale bitmap on leg 1 when leg 0 is right', () => {
    const site = mountedDisk(['/a', 3000]);
    const [bitmap, bit] = bitOf(site, blockOf(site, '/a', 1));
    site.files.unmount();
    const leg1 = copyOf(site.disk);
    dropBit(leg1, bitmap, bit);
    const after = afterwards(imageOf([site.disk, leg1], []), [{ do: 'fsck' }]);
    expect(after.records[0]?.lines).toEqual(['clean']);
    expect(after.legs.map((leg) => testBit(leg, bitmap, bit))).toEqual([true, false]);
  });

  it('is run by hand where boot refuses', () => {
    const site = mountedDisk(['/a', 3000], ['/b', 3000]);
    const twice = copyOf(site.disk);
    const [bitmap, bit] = bitOf(site, blockOf(site, '/a', 0));
    dropBit(twice, bitmap, bit);
    const stale = afterwards(imageOf([twice, copyOf(twice)], []), [
      { do: 'create', path: '/c' },
      { do: 'append', path: '/c', bytes: 100_000 },
      { do: 'fsck' },
    ]);
    const said = stale.records[2]?.lines ?? [];
    const byHand = said.slice(said.indexOf('UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY.') + 1);
    expect(byHand).not.toHaveLength(said.length);
    expect(byHand.join('\n')).toMatch(/[Mm]ultiply-claimed/);
    expect(check(stale.legs[0]!).verdict).toBe('clean');
  });

  it('sees leg 1 once leg 0 is removed', () => {
    const site = mountedDisk(['/a', 3000]);
    const leg1 = copyOf(site.disk);
    const [bitmap, bit] = bitOf(site, 200);
    takeBit(leg1, bitmap, bit);
    const lines = linesOf(imageOf([site.disk, leg1], []), { do: 'fsck' }, REMOVE_0, { do: 'fsck' });
    expect(lines[0]?.join()).not.toContain('bitmap');
    expect(lines[2]?.join()).toContain('Block bitmap differences:  -200');
  });
});

describe('a step in words', () => {
  it.each([
    [{ do: 'fsck' }, 'fsck'],
    [REMOVE_0, 'remove leg0'],
    [REMOUNT, 'remount'],
    [APPEND_A, 'append /a, 500 bytes'],
    [READ_A, 'read /a'],
    [{ do: 'unlink', path: '/x' }, 'unlink /x'],
    [{ do: 'create', path: '/x' }, 'create /x'],
  ] as const)('%o is "%s"', (step, text) => {
    expect(stepText(step)).toBe(text);
  });
});
