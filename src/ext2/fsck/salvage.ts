/**
 * What is kept of a directory block from an entry on that makes no sense.
 *
 * Follows: e2fsck/pass2.c `salvage_directory`.
 */
import { readU16, readU32, readU8, writeU16, writeU32 } from '../block-bytes.js';
import { ENTRY_HEADER, SMALLEST_ENTRY, entryBytes } from '../directory.js';
import type { Examination } from './examination.js';

/** Mends the entry at `at`, `before` being the one before it (-1: none); says where to go on. */
export function salvage(exam: Examination, block: number, at: number, before: number): number {
  const { disk, layout } = exam;
  const end = layout.blockBytes;
  const room = end - at;
  const fits = room >= ENTRY_HEADER;
  const length = fits ? readU16(disk, layout, block, at + 4) : room;
  if (length === ENTRY_HEADER && room - length >= SMALLEST_ENTRY) {
    closeUp(exam, block, at);
    return at;
  }
  if (fits && length > room && couldEndHere(exam, block, at, room)) {
    writeU16(disk, layout, block, at + 4, room);
    return at;
  }
  const skip = length > 0 && length % 4 === 0 && length <= room ? length : room;
  if (before >= 0) {
    writeU16(disk, layout, block, before + 4, at + skip - before);
    return at + skip;
  }
  writeU32(disk, layout, block, at, 0);
  writeU32(disk, layout, block, at + 4, room);
  return at;
}

/** Moves the rest of the block over a header that has no name behind it. */
function closeUp({ disk, layout }: Examination, block: number, at: number): void {
  const end = layout.blockBytes - ENTRY_HEADER;
  for (let to = at; to < end; to += 4) {
    writeU32(disk, layout, block, to, readU32(disk, layout, block, to + ENTRY_HEADER));
  }
  for (let to = end; to < layout.blockBytes; to += 4) writeU32(disk, layout, block, to, 0);
}

/** Whether only the length of the entry is wrong. */
function couldEndHere(exam: Examination, block: number, at: number, room: number): boolean {
  const { disk, layout } = exam;
  const nameLength = readU8(disk, layout, block, at + 6);
  if (room <= ENTRY_HEADER || entryBytes(nameLength) > room) return false;
  if (readU32(disk, layout, block, at) > layout.inodesCount) return false;
  for (let i = 0; i < nameLength; i++) {
    if (readU8(disk, layout, block, at + ENTRY_HEADER + i) === 0) return false;
  }
  return true;
}
