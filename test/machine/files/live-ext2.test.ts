import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { check } from '../../../src/ext2/fsck/check.js';
import { QuietFileSystem } from '../../../src/ext2/quiet.js';
import { imagesOf } from '../../../src/lab/images.js';
import { laboratory } from '../../../src/lab/laboratory.js';
import { NotModelled } from '../../../src/machine/operation.js';
import type { CrashImage } from '../../../src/media/crash-image.js';
import { OverlaidSectors } from '../../../src/media/sectors.js';
import { seeded } from '../../../src/sim/seeded.js';
import { instantOf } from '../../../src/sim/time.js';
import { clearWhenIdle } from '../../../src/strategies/clear-when-idle.js';
import { ImageFolder, NO_E2FSCK } from '../../support/image-folder.js';
import { CAMPAIGN, PATIENCE } from '../../support/campaign.js';
import { contentOf, pathOf, programs, scenarioOf, type Program, type Room } from '../programs.js';

const folder = new ImageFolder();
afterAll(() => {
  folder.clear();
});

interface Ended {
  readonly image: CrashImage;
  /** What one leg holds of a file. */
  read(leg: number, path: string): Uint8Array | undefined;
}

function ran(program: Program, blockSize: '1KiB' | '4KiB', room: Room, seed: number): Ended {
  const scenario = scenarioOf(program, blockSize, room);
  const { world, layout } = laboratory(scenario, clearWhenIdle);
  world.reset(seeded(`${seed}`));
  world.runTo(instantOf(scenario.duration - 1));
  const image = world.crash();
  return {
    image,
    read(leg, path) {
      const files = new QuietFileSystem(new OverlaidSectors(image.legs[leg]!), layout);
      const read = files.read(path);
      return read.ok ? read.bytes : undefined;
    },
  };
}

const property = (
  blockSize: '1KiB' | '4KiB',
  room: Room,
  holds: (program: Program, ended: Ended) => void,
) =>
  fc.property(programs, fc.nat(1000), (program, seed) => {
    let ended: Ended;
    try {
      ended = ran(program, blockSize, room, seed);
    } catch (error) {
      // Memory that cannot be had, where a file is larger than all there is; nothing else.
      fc.pre(!(error instanceof NotModelled && error.message.startsWith('no page can be')));
      throw error;
    }
    holds(program, ended);
  });

describe.each([
  ['1KiB', 'ample memory'],
  ['4KiB', 'ample memory'],
  ['1KiB', 'little memory'],
] as const)('random programs on a live ext2 with blocks of %s and %s', (blockSize, room) => {
  it(
    'end with files that hold what was written, on both legs',
    () => {
      fc.assert(
        property(blockSize, room, (program, ended) => {
          program.forEach((deeds, own) => {
            const expected = contentOf(deeds, own);
            for (const leg of [0, 1]) {
              const found = ended.read(leg, pathOf(own));
              expect(found?.length).toBe(expected?.length);
              expect(found === undefined || Buffer.compare(found, expected ?? found) === 0).toBe(
                true,
              );
            }
          });
        }),
        { numRuns: 30 * CAMPAIGN },
      );
    },
    PATIENCE,
  );

  it(
    'end with a file system in which our fsck finds nothing but what a mounted superblock leaves',
    () => {
      fc.assert(
        property(blockSize, room, (_, { image }) => {
          for (const leg of image.legs) expect(check(leg).verdict).toBe('clean');
        }),
        { numRuns: 30 * CAMPAIGN },
      );
    },
    PATIENCE,
  );

  it.skipIf(NO_E2FSCK)(
    `end with a file system that the real e2fsck accepts ${NO_E2FSCK ?? ''}`,
    () => {
      fc.assert(
        property(blockSize, room, (_, { image }) => {
          folder.write(blockSize, imagesOf(image.legs, image.record));
          expect(folder.accepts(`${blockSize}-leg0.img`)).toBe(true);
          expect(folder.accepts(`${blockSize}-leg1.img`)).toBe(true);
        }),
        { numRuns: 20 * CAMPAIGN },
      );
    },
    PATIENCE,
  );
});

describe('random programs', () => {
  it('make files with double indirect blocks', () => {
    const large = fc
      .sample(programs, { numRuns: 200, seed: 1 })
      .filter((program) =>
        program.some((deeds, own) => (contentOf(deeds, own)?.length ?? 0) > (12 + 256) * 1024),
      );
    expect(large.length).toBeGreaterThan(10);
  });
});
