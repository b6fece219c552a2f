/**
 * Lost+found: where what has no name goes.
 *
 * Follows: e2fsck/pass3.c `e2fsck_get_lost_and_found`, `e2fsck_reconnect_file`,
 * `e2fsck_expand_directory`. Where lost+found cannot be had it is the root if nothing was to be
 * hung up before pass 3 asked for it, and else nothing, and files without a name are lost.
 * Differs: two free entries of a directory side by side are not taken for one place.
 * Leaves out: making a directory larger than its first indirect block lets it be.
 */
import { DIRECT_BLOCKS, INDIRECT, clearBlock, pointersPerBlock, setPointer } from '../blockmap.js';
import {
  AT_BLOCK,
  AT_OFFSET,
  TYPE_DIRECTORY,
  addEntry,
  findEntry,
  nameBytes,
  removeEntry,
  startEmptyBlock,
} from '../directory.js';
import * as field from '../inodes.js';
import { ROOT_INO } from '../layout.js';
import { LOST_AND_FOUND } from '../mkfs.js';
import { FIRST_INO } from '../sizing.js';
import { blocksOf } from '../tree.js';
import type { Examination } from './examination.js';
import { makeDirectory } from './root.js';

const NAME = nameBytes(LOST_AND_FOUND);

/** The inode that the root has under that name, whatever it is; 0: none. `at`: where it stands. */
export function findLostAndFound(exam: Examination, at: Int32Array): number {
  const { disk, layout } = exam;
  const root = blocksOf(disk, layout, exam.inode(ROOT_INO));
  return findEntry(disk, layout, root, root.length, NAME, at);
}

/** The inode of lost+found, made anew where it is missing; 0: it cannot be had. */
export function lostAndFound(exam: Examination): number {
  if (exam.lostAndFound !== 0) return exam.lostAndFound;
  const at = new Int32Array(2);
  const found = findLostAndFound(exam, at);
  if (exam.isDirectory(found)) return (exam.lostAndFound = found);
  if (found !== 0) {
    const text = `/${LOST_AND_FOUND} is not a directory (ino=${found})`;
    if (!exam.fix(3, 'lost-and-found-no-directory', text)) return 0;
    removeEntry(exam.disk, exam.layout, at[AT_BLOCK]!, at[AT_OFFSET]!);
    exam.again = true;
  }
  if (!exam.fix(3, 'no-lost-and-found', `/${LOST_AND_FOUND} not found.`)) return 0;
  const ino = exam.used.indexOf(0, FIRST_INO);
  const block = (exam.kept.lostAndFound ||= exam.takeBlock());
  if (ino < 0 || block === 0) {
    const text = `Cannot allocate space for /${LOST_AND_FOUND}.`;
    if (exam.fix(3, 'no-room-for-lost-and-found', text)) exam.lostAndFound = ROOT_INO;
    return 0;
  }
  if (!link(exam, ROOT_INO, NAME, ino, TYPE_DIRECTORY)) {
    if (!grow(exam, ROOT_INO) || !link(exam, ROOT_INO, NAME, ino, TYPE_DIRECTORY)) {
      exam.lament(
        3,
        'no-lost-and-found-made',
        `Error creating /${LOST_AND_FOUND} directory: no room`,
      );
      return 0;
    }
  }
  exam.kept.lostAndFound = 0;
  makeDirectory(exam, ino, block, 0o700);
  return (exam.lostAndFound = ino);
}

/** Gives an inode the name `#number` in lost+found and says whether it has it. */
export function reconnect(exam: Examination, ino: number, type: number): boolean {
  exam.noLostAndFound ||= exam.lostAndFound === 0 && lostAndFound(exam) === 0;
  if (exam.noLostAndFound) {
    const text = `Bad or non-existent /${LOST_AND_FOUND}.  Cannot reconnect.`;
    exam.lament(3, 'cannot-reconnect', text);
    return false;
  }
  const lost = exam.lostAndFound;
  const name = nameBytes(`#${ino}`);
  if (link(exam, lost, name, ino, type)) return true;
  if (!exam.fix(3, 'lost-and-found-full', `No room in ${LOST_AND_FOUND} directory.`)) return false;
  if (grow(exam, lost) && link(exam, lost, name, ino, type)) return true;
  exam.lament(3, 'cannot-reconnect', `Could not expand /${LOST_AND_FOUND}: no free block`);
  return false;
}

function link(
  exam: Examination,
  directory: number,
  name: Uint8Array,
  ino: number,
  type: number,
): boolean {
  const { disk, layout } = exam;
  const blocks = blocksOf(disk, layout, exam.inode(directory));
  const isLinked = addEntry(disk, layout, blocks, blocks.length, name, ino, type) !== 0;
  exam.again ||= isLinked;
  return isLinked;
}

/** Adds an empty block to a directory and says whether there was one. */
function grow(exam: Examination, directory: number): boolean {
  const { disk, layout } = exam;
  const inode = exam.inode(directory);
  const blocks = exam.directories.get(directory)!;
  const index = blocks.length - DIRECT_BLOCKS;
  if (index >= pointersPerBlock(layout)) return false;
  const block = exam.takeBlock();
  if (block === 0) return false;
  if (index < 0) inode[field.INODE_BLOCK + blocks.length] = block;
  else {
    const table = inode[field.INODE_BLOCK + INDIRECT]! || startTable(exam, inode);
    if (table === 0) {
      exam.claims[block]!--;
      return false;
    }
    setPointer(disk, layout, table, index, block);
  }
  startEmptyBlock(disk, layout, block);
  blocks.push(block);
  inode[field.INODE_SIZE] = blocks.length * layout.blockBytes;
  inode[field.INODE_SECTORS]! += layout.sectorsPerBlock;
  exam.store(directory, inode);
  exam.again = true;
  return true;
}

/** The first indirect block of a directory that had none; 0: there is no room. */
function startTable(exam: Examination, inode: Int32Array): number {
  const table = exam.takeBlock();
  if (table === 0) return 0;
  clearBlock(exam.disk, exam.layout, table);
  inode[field.INODE_BLOCK + INDIRECT] = table;
  inode[field.INODE_SECTORS]! += exam.layout.sectorsPerBlock;
  return table;
}
