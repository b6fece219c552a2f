/**
 * Passes 1B to 1D: blocks that more than one inode claims, or an inode and the file system itself.
 *
 * Follows: e2fsck/pass1b.c. With `-y` each inode in order gets copies of the blocks that somebody
 * else still claims, so that the last one keeps the originals; where there is no room for a copy
 * the inode is deleted.
 * Differs: where an inode claims a block twice, as an indirect block that leads to itself does, the
 * copies may be linked in another order than e2fsck's. Where an indirect block is shared, e2fsck
 * 1.47 gives every later one of that file the same copy (`clone_file_block` takes them for one
 * cluster), so that what they led to is lost.
 */
import { setPointer } from '../blockmap.js';
import * as field from '../inodes.js';
import type { Examination } from './examination.js';
import { clearInode } from './pass1.js';

export function resolveMultipleClaims(exam: Examination): void {
  if (!exam.claims.some((count) => count > 1)) return;
  const claimants = claimantsOf(exam);
  for (const [ino, blocks] of claimants) {
    const text = `Multiply-claimed block(s) in inode ${ino}: ${blocks.join(' ')}`;
    if (exam.fix(1, 'multiply-claimed', text)) clone(exam, ino);
  }
}

/** The inodes that claim such blocks, with the blocks in the order of the inode. */
function claimantsOf(exam: Examination): ReadonlyMap<number, readonly number[]> {
  const claimants = new Map<number, number[]>();
  for (let ino = 1; ino <= exam.layout.inodesCount; ino++) {
    if (exam.used[ino] === 0) continue;
    exam.walk(exam.inode(ino), (block) => {
      if ((exam.claims[block] ?? 0) < 2) return block;
      const blocks = claimants.get(ino);
      if (blocks === undefined) claimants.set(ino, [block]);
      else blocks.push(block);
      return block;
    });
  }
  return claimants;
}

function clone(exam: Examination, ino: number): void {
  const inode = exam.inode(ino);
  const isWhole = copyShared(exam, inode);
  exam.again = true;
  if (isWhole) exam.store(ino, inode);
  else if (exam.fix(1, 'cannot-clone', `Couldn't clone inode ${ino}: no free block; deleted.`)) {
    // What it shares is shared by one less, and what it had alone is free for the copies of others.
    exam.walk(inode, (block) => {
      exam.claims[block]!--;
      return block;
    });
    clearInode(exam, ino, inode);
  }
}

/** Gives the inode copies of what it shares; says whether there was room for all. */
function copyShared(exam: Examination, inode: Int32Array): boolean {
  const { disk, layout } = exam;
  let isWhole = true;
  exam.walk(inode, (block, _logical, _level, parent, index) => {
    if (!isWhole || (exam.claims[block] ?? 0) < 2) return block;
    const copy = exam.takeBlock();
    if (copy === 0) {
      isWhole = false;
      return block;
    }
    for (let i = 0; i < layout.sectorsPerBlock; i++) {
      disk.set(layout.sectorOfBlock(copy) + i, disk.get(layout.sectorOfBlock(block) + i));
    }
    exam.claims[block]!--;
    if (parent === 0) inode[field.INODE_BLOCK + index] = copy;
    else setPointer(disk, layout, parent, index, copy);
    return copy;
  });
  return isWhole;
}
