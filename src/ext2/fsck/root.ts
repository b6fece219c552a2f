/**
 * A root made anew where there is none, and the blocks that are kept for it and for lost+found.
 *
 * Follows: e2fsck/pass1.c `reserve_block_for_root_repair`, `reserve_block_for_lnf_repair`; pass3.c
 * `check_root`.
 */
import { startDirectory } from '../directory.js';
import * as field from '../inodes.js';
import { ROOT_INO } from '../layout.js';
import { MAIL_TIME } from '../mkfs.js';
import type { Examination } from './examination.js';

/** Keeps a block for each that is missing: else pass 1D or pass 2 might hand out the last one. */
export function keepBlocks(exam: Examination, hasLostAndFound: boolean): void {
  if (exam.used[ROOT_INO] === 0) exam.kept.root = exam.takeBlock();
  if (!hasLostAndFound) exam.kept.lostAndFound = exam.takeBlock();
}

/** Frees what was not needed, at the last: a lost+found that cannot be made has its until then. */
export function giveBlocksBack({ kept, claims }: Examination): void {
  for (const block of [kept.root, kept.lostAndFound]) if (block !== 0) claims[block]!--;
  kept.root = 0;
  kept.lostAndFound = 0;
}

/** Says whether there is a root to go on with. */
export function haveRoot(exam: Examination): boolean {
  if (exam.isDirectory(ROOT_INO)) return true;
  if (exam.used[ROOT_INO] === 1) {
    exam.lament(3, 'root-missing', 'Root inode is not a directory; aborting.');
    return false;
  }
  if (!exam.fix(3, 'root-missing', 'Root inode not allocated.')) return false;
  const block = exam.kept.root || exam.takeBlock();
  exam.kept.root = 0;
  if (block === 0) {
    exam.lament(3, 'cannot-make-root', 'Error creating root directory: no free block');
    return false;
  }
  makeDirectory(exam, ROOT_INO, block, 0o755);
  return true;
}

/** Makes an empty directory that hangs in the root. */
export function makeDirectory(exam: Examination, ino: number, block: number, mode: number): void {
  const { disk, layout } = exam;
  startDirectory(disk, layout, block, ino, ROOT_INO);
  const inode = new Int32Array(field.INODE_INTS);
  inode[field.INODE_MODE] = field.MODE_DIRECTORY | mode;
  inode[field.INODE_LINKS] = 2;
  inode[field.INODE_SIZE] = layout.blockBytes;
  inode[field.INODE_SECTORS] = layout.sectorsPerBlock;
  inode[field.INODE_ATIME] = MAIL_TIME;
  inode[field.INODE_CTIME] = MAIL_TIME;
  inode[field.INODE_MTIME] = MAIL_TIME;
  inode[field.INODE_BLOCK] = block;
  exam.store(ino, inode);
  exam.used[ino] = 1;
  exam.directories.set(ino, [block]);
  exam.parents.set(ino, ROOT_INO);
  exam.dotDots.set(ino, ROOT_INO);
  exam.again = true;
}
