/**
 * The device of the region log: the whole buffer is written at each flush and lands sector by
 * sector.
 *
 * Follows: dm-log.c `rw_header` of 2.6.25: one synchronous write of header and bitset. A region's
 * bit is durable when its sector is. Nobody changes the buffer while it is written: kmirrord, the
 * only one who does, waits for the write.
 */
import { BITSET_AT, formatLog, isClean, logBytes } from './dm-log.js';
import { SECTOR_BYTES } from './geometry.js';
import type { LandingDevice } from './landing.js';
import type { DriveModel } from './leg.js';
import type { DurableRecord } from './record.js';
import type { Agenda, Slot, Task } from '../sim/agenda.js';
import type { Bank } from '../sim/arena.js';
import type { Door } from '../sim/door.js';
import type { Duration } from '../sim/time.js';

export interface LogHost {
  settle(): void;
  /** A region's durable bit changed. */
  recorded(region: number, marked: boolean, at: number): void;
  /** The log write is durable as a whole. */
  logWritten(): void;
}

export interface LogOptions {
  readonly regions: number;
  readonly drive: DriveModel;
  readonly agenda: Agenda;
  readonly slot: Slot;
  readonly door: Door;
  readonly host: LogHost;
}

const WRITING = 0;
const LANDED = 1;

export class LogDevice implements Task, LandingDevice {
  readonly #options: LogOptions;
  readonly #durable: Uint8Array;
  readonly #written: Uint8Array;
  readonly #bitsetEnd: number;
  readonly #durableWords: Int32Array;
  readonly #writtenWords: Int32Array;
  readonly #now: Int32Array;
  readonly #times: Float64Array;

  constructor(options: LogOptions, state: Bank, clock: Bank) {
    this.#options = options;
    this.#durable = state.u8(logBytes(options.regions));
    this.#written = state.u8(logBytes(options.regions));
    this.#bitsetEnd = BITSET_AT + Math.ceil(options.regions / 32) * 4;
    this.#durableWords = wordsOf(this.#durable);
    this.#writtenWords = wordsOf(this.#written);
    this.#now = state.i32(2);
    this.#times = clock.f64(2);
  }

  /** The log as it stands at boot: all clean, or all marked. */
  reset(clean: boolean): void {
    formatLog(this.#durable, this.#options.regions, clean);
  }

  /** Starts to write the buffer of the dirty log. */
  write(buffer: Uint8Array): void {
    if (this.#now[WRITING] === 1) throw new Error('the region log is written by one at a time');
    const { drive, door, agenda, slot } = this.#options;
    this.#written.set(buffer);
    this.#now[WRITING] = 1;
    const toFirst = drive.firstSample.at(door.choose(drive.firstSample.bound, 'first sample'));
    const toDurable = drive.durable.at(door.choose(drive.durable.bound, 'durable'));
    const first = toFirst + toDurable;
    this.#times[0] = agenda.now + first;
    const transfer = (this.#written.length / SECTOR_BYTES - 1) * drive.sectorTime;
    agenda.arm(slot, (first + transfer) as Duration);
  }

  /** The write completes. */
  step(): void {
    this.#options.host.settle();
    this.#now[WRITING] = 0;
    this.#now[LANDED] = 0;
    this.#times[0] = 0;
    this.#written.fill(0);
    this.#options.host.logWritten();
  }

  isMarked(region: number): boolean {
    return !isClean(this.#durable, region);
  }

  /** The record as durable now; a copy. */
  record(): DurableRecord {
    return { kind: 'dm-log', regions: this.#options.regions, bytes: this.#durable.slice() };
  }

  nextLanding(): number {
    if (this.#now[WRITING] === 0) return Infinity;
    const landed = this.#now[LANDED]!;
    if (landed * SECTOR_BYTES >= this.#written.length) return Infinity;
    return this.#times[0]! + landed * this.#options.drive.sectorTime;
  }

  landOne(): void {
    const at = this.nextLanding();
    const from = this.#now[LANDED]!++ * SECTOR_BYTES;
    // The header is written again and again and never changes; behind the bitset there is nothing.
    const end = Math.min(from + SECTOR_BYTES, this.#bitsetEnd) >> 2;
    for (let word = Math.max(from, BITSET_AT) >> 2; word < end; word++) {
      if (this.#durableWords[word] === this.#writtenWords[word]) continue;
      for (let byte = word * 4; byte < word * 4 + 4; byte++) {
        const changed = this.#durable[byte]! ^ this.#written[byte]!;
        this.#durable[byte] = this.#written[byte]!;
        if (changed !== 0) this.#tell(changed, (byte - BITSET_AT) * 8, at);
      }
    }
  }

  #tell(changed: number, firstRegion: number, at: number): void {
    for (let bit = 0; bit < 8; bit++) {
      const region = firstRegion + bit;
      if ((changed & (1 << bit)) === 0 || region < 0 || region >= this.#options.regions) continue;
      this.#options.host.recorded(region, this.isMarked(region), at);
    }
  }
}

function wordsOf(bytes: Uint8Array): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}
