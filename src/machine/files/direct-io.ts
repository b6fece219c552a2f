/**
 * Writes under way that read an application's own buffer, past the page cache (O_DIRECT).
 *
 * Follows: fs/direct-io.c of 2.6.25 `dio_bio_submit`, `dio_bio_end_aio`, `dio_await_completion`.
 * Models: one such write a file at a time, since it holds i_mutex. While it is under way memory at
 * its sectors is the application's buffer: the page cache has no page there. Each request that has
 * completed leaves memory as a reader would find it, with what the default leg holds.
 * Leaves out: writes past the end, asynchronous ones, and reads.
 */
import { DEFAULT_LEG } from '../mirror/default-leg.js';
import type { Devices } from '../mirror/devices.js';
import type { Happening } from '../happening.js';
import type { Memory } from '../memory/memory.js';
import type { Mirror } from '../mirror/mirror.js';
import { MOST_REQUEST_SECTORS } from '../memory/page-requests.js';
import { DIRECT_WRITE } from '../purpose.js';
import { FOR_DIRECT, type Waiters } from '../memory/waiters.js';
import type { Requests } from '../../media/requests.js';
import type { Agenda, Slot } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import type { Trace } from '../../sim/trace.js';

export interface DirectIoParts {
  readonly inodes: number;
  readonly regionSectors: number;
  readonly memory: Memory;
  readonly requests: Requests;
  readonly mirror: Mirror;
  readonly devices: Devices;
  readonly waiters: Waiters;
  readonly agenda: Agenda;
  readonly trace: Trace<Happening>;
}

export class DirectIo {
  readonly #parts: DirectIoParts;
  /** By inode, in sectors of the file: the buffer, and how far it was submitted. */
  readonly #from: Int32Array;
  readonly #end: Int32Array;
  readonly #submitted: Int32Array;
  readonly #requestsOf: Int32Array;

  constructor(parts: DirectIoParts, state: Bank) {
    this.#parts = parts;
    this.#from = state.i32(parts.inodes);
    this.#end = state.i32(parts.inodes);
    this.#submitted = state.i32(parts.inodes);
    this.#requestsOf = state.i32(parts.inodes);
  }

  /** From now on memory at sectors [from, end) of the file is the application's buffer. */
  begin(inode: number, from: number, end: number): void {
    this.#from[inode] = from;
    this.#end[inode] = end;
    this.#submitted[inode] = from;
  }

  end(inode: number): void {
    this.#from[inode] = 0;
    this.#end[inode] = 0;
    this.#submitted[inode] = 0;
  }

  /** Whether the buffer has one of sectors [from, end) of the file. */
  touches(inode: number, from: number, end: number): boolean {
    return from < this.#end[inode]! && end > this.#from[inode]!;
  }

  /** Whether a request for that sector of the file was submitted, completed or not. */
  wasSubmitted(inode: number, sector: number): boolean {
    return sector < this.#submitted[inode]!;
  }

  isUnderWay(inode: number): boolean {
    return this.#requestsOf[inode]! > 0;
  }

  /**
   * One request for what stands side by side on the device from `sector` on, cut at a region and
   * at the largest request; returns how many sectors it took. A block belongs to one request.
   */
  submit(actor: string, inode: number, sector: number, sectors: number): number {
    const { requests, memory, mirror, regionSectors, agenda, trace } = this.#parts;
    const perBlock = memory.sectorsPerBlock;
    const regionEnd = (Math.floor(sector / regionSectors) + 1) * regionSectors;
    const largest = Math.floor((sector + MOST_REQUEST_SECTORS) / perBlock) * perBlock;
    const upTo = Math.min(sector + sectors, regionEnd, largest);
    const request = requests.take(sector, upTo - sector, DIRECT_WRITE);
    requests.owner[request] = inode;
    this.#requestsOf[inode]!++;
    this.#submitted[inode]! += upTo - sector;
    const block = Math.floor(sector / perBlock);
    memory.writeBegins(block, Math.ceil(upTo / perBlock) - block, request);
    if (trace.listening) {
      const range = { sector, sectors: upTo - sector };
      trace.tell({ kind: 'submitted', at: agenda.now, actor, request, ...range });
    }
    mirror.submit(request);
    return upTo - sector;
  }

  /** The request is on all legs: its part of the buffer is the application's alone again. */
  written(request: number): void {
    const { requests, memory, devices, waiters } = this.#parts;
    const inode = requests.owner[request]!;
    const from = requests.sector[request]!;
    const end = from + requests.sectors[request]!;
    requests.release(request);
    const perBlock = memory.sectorsPerBlock;
    const last = Math.ceil(end / perBlock);
    for (let block = Math.floor(from / perBlock); block < last; block++) memory.writeEnds(block);
    const { values } = devices.legs[DEFAULT_LEG]!.durable;
    for (let sector = from; sector < end; sector++) memory.readBack(sector, values[sector]!);
    if (--this.#requestsOf[inode]! === 0) waiters.wake(FOR_DIRECT, inode);
  }

  wait(slot: Slot, inode: number): void {
    this.#parts.waiters.wait(slot, FOR_DIRECT, inode);
  }
}
