/**
 * Pass 4: as many links as names, and a name for every inode in use.
 *
 * Follows: e2fsck/pass4.c `e2fsck_pass4`, `disconnect_inode`.
 */
import * as field from '../inodes.js';
import { ROOT_INO } from '../layout.js';
import { FIRST_INO } from '../sizing.js';
import type { Examination } from './examination.js';
import { clearInode } from './pass1.js';
import { typeOf } from './entries.js';
import { reconnect } from './lost-and-found.js';

export function checkLinks(exam: Examination): void {
  for (let ino = ROOT_INO; ino <= exam.layout.inodesCount; ino++) {
    if (exam.used[ino] === 0 || (ino > ROOT_INO && ino < FIRST_INO)) continue;
    const named = exam.named[ino]!;
    const links = exam.links[ino]!;
    if (named === links || (named === 0 && isSettled(exam, ino))) continue;
    const text = `Inode ${ino} ref count is ${links}, should be ${named}.`;
    if (!exam.fix(4, 'bad-links', text)) continue;
    const inode = exam.inode(ino);
    inode[field.INODE_LINKS] = named;
    exam.store(ino, inode);
    // With that it is deleted.
    if (named === 0) exam.again = true;
  }
}

/** Whether an inode without a name has one now, or is gone, or is to be left as it is. */
function isSettled(exam: Examination, ino: number): boolean {
  const inode = exam.inode(ino);
  if (exam.bad.has(ino)) {
    const mode = `0${inode[field.INODE_MODE]!.toString(8)}`;
    if (exam.fix(4, 'bad-mode', `Inode ${ino} (...) has invalid mode (${mode}).`)) {
      clearInode(exam, ino, inode);
      return true;
    }
  }
  const plain = exam.isDirectory(ino) || exam.regular.has(ino);
  if (inode[field.INODE_SECTORS] === 0 && plain) {
    if (exam.fix(4, 'unattached-empty', `Unattached zero-length inode ${ino}.`)) {
      clearInode(exam, ino, inode);
      return true;
    }
  }
  if (!exam.fix(4, 'unattached-inode', `Unattached inode ${ino}`)) return true;
  return reconnect(exam, ino, typeOf(exam, ino));
}
