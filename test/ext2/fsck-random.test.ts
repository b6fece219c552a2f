/**
 * Our check against the real one on random file systems that the race has torn: `DESYNC_CAMPAIGN=50
 * npx vitest run test/ext2/fsck-random.test.ts` tries thousands.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLayout } from '../../src/ext2/superblock.js';
import type { Sectors } from '../../src/media/sectors.js';
import { CAMPAIGN, PATIENCE } from '../support/campaign.js';
import { findsTheSame, preensTheSame, repairsTheSame } from './beside-e2fsck.js';
import { DAMAGES } from './damage.js';
import { dice } from './dice.js';
import { missing, workbench } from './e2fsprogs.js';
import { PARTS, type Torn, pasts, torn } from './random-disks.js';

const bench = workbench();
const without = missing('e2fsck');
const LONG = 3 * PATIENCE;

/** A superblock that was written over e2fsck replaces by a copy, which we leave out. */
function isReadable(disk: Sectors): boolean {
  return readLayout(disk).ok;
}

function always(runs: number, holds: (scene: Torn) => void): void {
  const property = fc.property(pasts, (past) => {
    const scene = torn(past);
    fc.pre(isReadable(scene.disk));
    holds(scene);
  });
  fc.assert(property, { numRuns: runs * CAMPAIGN });
}

function alwaysDamaged(runs: number, holds: (scene: Torn) => void): void {
  const damages = fc.array(fc.constantFrom(...Object.keys(DAMAGES)), { maxLength: 4 });
  const property = fc.property(pasts, damages, fc.nat(), (past, names, seed) => {
    const scene = torn(past);
    const pick = dice(seed);
    for (const name of names) DAMAGES[name]?.(scene.disk, scene.layout, pick);
    fc.pre(isReadable(scene.disk));
    holds(scene);
  });
  fc.assert(property, { numRuns: runs * CAMPAIGN });
}

describe.skipIf(without !== undefined)(`a torn file system (${without ?? 'tools present'})`, () => {
  test(
    'has for us the blocks and inodes that e2fsck finds, and no others',
    { timeout: LONG },
    () => {
      const met = new Map<string, number>();
      always(150, ({ disk, parts }) => {
        const { found } = findsTheSame(bench, disk);
        const codes = found.map((finding) => finding.slice(0, finding.indexOf(':')));
        for (const what of new Set([...parts, ...codes])) met.set(what, (met.get(what) ?? 0) + 1);
      });
      if (CAMPAIGN > 1) console.log(Object.fromEntries([...met].sort(([, a], [, b]) => b - a)));
      expect([...met.keys()]).toEqual(expect.arrayContaining([...PARTS, ...OFTEN]));
    },
  );

  test('damaged as no race does it has them too', { timeout: LONG }, () => {
    alwaysDamaged(60, ({ disk }) => findsTheSame(bench, disk));
  });

  test('is refused where e2fsck -fp refuses it, and else whole again', { timeout: LONG }, () => {
    always(30, ({ disk }) => {
      preensTheSame(bench, disk);
    });
  });

  test('has the files after our repair that it has after e2fsck -fy', { timeout: LONG }, () => {
    always(30, ({ disk, layout }) => {
      repairsTheSame(bench, disk, layout);
    });
  });

  test('damaged as no race does it has them after our repair, too', { timeout: LONG }, () => {
    alwaysDamaged(20, ({ disk, layout }) => {
      repairsTheSame(bench, disk, layout);
    });
  });
});

/** What so many tries are sure to meet; others are rarer. */
const OFTEN = [
  'block-bitmap',
  'inode-bitmap',
  'free-blocks-of-group',
  'free-inodes-of-group',
  'unused-inode',
  'unattached-inode',
  'unattached-empty',
  'bad-sectors',
  'bad-links',
  'multiply-claimed',
  'directory-corrupted',
];
