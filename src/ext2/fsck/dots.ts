/**
 * The first two entries of a directory.
 *
 * Follows: e2fsck/pass2.c `check_dot`, `check_dotdot`. A `..` that is made anew says the root; pass
 * 3 corrects it. Pass 2 then asks of both what it asks of any entry.
 */
import { readU16, readU32, readU8, writeU16, writeU32, writeU8 } from '../block-bytes.js';
import { ENTRY_HEADER, TYPE_DIRECTORY, entryBytes } from '../directory.js';
import { ROOT_INO } from '../layout.js';
import type { Examination } from './examination.js';
import { DOT, type FoundEntry, entryAt } from './found-entry.js';

const DOT_BYTES = entryBytes(1);
/** The three bytes `..` and 0. */
const DOT_DOT = DOT | (DOT << 8);

export function checkDot(exam: Examination, directory: number, block: number): void {
  const { disk, layout } = exam;
  const entry = entryAt(exam, directory, block, 0);
  const wrong = wrongDots(exam, entry, '.');
  const made = wrong !== undefined && exam.fix(2, 'bad-dot', wrong);
  if (made) makeDots(exam, block, 0, '.', directory);
  else if (entry.ino !== directory) {
    const text = `Invalid inode number for '.' in directory inode ${directory}.`;
    if (exam.fix(2, 'bad-dot', text)) writeU32(disk, layout, block, 0, directory);
  }
  splitDot(exam, directory, block, made);
}

/** A `.` with room for another entry gives it back, to the `..` that lies in it if there is one. */
function splitDot(exam: Examination, directory: number, block: number, made: boolean): void {
  const { disk, layout } = exam;
  const length = readU16(disk, layout, block, 4);
  if (length <= 2 * DOT_BYTES) return;
  const text = `Directory entry for '.' in ${exam.pathOf(directory)} (${directory}) is big.`;
  if (!made && !exam.fix(2, 'big-dot', text)) return;
  const inside = readU32(disk, layout, block, DOT_BYTES + ENTRY_HEADER) & 0xffffff;
  if (inside === DOT_DOT) writeU16(disk, layout, block, 4, DOT_BYTES);
  else shortenDot(exam, block);
}

/** Leaves `.` what it needs, makes an empty entry of the rest and says where that begins. */
export function shortenDot({ disk, layout }: Examination, block: number): number {
  const length = readU16(disk, layout, block, 4);
  writeU16(disk, layout, block, 4, DOT_BYTES);
  writeU32(disk, layout, block, DOT_BYTES, 0);
  writeU32(disk, layout, block, DOT_BYTES + 4, length - DOT_BYTES);
  return DOT_BYTES;
}

/** Notes what `..` says, unless it is none. */
export function checkDotDot(exam: Examination, directory: number, block: number, at: number): void {
  const entry = entryAt(exam, directory, block, at);
  const wrong = wrongDots(exam, entry, '..');
  if (wrong === undefined) exam.dotDots.set(directory, entry.ino);
  else if (exam.fix(2, 'bad-dot-dot', wrong)) makeDots(exam, block, at, '..', ROOT_INO);
}

type Dots = '.' | '..';

/** Why the entry is not the one that should stand there. */
function wrongDots(exam: Examination, entry: FoundEntry, dots: Dots): string | undefined {
  const { directory, ino, name } = entry;
  if (ino === 0) return `Missing '${dots}' in directory inode ${directory}.`;
  if (name !== dots) {
    const which = dots === '.' ? 'First' : 'Second';
    return `${which} entry '${name}' (inode=${ino}) in directory inode ${directory} should be '${dots}'`;
  }
  const behind = entry.at + ENTRY_HEADER + dots.length;
  if (readU8(exam.disk, exam.layout, entry.block, behind) === 0) return undefined;
  return `'${dots}' directory entry in directory inode ${directory} is not NULL terminated`;
}

/** The length of the entry stays. */
function makeDots(exam: Examination, block: number, at: number, dots: Dots, ino: number): void {
  const { disk, layout } = exam;
  writeU32(disk, layout, block, at, ino);
  writeU8(disk, layout, block, at + 6, dots.length);
  writeU8(disk, layout, block, at + 7, TYPE_DIRECTORY);
  writeU32(disk, layout, block, at + ENTRY_HEADER, dots === '.' ? DOT : DOT_DOT);
}
