/**
 * A mounted file system with nothing running beside it: each call is over, and all of it on the
 * disk, when it returns.
 *
 * Follows: namei.c `ext2_create`, `ext2_unlink`; ialloc.c `ext2_new_inode`; inode.c
 * `ext2_delete_inode`; generic write(). Calls the same functions as the live file system, in the
 * kernel's order.
 * Models: an administrator's quiet work after a crash. Each call opens its file and closes it
 * again, so a reservation window lives as long as one call.
 * Leaves out: making directories, links, truncation to other sizes, permissions, time that passes.
 */
import type { MutableSectors } from '../media/sectors.js';
import { type Writer, freeFile, growFile } from './branch.js';
import { writeBytes } from './content.js';
import { adjustFreeInodes } from './descriptors.js';
import {
  AT_BLOCK,
  AT_OFFSET,
  LONGEST_NAME,
  TYPE_REGULAR,
  addEntry,
  findEntry,
  lookup,
  nameBytes,
  removeEntry,
  startBlock,
} from './directory.js';
import * as field from './inodes.js';
import type { Layout } from './layout.js';
import { MAIL_TIME } from './mkfs.js';
import { Reservations, WINDOW_INTS } from './reservations.js';
import { setMounted } from './superblock.js';
import { MOST_READ, blocksOf, contentOf, inodeAt, inodeOf, isDirectory, sizeOf } from './tree.js';

/** Why a call failed, in the words of errno. */
export type Errno =
  'ENOENT' | 'ENOTDIR' | 'EEXIST' | 'ENOSPC' | 'EISDIR' | 'EFBIG' | 'EIO' | 'EINVAL';

export type Read =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly error: Errno };

/** The byte that belongs at an offset of the file. */
export type Content = (offset: number) => number;

/** A directory of which a name is looked up. */
interface Place {
  readonly parent: number;
  readonly inode: Int32Array;
  readonly name: Uint8Array;
}

const REGULAR_MODE = field.MODE_REGULAR | 0o644;
/** Beyond it the superblock would have to say LARGE_FILE. */
const LARGEST_FILE = 2 ** 31 - 1;

export class QuietFileSystem {
  readonly layout: Layout;
  readonly #disk: MutableSectors;
  readonly #windows = new Reservations(new Int32Array(WINDOW_INTS));

  /** Mounts: s_state says so until {@link unmount}. */
  constructor(disk: MutableSectors, layout: Layout) {
    this.#disk = disk;
    this.layout = layout;
    setMounted(disk, layout, true);
  }

  create(path: string, pid = 0): Errno | undefined {
    const place = this.#placeOf(path);
    if (typeof place === 'string') return place;
    if (this.#inoOf(place) !== 0) return 'EEXIST';
    const ino = field.takeInode(this.#disk, this.layout, place.parent);
    if (ino === 0) return 'ENOSPC';
    adjustFreeInodes(this.#disk, this.layout, this.layout.groupOfInode(ino), -1, 0);
    const inode = new Int32Array(field.INODE_INTS);
    inode[field.INODE_MODE] = REGULAR_MODE;
    inode[field.INODE_LINKS] = 1;
    inode[field.INODE_ATIME] = MAIL_TIME;
    inode[field.INODE_CTIME] = MAIL_TIME;
    inode[field.INODE_MTIME] = MAIL_TIME;
    const error = this.#link(place, ino, pid);
    if (error === undefined) {
      field.writeInode(this.#disk, this.layout, ino, inode);
      return undefined;
    }
    field.freeInode(this.#disk, this.layout, ino);
    adjustFreeInodes(this.#disk, this.layout, this.layout.groupOfInode(ino), 1, 0);
    return error;
  }

  /** Writes behind the end. What was written before ENOSPC stays, as after a short write(). */
  append(path: string, bytes: number, content: Content, pid = 0): Errno | undefined {
    const ino = this.#regular(path);
    if (typeof ino === 'string') return ino;
    const size = sizeOf(inodeOf(this.#disk, this.layout, ino));
    return this.#write(ino, size, bytes, content, pid);
  }

  /** Writes at an offset; past the end it makes the file longer, with a hole if there is a gap. */
  overwrite(
    path: string,
    offset: number,
    bytes: number,
    content: Content,
    pid = 0,
  ): Errno | undefined {
    const ino = this.#regular(path);
    if (typeof ino === 'string') return ino;
    return this.#write(ino, offset, bytes, content, pid);
  }

  unlink(path: string): Errno | undefined {
    const place = this.#placeOf(path);
    if (typeof place === 'string') return place;
    const ino = this.#regular(path);
    if (typeof ino === 'string') return ino;
    const at = new Int32Array(2);
    const blocks = blocksOf(this.#disk, this.layout, place.inode);
    findEntry(this.#disk, this.layout, blocks, blocks.length, place.name, at);
    removeEntry(this.#disk, this.layout, at[AT_BLOCK]!, at[AT_OFFSET]!);
    const inode = inodeOf(this.#disk, this.layout, ino);
    inode[field.INODE_LINKS] = Math.max(inode[field.INODE_LINKS]! - 1, 0);
    inode[field.INODE_CTIME] = MAIL_TIME;
    if (inode[field.INODE_LINKS] === 0) inode[field.INODE_DTIME] = MAIL_TIME;
    field.writeInode(this.#disk, this.layout, ino, inode);
    if (inode[field.INODE_LINKS] !== 0) return undefined;
    freeFile(this.#disk, this.layout, inode);
    if (field.freeInode(this.#disk, this.layout, ino)) {
      adjustFreeInodes(this.#disk, this.layout, this.layout.groupOfInode(ino), 1, 0);
    }
    return undefined;
  }

  read(path: string): Read {
    const ino = this.#regular(path);
    if (typeof ino === 'string') return { ok: false, error: ino };
    const inode = inodeOf(this.#disk, this.layout, ino);
    if (sizeOf(inode) > MOST_READ) return { ok: false, error: 'EFBIG' };
    return { ok: true, bytes: contentOf(this.#disk, this.layout, inode) };
  }

  /** Writes the totals and says that the file system is clean. */
  unmount(): void {
    setMounted(this.#disk, this.layout, false);
  }

  #write(
    ino: number,
    offset: number,
    bytes: number,
    content: Content,
    pid: number,
  ): Errno | undefined {
    const end = offset + bytes;
    if (offset < 0 || bytes < 0) return 'EINVAL';
    if (end > LARGEST_FILE) return 'EFBIG';
    const disk = this.#disk;
    const inode = inodeOf(disk, this.layout, ino);
    const writer: Writer = { windows: this.#windows, slot: 0, pid };
    this.#windows.open(0);
    let error: Errno | undefined;
    for (let at = offset; at < end && error === undefined;) {
      const logical = Math.floor(at / this.layout.blockBytes);
      const upTo = Math.min(end, (logical + 1) * this.layout.blockBytes);
      const growth = growFile(disk, this.layout, ino, inode, logical, writer);
      if (growth.as === 'full') error = 'ENOSPC';
      else if (growth.as === 'damaged') error = 'EIO';
      else {
        writeBytes(disk, this.layout, growth, at, upTo, content);
        at = upTo;
        inode[field.INODE_SIZE] = Math.max(sizeOf(inode), at);
      }
    }
    this.#windows.close(0);
    inode[field.INODE_MTIME] = MAIL_TIME;
    inode[field.INODE_CTIME] = MAIL_TIME;
    field.writeInode(disk, this.layout, ino, inode);
    return error;
  }

  /** `ext2_add_link`: into the first place that fits, else into a new block of the directory. */
  #link(place: Place, ino: number, pid: number): Errno | undefined {
    const { inode, name, parent } = place;
    const blocks = blocksOf(this.#disk, this.layout, inode);
    const writer: Writer = { windows: this.#windows, slot: -1, pid };
    inode[field.INODE_MTIME] = MAIL_TIME;
    inode[field.INODE_CTIME] = MAIL_TIME;
    const count = blocks.length;
    if (addEntry(this.#disk, this.layout, blocks, count, name, ino, TYPE_REGULAR) === 0) {
      const growth = growFile(this.#disk, this.layout, parent, inode, count, writer);
      if (growth.as === 'full') return 'ENOSPC';
      if (growth.as === 'damaged') return 'EIO';
      startBlock(this.#disk, this.layout, growth.block, name, ino, TYPE_REGULAR);
      inode[field.INODE_SIZE]! += this.layout.blockBytes;
    }
    field.writeInode(this.#disk, this.layout, parent, inode);
    return undefined;
  }

  #placeOf(path: string): Place | Errno {
    const slash = path.lastIndexOf('/');
    const name = nameBytes(path.slice(slash + 1));
    if (name.length === 0 || name.length > LONGEST_NAME) return 'EINVAL';
    const parent = inodeAt(this.#disk, this.layout, path.slice(0, slash + 1));
    if (parent === 0) return 'ENOENT';
    const inode = inodeOf(this.#disk, this.layout, parent);
    if (!isDirectory(inode)) return 'ENOTDIR';
    return { parent, inode, name };
  }

  #inoOf(place: Place): number {
    const blocks = blocksOf(this.#disk, this.layout, place.inode);
    return lookup(this.#disk, this.layout, blocks, blocks.length, place.name);
  }

  /** The inode of a regular file; an entry that leads to anything else is an error. */
  #regular(path: string): number | Errno {
    const ino = inodeAt(this.#disk, this.layout, path);
    if (ino === 0) return 'ENOENT';
    const inode = inodeOf(this.#disk, this.layout, ino);
    if (isDirectory(inode)) return 'EISDIR';
    const regular = (inode[field.INODE_MODE]! & field.MODE_FORMAT) === field.MODE_REGULAR;
    return regular && inode[field.INODE_LINKS]! > 0 ? ino : 'EIO';
  }
}
