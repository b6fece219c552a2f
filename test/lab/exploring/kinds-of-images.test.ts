import { describe, expect, it } from 'vitest';
import { dropBit, takeBit } from '../../../src/ext2/bitmap.js';
import { Kinds } from '../../../src/lab/exploring/kinds.js';
import { MIRRORS } from '../../../src/lab/exploring/search.js';
import type { CrashImage } from '../../../src/media/crash-image.js';
import { smallScenario } from '../../support/small-scenario.js';
import { copyOf, imageOf } from '../../support/crash-images.js';
import { bitOf, blockOf, mountedDisk, type MountedDisk } from '../../support/mounted-disk.js';

/** A machine that stands still: what its crash leaves, and a number for that. */
class Still {
  readonly #image: CrashImage;
  readonly applications: readonly number[];
  print = 1;
  crashes = 0;

  constructor(image: CrashImage, applications: readonly number[] = []) {
    this.#image = image;
    this.applications = applications;
  }

  hashDurable = (hash: { add(place: number, value: number): void }): void => {
    hash.add(0, this.print);
  };

  crash = (): CrashImage => {
    this.crashes++;
    return this.#image;
  };

  applicationsSectors = (): readonly number[] => this.applications;
}

const FREE_BLOCK = 200;
const AFTERWARDS = smallScenario(
  'aftermath=[{ remove: leg0 }, remount, { create: /b }, { append: [/b, 20KiB] }]',
);

/** Legs whose block bitmaps differ: leg 1 has a block of /a free, and a free one taken. */
function tornBitmap(site: MountedDisk): { image: CrashImage; bitmap: number } {
  const leg1 = copyOf(site.disk);
  const [bitmap, bit] = bitOf(site, blockOf(site, '/a', 2));
  dropBit(leg1, bitmap, bit);
  takeBit(leg1, bitmap, bitOf(site, FREE_BLOCK)[1]);
  return { image: imageOf([site.disk, leg1], []), bitmap };
}

describe('what comes of an image', () => {
  const { image, bitmap } = tornBitmap(mountedDisk(['/a', 3000]));

  it('is each block that diverges, and each harm', () => {
    const kinds = new Kinds(new Still(image), AFTERWARDS).fresh(MIRRORS, 0);
    expect(kinds.map(({ whose, block, harm }) => `${whose}: ${harm ?? block ?? ''}`)).toEqual([
      'mirror: block bitmap',
      'mirror: block-used-twice',
      'mirror: block-lost',
    ]);
  });

  it('is by the fault of the application where the sectors are its own', () => {
    const kinds = new Kinds(new Still(image, [bitmap]), AFTERWARDS).fresh(MIRRORS, 0);
    expect(kinds.map(({ whose }) => whose)).toEqual(['application', 'application', 'application']);
  });

  it('is asked once of each, and told once', () => {
    const still = new Still(image);
    const kinds = new Kinds(still, AFTERWARDS);
    const told = [1, 2, 2, 1].map((print) => {
      still.print = print;
      return kinds.fresh(MIRRORS, 0).length;
    });
    expect([told, still.crashes]).toEqual([[3, 0, 0, 0], 2]);
  });

  it('is not asked where nothing is exposed', () => {
    const still = new Still(image);
    expect([new Kinds(still, AFTERWARDS).fresh(0, 0), still.crashes]).toEqual([[], 0]);
  });
});
