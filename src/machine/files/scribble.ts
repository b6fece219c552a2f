/**
 * Another thread of an application changes the buffer of an O_DIRECT write of a file, a page at a
 * time: the mail's first case, and the application's own responsibility.
 *
 * Follows: nothing in the kernel, which is not asked. The legs see the change as they sample.
 * Models: where no such write has the range, or its request has completed, the buffer is the
 * application's alone and nothing reaches the disk.
 */
import type { Devices } from '../mirror/devices.js';
import type { Ext2, Thread } from './ext2.js';
import { PREEMPTIBLE, RETURNED, type Operation } from '../operation.js';
import { PAGE_BYTES, SECTOR_BYTES } from '../../media/geometry.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';

const FILE = 0;
const FROM = 1;
const END = 2;
const VERSION = 3;

export class Scribble implements Operation {
  readonly #fs: Ext2;
  readonly #thread: Thread;
  readonly #devices: Devices;
  readonly #now: Int32Array;

  constructor(fs: Ext2, thread: Thread, devices: Devices, state: Bank) {
    this.#fs = fs;
    this.#thread = thread;
    this.#devices = devices;
    this.#now = state.i32(4);
  }

  start(file: number, offset: number, bytes: number): void {
    this.#now[FILE] = file;
    this.#now[FROM] = offset;
    this.#now[END] = offset + bytes;
    this.#now[VERSION] = this.#fs.promises.nextVersion(file);
  }

  step(): number {
    const { memory, inodes, direct } = this.#fs;
    const now = this.#now;
    const file = now[FILE]!;
    const from = now[FROM]!;
    const end = Math.min((from & -PAGE_BYTES) + PAGE_BYTES, now[END]!);
    const first = Math.floor(from / SECTOR_BYTES);
    const last = Math.ceil(end / SECTOR_BYTES);
    if (direct.touches(file, first, last)) {
      memory.storing(this.#thread.name, 'scribble into the buffer: inode', inodes.number(file));
      for (let sector = first; sector < last; sector++) this.#change(sector, from, end);
    }
    now[FROM] = end;
    if (end < now[END]!) return PREEMPTIBLE;
    clearLocals(now);
    return RETURNED;
  }

  #change(sector: number, from: number, end: number): void {
    const { memory, promises, inodes, direct } = this.#fs;
    const file = this.#now[FILE]!;
    if (!direct.touches(file, sector, sector + 1)) return;
    const at = inodes.deviceSector(file, sector);
    const submitted = direct.wasSubmitted(file, sector);
    if (submitted && !memory.isUnderWrite(Math.floor(at / memory.sectorsPerBlock))) return;
    if (submitted) this.#devices.scribbled(at);
    const version = this.#now[VERSION]!;
    memory.setUnseen(at, promises.contentOver(memory.get(at), file, version, sector, from, end));
  }
}
