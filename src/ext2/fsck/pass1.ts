/**
 * Pass 1: every inode by itself, and which blocks it claims.
 *
 * Follows: e2fsck/pass1.c `e2fsck_pass1`, `check_blocks`, `process_block`, `mark_table_blocks`.
 * Leaves out: extended attributes, device files, symbolic links with blocks, bad blocks,
 * compression; that the inodes reserved for quotas and a journal should be empty; what a reserved
 * inode holds that stays a directory; directories and files with more blocks than there can be.
 */
import { isDataBlock, mostBlocks, setPointer } from '../blockmap.js';
import * as field from '../inodes.js';
import { ROOT_INO } from '../layout.js';
import { FIRST_INO } from '../sizing.js';
import { MAIL_TIME } from '../mkfs.js';
import { LEVELS } from '../walk.js';
import type { Examination } from './examination.js';
import { findLostAndFound } from './lost-and-found.js';
import { keepBlocks } from './root.js';

/**
 * From this many illegal blocks on, and again after as many more, e2fsck offers to clear the inode.
 */
const TOO_MANY_ILLEGAL = 12;
/**
 * Modes without blocks of their own: fifo, character and block device, fast symbolic link, socket.
 */
const BLOCKLESS_MODES: readonly number[] = [0x1000, 0x2000, 0x6000, 0xa000, 0xc000];
/** A file of that size needs the flag LARGE_FILE (`ext2fs_needs_large_file_feature`). */
const LARGE_FILE = 2 ** 31;
const BOOT_LOADER_INO = 5;

export function checkInodes(exam: Examination): void {
  claimSystemBlocks(exam);
  const { disk, layout } = exam;
  const inode = new Int32Array(field.INODE_INTS);
  for (let ino = 1; ino < FIRST_INO; ino++) checkInode(exam, ino, inode);
  const next = (from: number): number => field.nextWrittenInode(disk, layout, from);
  for (let ino = next(FIRST_INO); ino <= layout.inodesCount; ino = next(ino + 1)) {
    checkInode(exam, ino, inode);
  }
  keepBlocks(exam, findLostAndFound(exam, new Int32Array(2)) !== 0);
}

/** Deletes an inode that was counted. */
export function clearInode(exam: Examination, ino: number, inode: Int32Array): void {
  deleteInode(exam, ino, inode);
  exam.again = true;
}

/** As `e2fsck_clear_inode`. A reserved one is looked at even so: it loses all. */
function deleteInode(exam: Examination, ino: number, inode: Int32Array): void {
  inode[field.INODE_LINKS] = 0;
  inode[field.INODE_DTIME] = MAIL_TIME;
  if (ino < FIRST_INO) inode.fill(0, field.INODE_BLOCK);
  exam.store(ino, inode);
}

function claimSystemBlocks(exam: Examination): void {
  const { layout } = exam;
  const claim = (from: number, count: number): void => {
    for (let block = from; block < from + count; block++) {
      exam.claims[block] = 1;
      exam.system[block] = 1;
    }
  };
  for (let group = 0; group < layout.groupCount; group++) {
    if (layout.hasSuperblock(group)) claim(layout.firstBlockOf(group), 1 + layout.descriptorBlocks);
    claim(layout.blockBitmapOf(group), 1);
    claim(layout.inodeBitmapOf(group), 1);
    claim(layout.inodeTableOf(group), layout.inodeTableBlocks);
  }
}

/** `inode`: room for its fields. */
function checkInode(exam: Examination, ino: number, inode: Int32Array): void {
  field.readInode(exam.disk, exam.layout, ino, inode);
  const links = inode[field.INODE_LINKS]!;
  const mode = inode[field.INODE_MODE]!;
  checkLowDtime(exam, ino, inode);
  if (ino !== ROOT_INO && ino < FIRST_INO) {
    exam.used[ino] = 1;
    const text = `Reserved inode ${ino} has invalid mode.`;
    // A boot loader may lie in its inode as a file.
    const fits = ino === BOOT_LOADER_INO ? formatOf(mode) !== field.MODE_DIRECTORY : mode === 0;
    if (!fits && exam.fix(1, 'reserved-bad-mode', text)) {
      inode[field.INODE_MODE] = 0;
      exam.store(ino, inode);
    }
    checkBlocks(exam, ino, inode);
    return;
  }
  if (ino === ROOT_INO && clearsRoot(exam, inode)) return;
  if (links === 0) {
    const text = `Deleted inode ${ino} has zero dtime.`;
    const undated = ino >= FIRST_INO && inode[field.INODE_DTIME] === 0 && mode !== 0;
    if (undated && exam.fix(1, 'zero-dtime', text)) {
      inode[field.INODE_DTIME] = MAIL_TIME;
      exam.store(ino, inode);
    }
    return;
  }
  if (inode[field.INODE_DTIME] !== 0) {
    if (exam.fix(1, 'set-dtime', `Inode ${ino} is in use, but has dtime set.`)) {
      inode[field.INODE_DTIME] = 0;
      exam.store(ino, inode);
    }
  }
  exam.used[ino] = 1;
  exam.links[ino] = links;
  const format = formatOf(mode);
  if (format === field.MODE_DIRECTORY) exam.directories.set(ino, []);
  else if (format === field.MODE_REGULAR) exam.regular.add(ino);
  else if (BLOCKLESS_MODES.includes(format)) return;
  else exam.bad.add(ino);
  checkBlocks(exam, ino, inode);
}

/** A root that is none goes before anything of it was counted: pass 3 makes another. */
function clearsRoot(exam: Examination, inode: Int32Array): boolean {
  if (formatOf(inode[field.INODE_MODE]!) !== field.MODE_DIRECTORY) {
    if (exam.fix(1, 'root-no-directory', 'Root inode is not a directory.')) {
      deleteInode(exam, ROOT_INO, inode);
      return true;
    }
  }
  if (inode[field.INODE_DTIME] === 0 || inode[field.INODE_LINKS] === 0) return false;
  const text = 'Root inode has dtime set (probably due to old mke2fs).';
  if (exam.fix(1, 'root-dtime', text)) {
    inode[field.INODE_DTIME] = 0;
    exam.store(ROOT_INO, inode);
  }
  return false;
}

function formatOf(mode: number): number {
  return mode & field.MODE_FORMAT;
}

/** A small number in dtime is the next inode of ext3's list of orphans, not a time. */
function checkLowDtime(exam: Examination, ino: number, inode: Int32Array): void {
  const dtime = inode[field.INODE_DTIME]! >>> 0;
  if (dtime === 0 || dtime >= exam.layout.inodesCount) return;
  if (!exam.fix(1, 'low-dtime', `Inode ${ino} was part of the orphaned inode list.`)) return;
  inode[field.INODE_DTIME] = inode[field.INODE_LINKS] === 0 ? MAIL_TIME : 0;
  exam.store(ino, inode);
}

/** What a walk over the blocks of an inode has met. */
interface Met {
  blocks: number;
  /** The last logical block that is there. */
  last: number;
  illegal: number;
  /** So many illegal pointers that the inode goes. */
  hopeless: boolean;
  changed: boolean;
}

function checkBlocks(exam: Examination, ino: number, inode: Int32Array): void {
  const directory = exam.directories.get(ino);
  const met: Met = { blocks: 0, last: -1, illegal: 0, hopeless: false, changed: false };
  claimBlocks(exam, ino, inode, met);
  if (met.hopeless) {
    clearInode(exam, ino, inode);
    return;
  }
  if (directory !== undefined && met.blocks === 0) {
    if (exam.fix(1, 'zero-length-directory', `Inode ${ino} is a zero-length directory.`)) {
      clearInode(exam, ino, inode);
      return;
    }
  }
  const resized = checkSize(exam, ino, inode, met.last);
  const sectors = met.blocks * exam.layout.sectorsPerBlock;
  const recounted = checkSectors(exam, ino, inode, sectors);
  if (met.changed || resized || recounted) exam.store(ino, inode);
  if (exam.regular.has(ino) && bytesOf(inode) >= LARGE_FILE) exam.large++;
}

/** i_size with its upper half. */
function bytesOf(inode: Int32Array): number {
  return (inode[field.INODE_SIZE]! >>> 0) + (inode[field.INODE_SIZE_HIGH]! >>> 0) * 2 ** 32;
}

function claimBlocks(exam: Examination, ino: number, inode: Int32Array, met: Met): void {
  const directory = exam.directories.get(ino);
  exam.walk(inode, (block, logical, level, parent, index) => {
    if (met.hopeless) return 0;
    if (!isDataBlock(exam.layout, block)) {
      // A table of the file system that serves as an indirect block is not written to; pass 1D
      // moves it.
      const protectedParent = parent !== 0 && exam.system[parent] === 1;
      const place = level === 0 ? `block #${logical}` : (LEVELS[level] ?? '');
      const text = `Illegal ${place} (${block}) in inode ${ino}.`;
      met.illegal++;
      if (protectedParent) return 0;
      if (!dropsPointer(exam, ino, met, text)) return block;
      if (parent !== 0) setPointer(exam.disk, exam.layout, parent, index, 0);
      else inode[field.INODE_BLOCK + index] = 0;
      met.changed ||= parent === 0;
      return 0;
    }
    exam.claims[block]!++;
    met.blocks++;
    if (level === 0) {
      met.last = logical;
      if (directory !== undefined) addDirectoryBlock(directory, logical, block);
    }
    return block;
  });
}

/** Whether an illegal pointer is cleared by itself. */
function dropsPointer(exam: Examination, ino: number, met: Met, text: string): boolean {
  const many = met.illegal % TOO_MANY_ILLEGAL === 0;
  const complaint = `Too many illegal blocks in inode ${ino}.`;
  met.hopeless = many && exam.fix(1, 'too-many-illegal-blocks', complaint);
  return !met.hopeless && exam.fix(1, 'illegal-block', text);
}

function addDirectoryBlock(blocks: number[], logical: number, block: number): void {
  // A hole as wide as a damaged pointer can make it is cut short; its end is reported with the
  // size.
  while (blocks.length < logical && blocks.length < 1 << 12) blocks.push(0);
  blocks.push(block);
}

function checkSize(exam: Examination, ino: number, inode: Int32Array, last: number): boolean {
  const { blockBytes } = exam.layout;
  const size = bytesOf(inode);
  const should = (last + 1) * blockBytes;
  const wrong = exam.isDirectory(ino)
    ? size !== should
    : size < last * blockBytes || size > mostBlocks(exam.layout) * blockBytes;
  if (!wrong) return false;
  const text = `Inode ${ino}, i_size is ${size}, should be ${should}.`;
  if (!exam.fix(1, 'bad-size', text)) return false;
  inode[field.INODE_SIZE] = should;
  inode[field.INODE_SIZE_HIGH] = Math.floor(should / 2 ** 32);
  return true;
}

function checkSectors(exam: Examination, ino: number, inode: Int32Array, should: number): boolean {
  const sectors = inode[field.INODE_SECTORS]! >>> 0;
  if (sectors === should) return false;
  const text = `Inode ${ino}, i_blocks is ${sectors}, should be ${should}.`;
  if (!exam.fix(1, 'bad-sectors', text)) return false;
  inode[field.INODE_SECTORS] = should;
  return true;
}
