/**
 * Directories: finding, adding and removing entries in the blocks of one.
 *
 * Follows: dir.c `ext2_find_entry`, `ext2_add_link`, `ext2_delete_entry`, `ext2_make_empty`.
 * Models: first fit over all blocks, entries split and merged in place, file types (FILETYPE).
 * Leaves out: the place where the last search ended (it changes cost, not result), hashed
 * directories.
 *
 * The caller says which device blocks the directory has: the first `count` numbers of `blocks`, 0
 * for a hole.
 */
import type { MutableSectors, Sectors } from '../media/sectors.js';
import { readU16, readU32, readU8, writeU16, writeU32, writeU8 } from './block-bytes.js';
import { IS_BUSY, anyBlock, type Admits } from './admission.js';
import { clearBlock, isDataBlock } from './blockmap.js';
import type { Layout } from './layout.js';

export const TYPE_REGULAR = 1;
export const TYPE_DIRECTORY = 2;
/** An entry's bytes before its name. */
export const ENTRY_HEADER = 8;
/** An entry with a name of up to four bytes; none is shorter. */
export const SMALLEST_ENTRY = 12;
export const LONGEST_NAME = 255;

/** Places in the `at` of {@link findEntry}. */
export const AT_BLOCK = 0;
export const AT_OFFSET = 1;

/** A name as it stands on the disk. */
export function nameBytes(name: string): Uint8Array {
  return new TextEncoder().encode(name);
}

/** The bytes an entry with that name needs. */
export function entryBytes(nameLength: number): number {
  return (ENTRY_HEADER + nameLength + 3) & ~3;
}

/** The inode behind a name; 0: no such entry. */
export function lookup(
  disk: Sectors,
  layout: Layout,
  blocks: Int32Array,
  count: number,
  name: Uint8Array,
): number {
  for (let n = 0; n < count; n++) {
    const block = blocks[n]!;
    const offset = findIn(disk, layout, block, name);
    if (offset >= 0) return readU32(disk, layout, block, offset);
  }
  return 0;
}

/** Like {@link lookup}, and says in which device block and at which byte of it the entry stands. */
export function findEntry(
  disk: Sectors,
  layout: Layout,
  blocks: Int32Array,
  count: number,
  name: Uint8Array,
  at: Int32Array,
): number {
  for (let n = 0; n < count; n++) {
    const block = blocks[n]!;
    const offset = findIn(disk, layout, block, name);
    if (offset < 0) continue;
    at[AT_BLOCK] = block;
    at[AT_OFFSET] = offset;
    return readU32(disk, layout, block, offset);
  }
  return 0;
}

/**
 * Puts an entry into the first place that is large enough; the caller has made sure that the name
 * is new. Returns the device block that changed, 0 when the directory needs another block; IS_BUSY
 * when a block on the way cannot be stored to now, and nothing was changed.
 */
export function addEntry(
  disk: MutableSectors,
  layout: Layout,
  blocks: Int32Array,
  count: number,
  name: Uint8Array,
  ino: number,
  type: number,
  admits: Admits = anyBlock,
): number {
  const needed = entryBytes(name.length);
  for (let n = 0; n < count; n++) {
    const block = blocks[n]!;
    if (!isDataBlock(layout, block)) continue;
    if (!admits(block)) return IS_BUSY;
    let at = 0;
    while (at <= layout.blockBytes - needed) {
      const length = readU16(disk, layout, block, at + 4);
      if (!isEntry(layout, at, length)) break;
      const held = readU32(disk, layout, block, at);
      const used = held === 0 ? 0 : entryBytes(nameLengthAt(disk, layout, block, at));
      if (length >= used + needed) {
        if (used > 0) writeU16(disk, layout, block, at + 4, used);
        store(disk, layout, block, at + used, length - used, name, ino, type);
        return block;
      }
      at += length;
    }
  }
  return 0;
}

/** Makes a new block of a directory: one entry that fills it. */
export function startBlock(
  disk: MutableSectors,
  layout: Layout,
  block: number,
  name: Uint8Array,
  ino: number,
  type: number,
): void {
  clearBlock(disk, layout, block);
  store(disk, layout, block, 0, layout.blockBytes, name, ino, type);
}

/** Makes the first block of an empty directory: `.` and `..`. */
export function startDirectory(
  disk: MutableSectors,
  layout: Layout,
  block: number,
  ino: number,
  parent: number,
): void {
  clearBlock(disk, layout, block);
  const rest = layout.blockBytes - entryBytes(1);
  store(disk, layout, block, 0, entryBytes(1), nameBytes('.'), ino, TYPE_DIRECTORY);
  store(disk, layout, block, entryBytes(1), rest, nameBytes('..'), parent, TYPE_DIRECTORY);
}

/** Makes an empty block of a directory: one unused entry. */
export function startEmptyBlock(disk: MutableSectors, layout: Layout, block: number): void {
  clearBlock(disk, layout, block);
  writeU16(disk, layout, block, 4, layout.blockBytes);
}

/** Removes the entry that {@link findEntry} found: the one before it in its block swallows it. */
export function removeEntry(
  disk: MutableSectors,
  layout: Layout,
  block: number,
  offset: number,
): void {
  let before = -1;
  let at = 0;
  while (at < offset) {
    const length = readU16(disk, layout, block, at + 4);
    if (!isEntry(layout, at, length)) return;
    before = at;
    at += length;
  }
  if (before >= 0) {
    const end = offset + readU16(disk, layout, block, offset + 4);
    writeU16(disk, layout, block, before + 4, end - before);
  }
  writeU32(disk, layout, block, offset, 0);
}

/** A directory entry, or a place for one where `ino` is 0. */
export interface Entry {
  readonly offset: number;
  readonly ino: number;
  readonly length: number;
  readonly type: number;
  readonly name: Uint8Array;
}

/** The entries of one block up to its end, or up to where they stop making sense. For tools. */
export function entriesIn(disk: Sectors, layout: Layout, block: number): readonly Entry[] {
  const entries: Entry[] = [];
  if (!isDataBlock(layout, block)) return entries;
  let at = 0;
  while (at < layout.blockBytes) {
    const length = readU16(disk, layout, block, at + 4);
    const nameLength = nameLengthAt(disk, layout, block, at);
    if (!isEntry(layout, at, length) || nameLength + ENTRY_HEADER > length) break;
    const name = new Uint8Array(nameLength);
    for (let i = 0; i < nameLength; i++) {
      name[i] = readU8(disk, layout, block, at + ENTRY_HEADER + i);
    }
    const ino = readU32(disk, layout, block, at);
    entries.push({ offset: at, ino, length, type: readU8(disk, layout, block, at + 7), name });
    at += length;
  }
  return entries;
}

function findIn(disk: Sectors, layout: Layout, block: number, name: Uint8Array): number {
  if (!isDataBlock(layout, block)) return -1;
  let at = 0;
  while (at <= layout.blockBytes - entryBytes(name.length)) {
    const length = readU16(disk, layout, block, at + 4);
    if (!isEntry(layout, at, length)) return -1;
    if (matches(disk, layout, block, at, name)) return at;
    at += length;
  }
  return -1;
}

function matches(
  disk: Sectors,
  layout: Layout,
  block: number,
  at: number,
  name: Uint8Array,
): boolean {
  if (nameLengthAt(disk, layout, block, at) !== name.length) return false;
  if (readU32(disk, layout, block, at) === 0) return false;
  for (let i = 0; i < name.length; i++) {
    if (readU8(disk, layout, block, at + ENTRY_HEADER + i) !== name[i]) return false;
  }
  return true;
}

/** `ext2_check_page`: an entry has room for a name, ends on 4 bytes and inside the block. */
function isEntry(layout: Layout, at: number, length: number): boolean {
  return length >= SMALLEST_ENTRY && (length & 3) === 0 && at + length <= layout.blockBytes;
}

function nameLengthAt(disk: Sectors, layout: Layout, block: number, at: number): number {
  return readU8(disk, layout, block, at + 6);
}

function store(
  disk: MutableSectors,
  layout: Layout,
  block: number,
  at: number,
  length: number,
  name: Uint8Array,
  ino: number,
  type: number,
): void {
  writeU32(disk, layout, block, at, ino);
  writeU32(disk, layout, block, at + 4, length | (name.length << 16) | (type << 24));
  for (let i = 0; i < name.length; i++) {
    writeU8(disk, layout, block, at + ENTRY_HEADER + i, name[i]!);
  }
}
