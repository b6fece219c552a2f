/**
 * The first two entries of a directory.
 *
 * Follows: e2fsck/pass2.c `check_dot`, `check_dotdot`. A `..` that is made anew says the root; pass
 * 3 corrects it. Pass 2 then asks of both what it asks of any entry.
 */
import { readU16, readU32, writeU16, writeU32, writeU8 } from '../block-bytes.js';
import { ENTRY_HEADER, TYPE_DIRECTORY, entryBytes } from '../directory.js';
import { ROOT_INO } from '../layout.js';
import type { Examination } from './examination.js';
import { DOT, entryAt } from './found-entry.js';

const DOT_BYTES = entryBytes(1);
/** The three bytes `..` and 0. */
const DOT_DOT = DOT | (DOT << 8);

export function checkDot(exam: Examination, directory: number, block: number): void {
  const { disk, layout } = exam;
  const { ino, name } = entryAt(exam, directory, block, 0);
  let made = false;
  if (ino === 0 || name !== '.') {
    const text =
      ino === 0
        ? `Missing '.' in directory inode ${directory}.`
        : `First entry '${name}' (inode=${ino}) in directory inode ${directory} should be '.'`;
    made = exam.fix(2, 'bad-dot', text);
    if (made) {
      writeU32(disk, layout, block, 0, directory);
      writeName(exam, block, 0, '.');
    }
  } else if (ino !== directory) {
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
  writeU16(disk, layout, block, 4, DOT_BYTES);
  const inside = readU32(disk, layout, block, DOT_BYTES + ENTRY_HEADER) & 0xffffff;
  if (inside === DOT_DOT) return;
  writeU32(disk, layout, block, DOT_BYTES, 0);
  writeU32(disk, layout, block, DOT_BYTES + 4, length - DOT_BYTES);
}

export function checkDotDot(exam: Examination, directory: number, block: number, at: number): void {
  const { ino, name } = entryAt(exam, directory, block, at);
  if (ino !== 0 && name === '..') {
    exam.dotDots.set(directory, ino);
    return;
  }
  const text =
    ino === 0
      ? `Missing '..' in directory inode ${directory}.`
      : `Second entry '${name}' (inode=${ino}) in directory inode ${directory} should be '..'`;
  if (!exam.fix(2, 'bad-dot-dot', text)) return;
  writeU32(exam.disk, exam.layout, block, at, ROOT_INO);
  writeName(exam, block, at, '..');
}

function writeName(exam: Examination, block: number, at: number, name: '.' | '..'): void {
  const { disk, layout } = exam;
  writeU8(disk, layout, block, at + 6, name.length);
  writeU8(disk, layout, block, at + 7, TYPE_DIRECTORY);
  const bytes = name === '.' ? DOT : DOT_DOT;
  writeU32(disk, layout, block, at + ENTRY_HEADER, bytes);
}
