/**
 * Pass 2: the blocks of every directory.
 *
 * Follows: e2fsck/pass2.c `e2fsck_pass2`, `check_dir_block`, `allocate_dir_block`.
 * Differs: of a block without an entry for `..` e2fsck lets `.` have the rest, in which it then
 * finds no room for `..` however often it is run.
 * Leaves out: hashed directories.
 */
import { readU16, readU32, readU8 } from '../block-bytes.js';
import { DIRECT_BLOCKS, INDIRECT, pointersPerBlock, setPointer } from '../blockmap.js';
import {
  ENTRY_HEADER,
  SMALLEST_ENTRY,
  entryBytes,
  startDirectory,
  startEmptyBlock,
} from '../directory.js';
import * as field from '../inodes.js';
import { ROOT_INO } from '../layout.js';
import { RO_COMPAT_LARGE_FILE, SB_RO_COMPAT, SUPERBLOCK_SECTOR } from '../superblock.js';
import { checkDot, checkDotDot, shortenDot } from './dots.js';
import { checkEntry } from './entries.js';
import type { Examination } from './examination.js';
import { entryAt } from './found-entry.js';
import { clearInode } from './pass1.js';
import { salvage } from './salvage.js';

export function checkDirectories(exam: Examination): void {
  exam.parents.set(ROOT_INO, ROOT_INO);
  for (const { directory, block, logical } of blocksOfDirectories(exam)) {
    if (block === 0) fillHole(exam, directory, logical);
    else checkBlock(exam, directory, block, logical);
  }
  checkLargeFiles(exam);
}

interface DirectoryBlock {
  readonly directory: number;
  /** 0: a hole. */
  readonly block: number;
  readonly logical: number;
}

/**
 * As they lie on the disk, holes first (`ext2fs_dblist_iterate`): of two names of a directory the
 * one that lies before the other is right.
 */
function blocksOfDirectories(exam: Examination): readonly DirectoryBlock[] {
  const found: DirectoryBlock[] = [];
  for (const [directory, blocks] of exam.directories) {
    // A first block that is illegal and was left so is no hole: nothing is looked at then.
    if (blocks.length === 0 && exam.inode(directory)[field.INODE_BLOCK] === 0) blocks.push(0);
    blocks.forEach((block, logical) => found.push({ directory, block, logical }));
  }
  return found.sort(
    (a, b) => a.block - b.block || a.directory - b.directory || a.logical - b.logical,
  );
}

/** The flag is there to keep a kernel away that would not know of the upper half of i_size. */
function checkLargeFiles(exam: Examination): void {
  const { disk } = exam;
  const superblock = disk.get(SUPERBLOCK_SECTOR);
  const flags = disk.pool.u32(superblock, SB_RO_COMPAT);
  if (exam.large === 0 || (flags & RO_COMPAT_LARGE_FILE) !== 0) return;
  const text = 'Filesystem contains large files, but lacks LARGE_FILE flag in superblock.';
  if (!exam.fix(2, 'large-file', text)) return;
  const flagged = flags | RO_COMPAT_LARGE_FILE;
  disk.set(SUPERBLOCK_SECTOR, disk.pool.withU32(superblock, SB_RO_COMPAT, flagged));
}

function fillHole(exam: Examination, ino: number, logical: number): void {
  const text = `Directory inode ${ino} has an unallocated block #${logical}.`;
  if (!exam.fix(2, 'directory-hole', text)) return;
  const inode = exam.inode(ino);
  const indirect = inode[field.INODE_BLOCK + INDIRECT]! >>> 0;
  const index = logical - DIRECT_BLOCKS;
  const isDirect = index < 0;
  const reachable = isDirect || (indirect !== 0 && index < pointersPerBlock(exam.layout));
  if (!reachable) {
    clearInode(exam, ino, inode);
    return;
  }
  const block = exam.takeBlock();
  if (block === 0) {
    exam.lament(2, 'cannot-fill-hole', `Error allocating new directory block for inode ${ino}`);
    return;
  }
  exam.again = true;
  if (logical === 0) startDirectory(exam.disk, exam.layout, block, ino, ROOT_INO);
  else startEmptyBlock(exam.disk, exam.layout, block);
  if (isDirect) inode[field.INODE_BLOCK + logical] = block;
  else setPointer(exam.disk, exam.layout, indirect, index, block);
  exam.store(ino, inode);
}

function checkBlock(exam: Examination, directory: number, block: number, logical: number): void {
  const { disk, layout } = exam;
  const names = new Set<string>();
  let before = -1;
  let at = 0;
  let n = logical === 0 ? 0 : 2;
  while (at < layout.blockBytes) {
    const fits = layout.blockBytes - at >= ENTRY_HEADER;
    const length = fits ? readU16(disk, layout, block, at + 4) : 0;
    const nameLength = fits ? readU8(disk, layout, block, at + 6) : 0;
    const sound =
      at + length <= layout.blockBytes &&
      length >= SMALLEST_ENTRY &&
      length % 4 === 0 &&
      entryBytes(nameLength) <= length;
    if (!sound) {
      const text = `Directory inode ${directory}, block #${logical}, offset ${at}: directory corrupted`;
      if (!exam.fix(2, 'directory-corrupted', text)) return;
      at = salvage(exam, block, at, before);
      if (n === 1 && at === layout.blockBytes) at = shortenDot(exam, block);
      continue;
    }
    if (n === 0) checkDot(exam, directory, block);
    else if (n === 1) checkDotDot(exam, directory, block, at);
    if (readU32(disk, layout, block, at) !== 0) {
      checkEntry(exam, entryAt(exam, directory, block, at), n < 2, names);
    }
    before = at;
    at += readU16(disk, layout, block, at + 4);
    n++;
  }
}
