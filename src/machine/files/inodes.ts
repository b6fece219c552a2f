/**
 * Inodes in memory: fields, size and pointers as the kernel holds them, ahead of their buffers.
 *
 * Slot 0 is the block device's inode, slot 1 the root directory, files follow, one slot a path of
 * the workload. Each has its mutex (i_mutex), its users, and the indirect blocks that fsync has to
 * write (`private_list`).
 */
import type { BlockMap } from '../memory/dirty-pages.js';
import type { Memory } from '../memory/memory.js';
import {
  DIRECT_BLOCKS,
  INDIRECT,
  blockAt,
  pointerAt,
  pointersPerBlock,
} from '../../ext2/blockmap.js';
import { INODE_BLOCK, INODE_DTIME, INODE_INTS, INODE_SIZE, writeInode } from '../../ext2/inodes.js';
import type { Layout } from '../../ext2/layout.js';
import { PAGE_BYTES } from '../../media/geometry.js';
import type { Agenda, Slot } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import type { TouchedMap } from '../../sim/touched-map.js';

export const ROOT_SLOT = 1;
export const FIRST_FILE_SLOT = 2;

const LAST = -1;

export class Inodes implements BlockMap {
  readonly slots: number;
  readonly #memory: Memory;
  readonly #layout: Layout;
  readonly #perBlock: number;
  /** Inode number by slot; 0: no such file now. */
  readonly #numbers: Int32Array;
  readonly #fields: readonly Int32Array[];
  readonly #pointers: readonly Int32Array[];
  readonly #agenda: Agenda;
  /** The thread that holds the inode's mutex plus 1. */
  readonly #holder: Int32Array;
  /** By thread: the inode whose mutex or last user it waits for plus 1. */
  readonly #awaited: Int32Array;
  readonly #waiting: Int32Array;
  readonly #users: Int32Array;
  readonly #firstAssociated: Int32Array;
  /** By block: the next one of the same file plus 1; LAST ends the list, 0 is in none. */
  readonly #nextAssociated: TouchedMap;

  /** `tasks`: how many slots the agenda has. */
  constructor(
    slots: number,
    memory: Memory,
    layout: Layout,
    agenda: Agenda,
    tasks: number,
    state: Bank,
  ) {
    this.slots = slots;
    this.#agenda = agenda;
    this.#holder = state.i32(slots);
    this.#awaited = state.i32(tasks);
    this.#waiting = state.i32(1);
    this.#users = state.i32(slots);
    this.#firstAssociated = state.i32(slots);
    this.#nextAssociated = state.map(new Int32Array(layout.blocksCount));
    this.#memory = memory;
    this.#layout = layout;
    this.#perBlock = pointersPerBlock(layout);
    this.#numbers = state.i32(slots);
    const fields = state.i32(slots * INODE_INTS);
    const indices = Array.from({ length: slots }, (_, slot) => slot * INODE_INTS);
    this.#fields = indices.map((at) => fields.subarray(at, at + INODE_INTS));
    this.#pointers = indices.map((at) => fields.subarray(at + INODE_BLOCK, at + INODE_BLOCK + 15));
  }

  number(slot: number): number {
    return this.#numbers[slot]!;
  }

  exists(slot: number): boolean {
    return this.#numbers[slot] !== 0;
  }

  /** Whether anybody may come to it: what its last user deletes nobody finds (I_FREEING). */
  isUsable(slot: number): boolean {
    return this.exists(slot) && this.#fields[slot]![INODE_DTIME] === 0;
  }

  /** The inode of that number now stands in the slot; its fields are the caller's to fill. */
  open(slot: number, ino: number): Int32Array {
    this.#numbers[slot] = ino;
    return this.#fields[slot]!;
  }

  /** Its only user has deleted it. */
  close(slot: number): void {
    const users = this.#users[slot]!;
    if (users !== 1) throw new Error(`inode slot ${slot} was deleted under ${users} users`);
    this.#users[slot] = 0;
    this.#numbers[slot] = 0;
    this.#fields[slot]!.fill(0);
    this.#wakeWaiters(slot);
  }

  /** The name is gone and its inode is being deleted: whoever wants the name anew waits. */
  waitForClose(slot: number, thread: Slot): void {
    this.#waitFor(slot, thread);
  }

  fields(slot: number): Int32Array {
    return this.#fields[slot]!;
  }

  /** The 15 pointers: 12 direct, indirect, double, triple. */
  pointers(slot: number): Int32Array {
    return this.#pointers[slot]!;
  }

  size(slot: number): number {
    return this.#fields[slot]![INODE_SIZE]! >>> 0;
  }

  /** How many pages a file has; without end for the device. */
  pages(slot: number): number {
    return slot === 0 ? Infinity : Math.ceil(this.size(slot) / PAGE_BYTES);
  }

  blockOf(slot: number, logical: number): number {
    const pointers = this.#pointers[slot]!;
    if (logical < DIRECT_BLOCKS) return pointers[logical]!;
    const indirect = pointers[INDIRECT]!;
    const n = logical - DIRECT_BLOCKS;
    if (n < this.#perBlock && indirect !== 0) {
      return pointerAt(this.#memory, this.#layout, indirect, n);
    }
    return blockAt(this.#memory, this.#layout, pointers, logical);
  }

  /** Where a sector of a file stands on the device; the file has its block. */
  deviceSector(slot: number, sector: number): number {
    const { sectorsPerBlock } = this.#layout;
    const block = this.blockOf(slot, Math.floor(sector / sectorsPerBlock));
    return this.#layout.sectorOfBlock(block) + (sector % sectorsPerBlock);
  }

  isLocked(slot: number): boolean {
    return this.#holder[slot] !== 0;
  }

  /** `mutex_lock(&inode->i_mutex)`: false, the thread waits and has to ask again. */
  lock(slot: number, thread: Slot): boolean {
    if (this.#holder[slot] === 0) {
      this.#holder[slot] = thread + 1;
      return true;
    }
    this.#waitFor(slot, thread);
    return false;
  }

  unlock(slot: number, thread: Slot): void {
    if (this.#holder[slot] !== thread + 1) throw new Error(`thread ${thread} has no mutex ${slot}`);
    this.#holder[slot] = 0;
    this.#wakeWaiters(slot);
  }

  /** A system call works with the inode: nobody may delete it under its feet. */
  use(slot: number): void {
    this.#users[slot]!++;
  }

  release(slot: number): void {
    this.#users[slot]!--;
    this.#wakeWaiters(slot);
  }

  /** Whether the thread is the only user; false, it waits and has to ask again. */
  isLastUser(slot: number, thread: Slot): boolean {
    if (this.#users[slot] === 1) return true;
    this.#waitFor(slot, thread);
    return false;
  }

  /** `mark_buffer_dirty_inode`: the indirect block is written by fsync of the file. */
  associate(slot: number, block: number): void {
    if (this.#nextAssociated.values[block] !== 0) return;
    const first = this.#firstAssociated[slot]!;
    this.#nextAssociated.set(block, first === 0 ? LAST : first);
    this.#firstAssociated[slot] = block + 1;
  }

  /** The first associated block, or -1; {@link afterAssociated} goes on from it. */
  firstAssociated(slot: number): number {
    return this.#firstAssociated[slot]! - 1;
  }

  afterAssociated(block: number): number {
    const next = this.#nextAssociated.values[block]!;
    return next === LAST ? -1 : next - 1;
  }

  dissociateFirst(slot: number): void {
    const block = this.firstAssociated(slot);
    this.#firstAssociated[slot] = this.afterAssociated(block) + 1;
    this.#nextAssociated.set(block, 0);
  }

  /** `sync_mapping_buffers` took them, or the file is gone. */
  dissociateAll(slot: number): void {
    let block = this.firstAssociated(slot);
    this.#firstAssociated[slot] = 0;
    while (block !== -1) {
      const next = this.afterAssociated(block);
      this.#nextAssociated.set(block, 0);
      block = next;
    }
  }

  /** The block of the inode table in which the inode stands. */
  tableBlock(slot: number): number {
    return this.#layout.inodeBlock(this.#numbers[slot]!);
  }

  /**
   * `ext2_update_inode`: stores the fields into the buffer of the inode table; returns that
   * buffer's block.
   */
  update(slot: number, actor: string): number {
    const ino = this.#numbers[slot]!;
    this.#memory.storing(actor, 'ext2_update_inode: inode', ino);
    writeInode(this.#memory, this.#layout, ino, this.#fields[slot]!);
    return this.#layout.inodeBlock(ino);
  }

  #waitFor(slot: number, thread: Slot): void {
    this.#awaited[thread] = slot + 1;
    this.#waiting[0]!++;
  }

  #wakeWaiters(slot: number): void {
    if (this.#waiting[0] === 0) return;
    for (let thread = 0; thread < this.#awaited.length; thread++) {
      if (this.#awaited[thread] !== slot + 1) continue;
      this.#awaited[thread] = 0;
      this.#waiting[0]!--;
      this.#agenda.arm(thread, 0);
    }
  }
}
