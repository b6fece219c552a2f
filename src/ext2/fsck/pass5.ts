/**
 * Pass 5: bitmaps and counts against what the passes before have seen.
 *
 * Follows: e2fsck/pass5.c `check_block_bitmaps`, `check_inode_bitmaps`, `check_block_end`,
 * `check_inode_end`. Counts are taken from the bitmap as it is after the answer, like e2fsck's.
 */
import { dropBit, nextZeroBit, readBits, takeBit } from '../bitmap.js';
import {
  adjustFreeBlocks,
  adjustFreeInodes,
  freeBlocksOf,
  freeInodesOf,
  usedDirsOf,
} from '../descriptors.js';
import { SB_FREE_BLOCKS, SB_FREE_INODES, SUPERBLOCK_SECTOR } from '../superblock.js';
import type { Examination } from './examination.js';
import type { ProblemCode } from './problems.js';
import { giveBlocksBack } from './root.js';

export function checkBitmaps(exam: Examination): void {
  giveBlocksBack(exam);
  const { layout } = exam;
  const blocks: Differences = { code: 'block-bitmap', title: 'Block', runs: [] };
  for (let group = 0; group < layout.groupCount; group++) {
    const first = layout.firstBlockOf(group);
    const bits = blockBits(exam, group);
    for (let n = 0; n < bits.length; n++) {
      compare(blocks, first + n, exam.claims[first + n]! > 0, bits[n] === 1);
    }
  }
  if (blocks.runs.length > 0 && exam.fix(5, blocks.code, textOf(blocks))) {
    for (const run of blocks.runs) {
      for (let block = run.from; block <= run.to; block++) setBlockBit(exam, block, run.used);
    }
  }
  checkBlockCounts(exam);
  const inodes: Differences = { code: 'inode-bitmap', title: 'Inode', runs: [] };
  for (let group = 0; group < layout.groupCount; group++) {
    const first = group * layout.inodesPerGroup + 1;
    const bits = inodeBits(exam, group);
    for (let n = 0; n < bits.length; n++) {
      compare(inodes, first + n, exam.used[first + n] === 1, bits[n] === 1);
    }
  }
  if (inodes.runs.length > 0 && exam.fix(5, inodes.code, textOf(inodes))) {
    for (const run of inodes.runs) {
      for (let ino = run.from; ino <= run.to; ino++) setInodeBit(exam, ino, run.used);
    }
  }
  checkInodeCounts(exam);
  checkPadding(exam);
}

interface Run {
  from: number;
  to: number;
  used: boolean;
}

interface Differences {
  readonly code: ProblemCode;
  readonly title: string;
  readonly runs: Run[];
}

function compare(differences: Differences, at: number, used: boolean, marked: boolean): void {
  if (used === marked) return;
  const last = differences.runs.at(-1);
  if (last !== undefined && last.to === at - 1 && last.used === used) last.to = at;
  else differences.runs.push({ from: at, to: at, used });
}

function textOf(differences: Differences): string {
  const runs = differences.runs.map(({ from, to, used }) => {
    const sign = used ? '+' : '-';
    return from === to ? `${sign}${from}` : `${sign}(${from}--${to})`;
  });
  return `${differences.title} bitmap differences:  ${runs.join(' ')}`;
}

function checkBlockCounts(exam: Examination): void {
  const { disk, layout } = exam;
  let total = 0;
  for (let group = 0; group < layout.groupCount; group++) {
    let free = 0;
    for (const bit of blockBits(exam, group)) if (bit === 0) free++;
    const said = freeBlocksOf(disk, layout, group);
    const text = `Free blocks count wrong for group #${group} (${said}, counted=${free}).`;
    if (free !== said && exam.fix(5, 'free-blocks-of-group', text)) {
      adjustFreeBlocks(disk, layout, group, free - said);
    }
    total += free;
  }
  checkTotal(exam, 'free-blocks', 'Free blocks', SB_FREE_BLOCKS, total);
}

function checkInodeCounts(exam: Examination): void {
  const { disk, layout } = exam;
  let total = 0;
  for (let group = 0; group < layout.groupCount; group++) {
    const first = group * layout.inodesPerGroup + 1;
    let free = 0;
    let directories = 0;
    const bits = inodeBits(exam, group);
    for (let n = 0; n < bits.length; n++) {
      if (bits[n] === 0) free++;
      else if (exam.isDirectory(first + n)) directories++;
    }
    const said = freeInodesOf(disk, layout, group);
    const text = `Free inodes count wrong for group #${group} (${said}, counted=${free}).`;
    if (free !== said && exam.fix(5, 'free-inodes-of-group', text)) {
      adjustFreeInodes(disk, layout, group, free - said, 0);
    }
    const dirs = usedDirsOf(disk, layout, group);
    const wrong = `Directories count wrong for group #${group} (${dirs}, counted=${directories}).`;
    if (dirs !== directories && exam.fix(5, 'directories-of-group', wrong)) {
      adjustFreeInodes(disk, layout, group, 0, directories - dirs);
    }
    total += free;
  }
  checkTotal(exam, 'free-inodes', 'Free inodes', SB_FREE_INODES, total);
}

function checkTotal(
  exam: Examination,
  code: ProblemCode,
  title: string,
  at: number,
  counted: number,
): void {
  const { disk } = exam;
  const value = disk.get(SUPERBLOCK_SECTOR);
  const said = disk.pool.u32(value, at);
  if (said === counted) return;
  if (exam.fix(5, code, `${title} count wrong (${said}, counted=${counted}).`)) {
    disk.set(SUPERBLOCK_SECTOR, disk.pool.withU32(value, at, counted));
  }
}

/**
 * The bits of the last block bitmap behind the last block, and of each inode bitmap behind its last
 * inode.
 */
function checkPadding(exam: Examination): void {
  const { layout } = exam;
  const last = layout.groupCount - 1;
  const blocks = layout.sectorOfBlock(layout.blockBitmapOf(last));
  const blockText = 'Padding at end of block bitmap is not set.';
  pad(exam, [blocks], layout.blocksOf(last), 'block-bitmap-padding', blockText);
  const inodes: number[] = [];
  for (let group = 0; group <= last; group++) {
    inodes.push(layout.sectorOfBlock(layout.inodeBitmapOf(group)));
  }
  const inodeText = 'Padding at end of inode bitmap is not set.';
  pad(exam, inodes, layout.inodesPerGroup, 'inode-bitmap-padding', inodeText);
}

function pad(
  exam: Examination,
  bitmaps: readonly number[],
  from: number,
  code: ProblemCode,
  text: string,
): void {
  const { disk, layout } = exam;
  const end = layout.blockBytes * 8;
  const unset: (readonly [number, number])[] = [];
  for (const first of bitmaps) {
    const next = (bit: number): number => nextZeroBit(disk, first, bit, end);
    for (let bit = next(from); bit < end; bit = next(bit + 1)) unset.push([first, bit]);
  }
  if (unset.length === 0 || !exam.fix(5, code, text)) return;
  for (const [first, bit] of unset) takeBit(disk, first, bit);
}

function blockBits({ disk, layout }: Examination, group: number): Uint8Array {
  const first = layout.sectorOfBlock(layout.blockBitmapOf(group));
  return readBits(disk, first, layout.blocksOf(group));
}

function setBlockBit(exam: Examination, block: number, used: boolean): void {
  const { layout } = exam;
  const first = layout.sectorOfBlock(layout.blockBitmapOf(layout.groupOfBlock(block)));
  if (used) takeBit(exam.disk, first, layout.bitOfBlock(block));
  else dropBit(exam.disk, first, layout.bitOfBlock(block));
}

function inodeBits({ disk, layout }: Examination, group: number): Uint8Array {
  const first = layout.sectorOfBlock(layout.inodeBitmapOf(group));
  return readBits(disk, first, layout.inodesPerGroup);
}

function setInodeBit(exam: Examination, ino: number, used: boolean): void {
  const { layout } = exam;
  const first = layout.sectorOfBlock(layout.inodeBitmapOf(layout.groupOfInode(ino)));
  if (used) takeBit(exam.disk, first, (ino - 1) % layout.inodesPerGroup);
  else dropBit(exam.disk, first, (ino - 1) % layout.inodesPerGroup);
}
