/**
 * One entry of a directory: the inode that it names, its type and its name.
 *
 * Follows: e2fsck/pass2.c `check_dir_block` for an entry, `e2fsck_process_bad_inode`,
 * `check_filetype`, `check_name`.
 * Differs: of two entries with one name in a block the later one is cleared and its file, if
 * nothing else names it, goes to lost+found; e2fsck rebuilds the directory and renames it.
 * Leaves out: encrypted directories, the rare fields of inodes with a bad mode.
 */
import { readU8, writeU32, writeU8 } from '../block-bytes.js';
import { ENTRY_HEADER } from '../directory.js';
import * as field from '../inodes.js';
import { ROOT_INO } from '../layout.js';
import { FIRST_INO } from '../sizing.js';
import type { Examination } from './examination.js';
import { DOT, type FoundEntry } from './found-entry.js';
import { clearInode } from './pass1.js';
import type { ProblemCode } from './problems.js';

const SLASH = 0x2f;
/** File types by the upper four bits of a mode. */
const TYPES: readonly number[] = [0, 5, 3, 0, 2, 0, 4, 0, 1, 0, 7, 0, 6];

/**
 * `isDots`: it stands where `.` or `..` should. `names`: those of the entries before it in its
 * block.
 */
export function checkEntry(
  exam: Examination,
  entry: FoundEntry,
  isDots: boolean,
  names: Set<string>,
): void {
  if (goes(exam, entry, isDots, names)) {
    writeU32(exam.disk, exam.layout, entry.block, entry.at, 0);
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

/** Whether the entry is to be cleared; one that stays counts as a name of its inode. */
function goes(exam: Examination, entry: FoundEntry, isDots: boolean, names: Set<string>): boolean {
  const { ino, name } = entry;
  const tell = (code: ProblemCode, what: string): boolean =>
    exam.fix(2, code, `${where(exam, entry)} ${what}`);
  if (!isDots && ino === entry.directory && tell('link-to-dot', "is a link to '.'")) return true;
  if ((ino !== ROOT_INO && ino < FIRST_INO) || ino > exam.layout.inodesCount) {
    return tell('bad-inode-number', `has invalid inode #: ${ino}.`);
  }
  const misnomer = isDots ? undefined : misnomerOf(entry);
  if (misnomer !== undefined && tell(...misnomer)) return true;
  // What is wrong with the inode is told beside what is wrong with the name and was left.
  if (exam.bad.has(ino) && clearsBadInode(exam, ino)) return true;
  const unused = exam.used[ino] === 0;
  if (unused && tell('unused-inode', `has deleted/unused inode ${ino}.`)) return true;
  checkType(exam, entry);
  checkName(exam, entry);
  if (!isDots && exam.isDirectory(ino)) {
    if (!exam.parents.has(ino)) exam.parents.set(ino, entry.directory);
    else if (tell('link-to-directory', `is a link to directory ${exam.pathOf(ino)} (${ino}).`)) {
      return true;
    }
  }
  if (names.has(name)) {
    const text = `Duplicate entry '${name}' found in ${exam.pathOf(entry.directory)} (${entry.directory}).`;
    if (exam.fix(2, 'duplicate-entry', text)) return true;
  }
  names.add(name);
  exam.named[ino]!++;
  return false;
}

function where(exam: Examination, { directory, name }: FoundEntry): string {
  return `Entry '${name}' in ${exam.pathOf(directory)} (${directory})`;
}

function misnomerOf({ ino, name }: FoundEntry): readonly [ProblemCode, string] | undefined {
  if (name === '.' || name === '..') return ['duplicate-dot', `is duplicate '${name}' entry.`];
  if (ino === ROOT_INO) return ['link-to-root', 'is a link to the root inode.'];
  return name === '' ? ['empty-name', 'has a zero-length name.'] : undefined;
}

function clearsBadInode(exam: Examination, ino: number): boolean {
  const inode = exam.inode(ino);
  const mode = `0${inode[field.INODE_MODE]!.toString(8)}`;
  const text = `Inode ${ino} (${exam.pathOf(ino)}) has invalid mode (${mode}).`;
  if (!exam.fix(2, 'bad-mode', text)) return false;
  clearInode(exam, ino, inode);
  return true;
}

function checkType(exam: Examination, entry: FoundEntry): void {
  const { disk, layout } = exam;
  const type = readU8(disk, layout, entry.block, entry.at + 7);
  const should = typeOf(exam, entry.ino);
  // e2fsck says nothing about an entry without a type where it may not give it one (PR_NO_NOMSG).
  if (type === should || (type === 0 && exam.answers === 'no')) return;
  const told = where(exam, entry);
  const wrong = `${told} has an incorrect filetype (was ${type}, should be ${should}).`;
  const none = `Setting filetype for ${told} to ${should}.`;
  const isGiven =
    type === 0 ? exam.fix(2, 'no-file-type', none) : exam.fix(2, 'bad-file-type', wrong);
  if (isGiven) writeU8(disk, layout, entry.block, entry.at + 7, should);
}

/** Bytes that no name may hold become dots. */
function checkName(exam: Examination, entry: FoundEntry): void {
  const { disk, layout } = exam;
  const length = readU8(disk, layout, entry.block, entry.at + 6);
  const from = entry.at + ENTRY_HEADER;
  const wrong: number[] = [];
  for (let at = from; at < from + length; at++) {
    const byte = readU8(disk, layout, entry.block, at);
    if (byte === 0 || byte === SLASH) wrong.push(at);
  }
  if (wrong.length === 0) return;
  const text = `${where(exam, entry)} has illegal characters in its name.`;
  if (!exam.fix(2, 'bad-name', text)) return;
  for (const at of wrong) writeU8(disk, layout, entry.block, at, DOT);
}
