import { describe, expect, it } from 'vitest';
import { divergenceIn, type Divergence } from '../../src/aftermath/divergence.js';
import { judge, mismatchesOf } from '../../src/aftermath/judge.js';
import type { AftermathStep } from '../../src/aftermath/steps.js';
import { dropBit, takeBit } from '../../src/ext2/bitmap.js';
import { NOT_PROMISED } from '../../src/ext2/promise.js';
import type { CrashImage } from '../../src/media/crash-image.js';
import { SectorPool } from '../../src/media/sector-pool.js';
import { DenseSectors } from '../../src/media/sectors.js';
import { copyOf, imageOf } from '../support/crash-images.js';
import {
  bitOf,
  blockOf,
  mountedDisk,
  promiseOf,
  type MountedDisk,
} from '../support/mounted-disk.js';

const LATER: readonly AftermathStep[] = [
  { do: 'fsck' },
  { do: 'remove', leg: 0 },
  { do: 'remount' },
  { do: 'create', path: '/b' },
  { do: 'append', path: '/b', bytes: 20_000 },
];

/** Writes other bytes at one sector. */
function scribble(disk: DenseSectors, sector: number): void {
  disk.set(sector, disk.pool.intern(new Uint8Array(512).fill(0xab)));
}

function dataSector(site: MountedDisk, path: string, logical: number): number {
  return site.layout.sectorOfBlock(blockOf(site, path, logical));
}

/** What the judge finds to differ, and whose it is. */
function toldOf(image: CrashImage): Divergence[] {
  return divergenceIn(image, judge(image, [], []).divergence);
}

describe('divergence', () => {
  it('is every sector in which some leg differs from the default one, and whose it is', () => {
    const site = mountedDisk(['/a', 3000]);
    const [bitmap, bit] = bitOf(site, blockOf(site, '/a', 2));
    const legs = [site.disk, copyOf(site.disk), copyOf(site.disk)];
    dropBit(legs[2]!, bitmap, bit);
    scribble(legs[1]!, dataSector(site, '/a', 1));
    scribble(legs[1]!, 500);
    const image = imageOf(legs, []);
    expect(mismatchesOf(image)).toEqual([bitmap, dataSector(site, '/a', 1), 500]);
    const divergence = toldOf(image);
    expect(divergence.map(({ belongsTo }) => belongsTo)).toEqual([
      'block bitmap of group 0',
      'data of /a, block 1',
      'free block',
    ]);
    expect(divergence.map(({ block }) => block)).toEqual([bitmap / 2, blockOf(site, '/a', 1), 250]);
  });

  it('shows the bytes of each leg where they begin to differ', () => {
    const site = mountedDisk();
    const leg1 = copyOf(site.disk);
    const [bitmap, bit] = bitOf(site, 200);
    takeBit(leg1, bitmap, bit);
    const [found] = toldOf(imageOf([site.disk, leg1], []));
    expect(found?.excerpt).toBe('leg 0 018: 00 00 00 00, leg 1 018: 80 00 00 00');
  });

  it('is told of disks that hold no file system too', () => {
    const legs = [new DenseSectors(new SectorPool(), 16)];
    legs.push(copyOf(legs[0]!));
    scribble(legs[1]!, 9);
    expect(toldOf(imageOf(legs, []))).toMatchObject([
      { sector: 9, block: 9, belongsTo: 'no file system' },
    ]);
  });

  it('is seen whatever the log says', () => {
    const site = mountedDisk();
    const leg1 = copyOf(site.disk);
    scribble(leg1, 300);
    for (const marked of [[], [37], [0, 37]]) {
      expect(judge(imageOf([site.disk, leg1], marked), [], []).divergence).toHaveLength(1);
    }
  });

  it('is none on equal legs, and then there is no harm', () => {
    const site = mountedDisk(['/a', 3000]);
    const promise = promiseOf(site, '/a');
    scribble(site.disk, dataSector(site, '/a', 0));
    const judgement = judge(imageOf([site.disk, copyOf(site.disk)], []), [promise], LATER);
    expect(judgement.divergence).toEqual([]);
    expect(judgement.harm).toEqual([]);
    expect(judgement.aftermath).toHaveLength(LATER.length);
  });

  it('is where the steps are played in any case; on equal legs only when that is wanted', () => {
    const site = mountedDisk(['/a', 3000]);
    const leg1 = copyOf(site.disk);
    const equal = imageOf([site.disk, leg1], []);
    expect(judge(equal, [], LATER, [], false)).toEqual({ divergence: [], aftermath: [], harm: [] });
    scribble(leg1, dataSector(site, '/a', 0));
    const differing = imageOf([site.disk, leg1], []);
    expect(judge(differing, [], LATER, [], false)).toEqual(judge(differing, [], LATER));
  });
});

describe('harm', () => {
  it('is a block of two files: its bit was old on leg 1', () => {
    const site = mountedDisk(['/a', 3000]);
    const block = blockOf(site, '/a', 2);
    const leg1 = copyOf(site.disk);
    dropBit(leg1, ...bitOf(site, block));
    const { harm } = judge(imageOf([site.disk, leg1], []), [promiseOf(site, '/a')], LATER);
    expect(harm.map(({ kind }) => kind)).toEqual(['block-used-twice', 'wrong-data']);
    expect(harm[0]).toMatchObject({ block, files: ['/a', '/b'] });
    expect(harm[1]).toMatchObject({ block, files: ['/a'] });
  });

  it('is a lost block: its bit was new on leg 1 and nobody owns it', () => {
    const site = mountedDisk(['/a', 3000]);
    const leg1 = copyOf(site.disk);
    takeBit(leg1, ...bitOf(site, 200));
    const { harm } = judge(imageOf([site.disk, leg1], []), [], LATER);
    expect(harm).toMatchObject([{ kind: 'block-lost', block: 200 }]);
  });

  it('is not that new files lie elsewhere for it', () => {
    const site = mountedDisk(['/a', 3000]);
    const equal = mountedDisk(['/a', 3000]);
    equal.files.create('/b');
    equal.files.append('/b', 20_000, () => 66);
    const block = blockOf(equal, '/b', 0);
    const leg1 = copyOf(site.disk);
    takeBit(leg1, ...bitOf(site, block));
    const { harm } = judge(imageOf([site.disk, leg1], []), [], LATER);
    expect(harm).toMatchObject([{ kind: 'block-lost', block }]);
  });

  it('is what comes on top of what is lost on every leg', () => {
    const site = mountedDisk(['/a', 3000]);
    takeBit(site.disk, ...bitOf(site, 201));
    const leg1 = copyOf(site.disk);
    takeBit(leg1, ...bitOf(site, 200));
    const { harm } = judge(imageOf([site.disk, leg1], []), [], [{ do: 'remove', leg: 0 }]);
    expect(harm).toMatchObject([{ kind: 'block-lost', block: 200 }]);
  });

  it('is healed by fsck where leg 0 shows it', () => {
    const site = mountedDisk(['/a', 3000]);
    const leg0 = copyOf(site.disk);
    dropBit(leg0, ...bitOf(site, blockOf(site, '/a', 2)));
    const { divergence, harm } = judge(
      imageOf([leg0, site.disk], []),
      [promiseOf(site, '/a')],
      LATER,
    );
    expect(divergence).toHaveLength(1);
    expect(harm).toEqual([]);
  });

  it('is data that a reader of leg 1 finds wrong', () => {
    const site = mountedDisk(['/a', 3000]);
    const promise = promiseOf(site, '/a');
    const leg1 = copyOf(site.disk);
    scribble(leg1, dataSector(site, '/a', 1));
    const { harm } = judge(imageOf([site.disk, leg1], []), [promise], LATER);
    expect(harm).toMatchObject([
      {
        kind: 'wrong-data',
        block: blockOf(site, '/a', 1),
        files: ['/a'],
        text: 'from byte 1024 on',
      },
    ]);
  });

  it('is a promise that only another leg breaks, while both are there', () => {
    const site = mountedDisk(['/a', 3000]);
    const promise = promiseOf(site, '/a');
    const leg1 = copyOf(site.disk);
    scribble(leg1, dataSector(site, '/a', 1));
    const { harm } = judge(imageOf([site.disk, leg1], []), [promise], [{ do: 'fsck' }]);
    expect(harm).toMatchObject([
      { kind: 'differs-by-leg', text: 'leg 1 does not hold what was promised' },
    ]);
  });

  it('is a file that is gone on leg 1', () => {
    const site = mountedDisk();
    const leg1 = copyOf(site.disk);
    site.files.create('/a');
    site.files.append('/a', 700, () => 65);
    const { harm } = judge(
      imageOf([site.disk, leg1], []),
      [promiseOf(site, '/a')],
      [{ do: 'remove', leg: 0 }],
    );
    expect(harm).toMatchObject([{ kind: 'file-lost', files: ['/a'] }]);
  });

  it('is not what equal legs would have suffered too', () => {
    const site = mountedDisk(['/a', 3000], ['/c', 900]);
    const promises = [promiseOf(site, '/a'), promiseOf(site, '/c')];
    scribble(site.disk, dataSector(site, '/a', 0));
    const leg1 = copyOf(site.disk);
    scribble(leg1, dataSector(site, '/c', 0));
    const { harm } = judge(imageOf([site.disk, leg1], []), promises, LATER);
    expect(harm).toMatchObject([{ kind: 'wrong-data', files: ['/c'] }]);
  });

  it('is not what was promised no longer, or what a later step changes', () => {
    const site = mountedDisk(['/a', 3000]);
    const promise = promiseOf(site, '/a');
    const leg1 = copyOf(site.disk);
    scribble(leg1, dataSector(site, '/a', 1));
    const image = imageOf([site.disk, leg1], []);
    const loose = {
      ...promise,
      sectors: promise.sectors.map((v, n) => (n === 2 ? NOT_PROMISED : v)),
    };
    expect(judge(image, [loose], [{ do: 'remove', leg: 0 }]).harm).toEqual([]);
    const unlinked: readonly AftermathStep[] = [
      { do: 'remove', leg: 0 },
      { do: 'unlink', path: '/a' },
    ];
    expect(judge(image, [promise], unlinked).harm).toEqual([]);
  });

  it("is an application's where it would not be had the legs been equal in its sectors", () => {
    const site = mountedDisk(['/a', 3000], ['/b', 3000]);
    const promises = ['/a', '/b'].map((path) => promiseOf(site, path));
    const leg1 = copyOf(site.disk);
    const theirs = dataSector(site, '/a', 1);
    scribble(leg1, theirs);
    scribble(leg1, dataSector(site, '/b', 1));
    const steps: readonly AftermathStep[] = [{ do: 'remove', leg: 0 }];
    const image = imageOf([site.disk, leg1], []);
    const { divergence, harm } = judge(image, promises, steps, [theirs]);
    expect(divergence.map(({ byApplication }) => byApplication)).toEqual([true, false]);
    expect(harm).toMatchObject([
      { kind: 'wrong-data', files: ['/a'], byApplication: true },
      { kind: 'wrong-data', files: ['/b'], byApplication: false },
    ]);
  });
});
