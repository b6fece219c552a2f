/**
 * What a file system must be to be in order, counted here from its inodes and bits and not by the
 * program's own fsck.
 */
import { recover } from '../../src/aftermath/recover.js';
import { testBit } from '../../src/ext2/bitmap.js';
import { freeBlocksOf, freeInodesOf, usedDirsOf } from '../../src/ext2/descriptors.js';
import { repair } from '../../src/ext2/fsck/check.js';
import { INODE_LINKS } from '../../src/ext2/inodes.js';
import { ROOT_INO, type Layout } from '../../src/ext2/layout.js';
import { SB_FREE_BLOCKS, SB_FREE_INODES, SUPERBLOCK_SECTOR } from '../../src/ext2/superblock.js';
import { inodeOf, isDirectory } from '../../src/ext2/tree.js';
import { walkBlocks } from '../../src/ext2/walk.js';
import type { FixStrategy } from '../../src/machine/strategy.js';
import { OverlaidSectors, type Sectors } from '../../src/media/sectors.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { quietRun } from './quiet.js';
import { crashes } from './recovery.js';

/** The first inode that files get; those before it but the root are reserved. */
const FIRST_INO = 11;

export function disorder(disk: Sectors, layout: Layout): string[] {
  const claims = claimsOn(disk, layout);
  const faults: string[] = [];
  for (let group = 0; group < layout.groupCount; group++) {
    faults.push(...wrongBlocks(disk, layout, group, claims), ...wrongInodes(disk, layout, group));
  }
  return faults;
}

/** The totals of the super block: on a mounted file system they may be old. */
export function wrongTotals(disk: Sectors, layout: Layout): string[] {
  const value = disk.get(SUPERBLOCK_SECTOR);
  const groups = Array.from({ length: layout.groupCount }, (_, group) => group);
  const sum = (of: (disk: Sectors, layout: Layout, group: number) => number): number =>
    groups.reduce((all, group) => all + of(disk, layout, group), 0);
  const faults: string[] = [];
  const compare = (what: string, said: number, counted: number): void => {
    if (said !== counted) faults.push(`the super block says ${said} free ${what}, not ${counted}`);
  };
  compare('blocks', disk.pool.u32(value, SB_FREE_BLOCKS), sum(freeBlocksOf));
  compare('inodes', disk.pool.u32(value, SB_FREE_INODES), sum(freeInodesOf));
  return faults;
}

function claimsOn(disk: Sectors, layout: Layout): Int32Array {
  const claims = new Int32Array(layout.blocksCount);
  for (let ino = ROOT_INO; ino <= layout.inodesCount; ino++) {
    const inode = inodeOf(disk, layout, ino);
    if (inode[INODE_LINKS] === 0) continue;
    walkBlocks(disk, layout, inode, (block) => {
      if (block < layout.blocksCount) claims[block]!++;
      return block;
    });
  }
  return claims;
}

function wrongBlocks(disk: Sectors, layout: Layout, group: number, claims: Int32Array): string[] {
  const faults: string[] = [];
  const first = layout.firstBlockOf(group);
  const bitmap = layout.sectorOfBlock(layout.blockBitmapOf(group));
  const firstData = layout.inodeTableOf(group) + layout.inodeTableBlocks;
  let free = 0;
  for (let n = 0; n < layout.blocksOf(group); n++) {
    const isSet = testBit(disk, bitmap, n);
    if (!isSet) free++;
    const block = first + n;
    const claimed = claims[block]!;
    if (claimed > 1) faults.push(`block ${block} is used ${claimed} times`);
    if (block >= firstData && isSet !== claimed > 0) {
      faults.push(`block ${block} is ${claimed > 0 ? 'used and' : 'unused and not'} free`);
    }
  }
  const said = freeBlocksOf(disk, layout, group);
  if (said !== free) faults.push(`group ${group} says ${said} free blocks, not ${free}`);
  return faults;
}

function wrongInodes(disk: Sectors, layout: Layout, group: number): string[] {
  const faults: string[] = [];
  const bitmap = layout.sectorOfBlock(layout.inodeBitmapOf(group));
  let [free, directories] = [0, 0];
  for (let n = 0; n < layout.inodesPerGroup; n++) {
    const ino = group * layout.inodesPerGroup + n + 1;
    const isSet = testBit(disk, bitmap, n);
    const inode = inodeOf(disk, layout, ino);
    const isUsed = inode[INODE_LINKS]! > 0;
    if (!isSet) free++;
    if (isUsed && isDirectory(inode)) directories++;
    if (ino >= FIRST_INO && isSet !== isUsed) faults.push(`inode ${ino} and its bit disagree`);
  }
  const said = freeInodesOf(disk, layout, group);
  if (said !== free) faults.push(`group ${group} says ${said} free inodes, not ${free}`);
  const dirs = usedDirsOf(disk, layout, group);
  if (dirs !== directories) faults.push(`group ${group} says ${dirs} directories`);
  return faults;
}

/** What a run that ended in quiet left on its default leg. */
export function quietDisorder(scenario: Scenario, strategy: FixStrategy, seed: string): string[] {
  const lab = quietRun(scenario, strategy, seed);
  return disorder(lab.world.crash().legs[0]!, lab.layout);
}

/** What fsck leaves after a crash and its recovery, whatever it had to repair. */
export function disorderAfterRepair(
  scenario: Scenario,
  strategy: FixStrategy,
  seed: string,
): { readonly faults: readonly string[]; readonly repaired: number } {
  const { layout } = quietRun(scenario, strategy, seed);
  const faults: string[] = [];
  let repaired = 0;
  for (const image of crashes(scenario, strategy, seed, 12)) {
    const disk = new OverlaidSectors(recover(image).image.legs[0]!);
    repaired += repair(disk).problems.length;
    const found = [...disorder(disk, layout), ...wrongTotals(disk, layout)];
    faults.push(...found.map((what) => `crash at ${image.at} ns, after fsck: ${what}`));
  }
  return { faults, repaired };
}
