/**
 * Pass 3: every directory hangs on the root; and lost+found, where what hangs nowhere goes.
 *
 * Follows: e2fsck/pass3.c `e2fsck_pass3`, `check_directory`, `e2fsck_reconnect_file`.
 * A directory that hangs on itself alone is left: e2fsck 1.47 finds only loops of some 2,000.
 */
import { writeU32 } from '../block-bytes.js';
import { TYPE_DIRECTORY, entriesIn } from '../directory.js';
import { ROOT_INO } from '../layout.js';
import type { Examination } from './examination.js';
import { lostAndFound, reconnect } from './lost-and-found.js';
import { haveRoot } from './root.js';

export function checkParents(exam: Examination): void {
  if (!haveRoot(exam)) {
    exam.stopped = true;
    return;
  }
  for (const [ino, blocks] of exam.directories) {
    if (ino === ROOT_INO) {
      checkParent(exam, ino, blocks[0] ?? 0, ROOT_INO);
      continue;
    }
    const parent = exam.parents.get(ino);
    if (parent !== undefined) {
      checkParent(exam, ino, blocks[0] ?? 0, parent);
      continue;
    }
    const text = `Unconnected directory inode ${ino} (was in ${exam.pathOf(0)})`;
    if (exam.fix(3, 'unconnected-directory', text)) reconnect(exam, ino, TYPE_DIRECTORY);
    else checkParent(exam, ino, blocks[0] ?? 0, 0);
  }
  // Only a check that may write looks whether lost+found is there at all.
  if (exam.answers !== 'no') lostAndFound(exam);
}

function checkParent(exam: Examination, ino: number, block: number, parent: number): void {
  // Of a directory whose first block was not looked at e2fsck has a `..` of 0.
  const said = exam.dotDots.get(ino) ?? 0;
  if (said === parent) return;
  const text =
    `'..' in ${exam.pathOf(ino)} (${ino}) is ${exam.pathOf(said)} (${said}), ` +
    `should be ${exam.pathOf(parent)} (${parent}).`;
  if (!exam.fix(3, 'wrong-parent', text)) return;
  const second = entriesIn(exam.disk, exam.layout, block)[1];
  if (second === undefined) return;
  writeU32(exam.disk, exam.layout, block, second.offset, parent);
  exam.again = true;
}
