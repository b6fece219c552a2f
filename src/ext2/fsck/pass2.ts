/**
 * Pass 2: the entries of every directory.
 *
 * Follows: e2fsck/pass2.c `check_dir_block`, `check_dot`, `check_dotdot`, `check_filetype`,
 * `check_name`.
 * Differs: of two entries with one name in a block the later one is cleared and its file, if
 * nothing else names it, goes to lost+found; e2fsck rebuilds the directory and renames it.
 * Leaves out: hashed and encrypted directories, the rare fields of inodes with a bad mode.
 */
import { readU16, readU32, readU8, writeU32, writeU8 } from '../block-bytes.js';
import { setPointer } from '../blockmap.js';
import { ENTRY_HEADER, entryBytes, startDirectory, startEmptyBlock } from '../directory.js';
import * as field from '../inodes.js';
import { ROOT_INO } from '../layout.js';
import { FIRST_INO } from '../sizing.js';
import type { Examination } from './examination.js';
import { clearInode } from './pass1.js';
import type { ProblemCode } from './problems.js';
import { RO_COMPAT_LARGE_FILE, SB_RO_COMPAT, SUPERBLOCK_SECTOR } from '../superblock.js';
import { checkDot, checkDotDot } from './dots.js';
import { DOT, type FoundEntry, entryAt } from './found-entry.js';
import { salvage } from './salvage.js';

const SMALLEST_ENTRY = 12;
const SLASH = 0x2f;
/** File types by the upper four bits of a mode. */
const TYPES: readonly number[] = [0, 5, 3, 0, 2, 0, 4, 0, 1, 0, 7, 0, 6];

export function checkDirectories(exam: Examination): void {
  if (!exam.isDirectory(ROOT_INO)) {
    exam.lament(1, 'root-missing', 'Root inode is not a directory.');
    return;
  }
  exam.parents.set(ROOT_INO, ROOT_INO);
  for (const [ino, blocks] of exam.directories) {
    // A first block that is illegal and was left so is no hole: nothing is looked at then.
    if (blocks.length === 0 && exam.inode(ino)[field.INODE_BLOCK] === 0) blocks.push(0);
    blocks.forEach((block, logical) => {
      if (block === 0) fillHole(exam, ino, logical);
      else checkBlock(exam, ino, block, logical);
    });
  }
  checkLargeFiles(exam);
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
  const indirect = inode[field.INODE_BLOCK + 12]! >>> 0;
  const index = logical - 12;
  const reachable = logical < 12 || (indirect !== 0 && index < exam.layout.blockBytes / 4);
  const block = reachable ? exam.takeBlock() : 0;
  exam.again = true;
  if (block === 0) {
    clearInode(exam, ino, inode);
    return;
  }
  if (logical === 0) startDirectory(exam.disk, exam.layout, block, ino, ROOT_INO);
  else startEmptyBlock(exam.disk, exam.layout, block);
  if (logical < 12) inode[field.INODE_BLOCK + logical] = block;
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

function checkEntry(
  exam: Examination,
  entry: FoundEntry,
  isDots: boolean,
  names: Set<string>,
): void {
  const where = (): string =>
    `Entry '${entry.name}' in ${exam.pathOf(entry.directory)} (${entry.directory})`;
  // What is wrong with the inode is told beside what is wrong with the name and was left.
  const asked = isDots
    ? [wrongNumber, wrongInode]
    : [wrongAsDot, wrongNumber, wrongName, wrongInode];
  for (const whatIsWrong of asked) {
    const wrong = whatIsWrong(exam, entry);
    if (wrong === undefined) continue;
    const [code, text] = wrong;
    if (exam.fix(2, code, `${where()} ${text}`)) {
      writeU32(exam.disk, exam.layout, entry.block, entry.at, 0);
      return;
    }
    if (code === 'bad-inode-number') return;
  }
  checkType(exam, entry, where);
  if (checkName(exam, entry, where)) return;
  if (!isDots && exam.isDirectory(entry.ino)) {
    const parent = exam.parents.get(entry.ino);
    if (parent === undefined) exam.parents.set(entry.ino, entry.directory);
    else {
      const text = `${where()} is a link to directory ${exam.pathOf(entry.ino)} (${entry.ino}).`;
      if (exam.fix(2, 'link-to-directory', text)) {
        writeU32(exam.disk, exam.layout, entry.block, entry.at, 0);
        return;
      }
    }
  }
  if (names.has(entry.name)) {
    const text = `Duplicate entry '${entry.name}' found in ${exam.pathOf(entry.directory)} (${entry.directory}).`;
    if (exam.fix(2, 'duplicate-entry', text)) {
      writeU32(exam.disk, exam.layout, entry.block, entry.at, 0);
      return;
    }
  }
  names.add(entry.name);
  exam.named[entry.ino]!++;
}

type Wrong = readonly [ProblemCode, string] | undefined;

function wrongAsDot(_exam: Examination, { ino, directory }: FoundEntry): Wrong {
  return ino === directory ? ['link-to-dot', "is a link to '.'"] : undefined;
}

function wrongNumber(exam: Examination, { ino }: FoundEntry): Wrong {
  const isLegal = ino === ROOT_INO || (ino >= FIRST_INO && ino <= exam.layout.inodesCount);
  return isLegal ? undefined : ['bad-inode-number', `has invalid inode #: ${ino}.`];
}

function wrongName(_exam: Examination, { ino, name }: FoundEntry): Wrong {
  if (name === '.' || name === '..') return ['duplicate-dot', `is duplicate '${name}' entry.`];
  if (ino === ROOT_INO) return ['link-to-root', 'is a link to the root inode.'];
  return name === '' ? ['empty-name', 'has a zero-length name.'] : undefined;
}

function wrongInode(exam: Examination, { ino }: FoundEntry): Wrong {
  if (exam.used[ino] === 0) return ['unused-inode', `has deleted/unused inode ${ino}.`];
  if (!exam.bad.has(ino)) return undefined;
  const inode = exam.inode(ino);
  const mode = `0${inode[field.INODE_MODE]!.toString(8)}`;
  const text = `Inode ${ino} (${exam.pathOf(ino)}) has invalid mode (${mode}).`;
  if (!exam.fix(2, 'bad-mode', text)) return undefined;
  clearInode(exam, ino, inode);
  exam.bad.delete(ino);
  exam.used[ino] = 0;
  return ['unused-inode', `has deleted/unused inode ${ino}.`];
}

function checkType(exam: Examination, entry: FoundEntry, where: () => string): void {
  const type = readU8(exam.disk, exam.layout, entry.block, entry.at + 7);
  const should = typeOf(exam, entry.ino);
  // e2fsck says nothing about an entry without a type where it may not give it one (PR_NO_NOMSG).
  if (type === should || (type === 0 && exam.answers === 'no')) return;
  const [code, text] =
    type === 0
      ? (['no-file-type', `Setting filetype for ${where()} to ${should}.`] as const)
      : ([
          'bad-file-type',
          `${where()} has an incorrect filetype (was ${type}, should be ${should}).`,
        ] as const);
  if (exam.fix(2, code, text)) {
    writeU8(exam.disk, exam.layout, entry.block, entry.at + 7, should);
  }
}

/**
 * What the entry should say: the type of the inode's mode (`ext2_file_type`), 0 for none that makes
 * sense.
 */
export function typeOf(exam: Examination, ino: number): number {
  const format = field.modeOf(exam.disk, exam.layout, ino) >> 12;
  return TYPES[format] ?? 0;
}

/** Bytes that no name may hold become dots. Says whether the entry is gone. */
function checkName(exam: Examination, entry: FoundEntry, where: () => string): boolean {
  const { disk, layout } = exam;
  const length = readU8(disk, layout, entry.block, entry.at + 6);
  const from = entry.at + ENTRY_HEADER;
  const wrong: number[] = [];
  for (let at = from; at < from + length; at++) {
    const byte = readU8(disk, layout, entry.block, at);
    if (byte === 0 || byte === SLASH) wrong.push(at);
  }
  if (wrong.length === 0) return false;
  if (exam.fix(2, 'bad-name', `${where()} has illegal characters in its name.`)) {
    for (const at of wrong) writeU8(disk, layout, entry.block, at, DOT);
  }
  return false;
}
