/** A directory entry under examination, whatever its bytes are. */
import { readU32, readU8 } from '../block-bytes.js';
import { ENTRY_HEADER } from '../directory.js';
import type { Examination } from './examination.js';

export const DOT = 0x2e;

export interface FoundEntry {
  readonly directory: number;
  readonly block: number;
  readonly at: number;
  readonly ino: number;
  readonly name: string;
}

export function entryAt(
  exam: Examination,
  directory: number,
  block: number,
  at: number,
): FoundEntry {
  const { disk, layout } = exam;
  const length = readU8(disk, layout, block, at + 6);
  let name = '';
  for (let i = 0; i < length; i++) {
    // Byte by byte: names are compared as bytes, and damaged ones need not be UTF-8.
    name += String.fromCharCode(readU8(disk, layout, block, at + ENTRY_HEADER + i));
  }
  return { directory, block, at, ino: readU32(disk, layout, block, at), name };
}
