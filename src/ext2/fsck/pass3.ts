/**
 * Pass 3: every directory hangs on the root; and lost+found, where what hangs nowhere goes.
 *
 * Follows: e2fsck/pass3.c `check_directory`, `e2fsck_get_lost_and_found`, `e2fsck_reconnect_file`.
 * A directory that hangs on itself alone is left: e2fsck 1.47 finds only loops of some 2,000.
 * Leaves out: making lost+found larger than it is.
 */
import { writeU32 } from '../block-bytes.js';
import {
  AT_BLOCK,
  AT_OFFSET,
  TYPE_DIRECTORY,
  addEntry,
  entriesIn,
  findEntry,
  nameBytes,
  removeEntry,
  startDirectory,
} from '../directory.js';
import * as field from '../inodes.js';
import { ROOT_INO } from '../layout.js';
import { FIRST_INO } from '../sizing.js';
import { LOST_AND_FOUND, MAIL_TIME } from '../mkfs.js';
import { blocksOf } from '../tree.js';
import type { Examination } from './examination.js';

export function checkParents(exam: Examination): void {
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

/** Gives an inode the name `#number` in lost+found. */
export function reconnect(exam: Examination, ino: number, type: number): void {
  const { disk, layout } = exam;
  const lost = lostAndFound(exam);
  if (lost !== 0) {
    const blocks = blocksOf(disk, layout, exam.inode(lost));
    const name = nameBytes(`#${ino}`);
    if (addEntry(disk, layout, blocks, blocks.length, name, ino, type) !== 0) {
      exam.again = true;
      return;
    }
  }
  // Once pass 4 has cleared what is empty there may be room.
  exam.lament(3, 'cannot-reconnect', `Could not reconnect ${ino}: no room in /${LOST_AND_FOUND}`);
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

/** The inode of lost+found, made anew where it is missing; 0: it cannot be had. */
function lostAndFound(exam: Examination): number {
  const { disk, layout } = exam;
  const root = blocksOf(disk, layout, exam.inode(ROOT_INO));
  const name = nameBytes(LOST_AND_FOUND);
  const at = new Int32Array(2);
  const found = findEntry(disk, layout, root, root.length, name, at);
  if (exam.isDirectory(found)) return found;
  if (found !== 0) {
    const text = `/${LOST_AND_FOUND} is not a directory (ino=${found})`;
    if (!exam.fix(3, 'lost-and-found-no-directory', text)) return 0;
    removeEntry(disk, layout, at[AT_BLOCK]!, at[AT_OFFSET]!);
    exam.again = true;
  }
  if (!exam.fix(3, 'no-lost-and-found', `/${LOST_AND_FOUND} not found.`)) return 0;
  const ino = exam.used.indexOf(0, FIRST_INO);
  const block = ino < 0 ? 0 : exam.takeBlock();
  if (block === 0) return 0;
  if (addEntry(disk, layout, root, root.length, name, ino, TYPE_DIRECTORY) === 0) return 0;
  startDirectory(disk, layout, block, ino, ROOT_INO);
  const inode = new Int32Array(field.INODE_INTS);
  inode[field.INODE_MODE] = field.MODE_DIRECTORY | 0o700;
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
  exam.again = true;
  return ino;
}
