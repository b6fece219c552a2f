/**
 * One leg of the mirror: a disk that reads memory while it transfers, not when it was asked to.
 *
 * Follows: dm-io `dispatch_io`/`do_region` (each leg gets its own bio on the caller's own pages);
 * block/ll_rw_blk.c of 2.6.25 for plugging (`blk_plug_device` when the queue was empty, unplugged
 * by a timer, by the fourth request, or by `blk_run_queue` when a request completes).
 * Models: a queue, one request in service, its latency until the first sample, sectors sampled one
 * after another, a latency from sample to durable, sector atomicity at a crash. No volatile write
 * cache: completed means durable. A request without sectors, a flush of a cache that is not there,
 * takes its turn and the two latencies. In free timing all of a transfer lands at its end.
 * Leaves out: merging and reordering of requests, commands in parallel inside the drive, errors.
 */
import { NO_REQUEST, type Requests } from './requests.js';
import type { LandingDevice } from './landing.js';
import type { LegHost } from './leg-host.js';
import type { LatencyModel } from './latency.js';
import type { Agenda, Slot, Task } from '../sim/agenda.js';
import type { Arena } from '../sim/arena.js';
import type { TouchedMap } from '../sim/touched-map.js';
import type { Door } from '../sim/door.js';
import type { Duration, Instant } from '../sim/time.js';

export interface DriveModel {
  readonly firstSample: LatencyModel;
  readonly sectorTime: Duration;
  readonly durable: LatencyModel;
}

export interface Plugging {
  readonly delay: Duration;
  readonly requests: number;
}

export interface LegOptions {
  readonly index: number;
  readonly drive: DriveModel;
  readonly plugging: Plugging | undefined;
  readonly base: Int32Array;
  readonly requests: Requests;
  readonly mostSectors: number;
  readonly host: LegHost;
  readonly agenda: Agenda;
  readonly slot: Slot;
  readonly plugSlot: Slot;
  readonly door: Door;
}

/** Purposes below this one write; a purpose from it on reads, or transfers nothing. */
export const READS_FROM = 128;

export class Leg implements Task, LandingDevice {
  readonly index: number;
  /** The timer that pulls the plug. */
  readonly plug: Task = {
    step: () => {
      this.unplug();
    },
  };
  /** What is durable. */
  readonly durable: TouchedMap;
  readonly #options: LegOptions;
  readonly #agenda: Agenda;
  readonly #requests: Requests;
  readonly #host: LegHost;
  readonly #next: Int32Array;
  /** What was sampled before memory changed: value plus 1, by sector of the request in service. */
  readonly #aside: Int32Array;
  readonly #now: Int32Array;
  readonly #times: Float64Array;

  constructor(options: LegOptions, arena: Arena) {
    this.index = options.index;
    this.#options = options;
    this.#agenda = options.agenda;
    this.#requests = options.requests;
    this.#host = options.host;
    this.durable = arena.state.map(options.base);
    this.#next = arena.state.i32(options.requests.capacity + 1);
    this.#aside = arena.state.i32(options.mostSectors);
    this.#now = arena.state.i32(6);
    this.#times = arena.clock.f64(3);
  }

  /** Puts a request at the end of the queue. */
  enqueue(request: number): void {
    const { plugging } = this.#options;
    const now = this.#now;
    if (this.#requests.sectors[request]! > this.#aside.length) {
      throw new RangeError(`request ${request} has more than ${this.#aside.length} sectors`);
    }
    if (now[QUEUED] === 0) {
      now[HEAD] = request;
      if (plugging !== undefined) {
        now[PLUGGED] = 1;
        this.#agenda.arm(this.#options.plugSlot, plugging.delay);
      }
    } else this.#next[now[TAIL]!] = request;
    now[TAIL] = request;
    now[QUEUED]!++;
    if (plugging !== undefined && now[PLUGGED] === 1 && now[QUEUED]! >= plugging.requests) {
      this.unplug();
    } else this.#start();
  }

  /** The plug is pulled: by its timer, by enough requests, or by a completion. */
  unplug(): void {
    if (this.#now[PLUGGED] === 1) {
      this.#now[PLUGGED] = 0;
      this.#agenda.disarm(this.#options.plugSlot);
    }
    this.#start();
  }

  /** The request in service completes. */
  step(): void {
    const request = this.#now[SERVING]!;
    if (this.#agenda.timing === 'free' && this.#requests.purpose[request]! < READS_FROM) {
      this.#times[NEXT_LANDING] = this.#agenda.now + 1;
    }
    this.#host.settle();
    const bit = 1 << this.index;
    this.#requests.doneLegs[request] = this.#requests.doneLegs[request]! | bit;
    this.#now[SERVING] = NO_REQUEST;
    this.#now[LANDED] = 0;
    this.#times[FIRST_SAMPLE] = 0;
    this.#times[TO_DURABLE] = 0;
    this.unplug();
    this.#host.served(this.index, request);
  }

  /**
   * A store is about to change a sector that `request` covers: if this leg has sampled it, the old
   * value stays aside. Whether a sample at this very instant came before the store is a choice.
   */
  beforeChange(request: number, sector: number): void {
    if (this.#now[SERVING] !== request || this.#requests.copy[request] !== 0) return;
    const k = sector - this.#requests.sector[request]!;
    if (k < this.#now[LANDED]! || this.#aside[k] !== 0) return;
    const sampleAt = this.#times[FIRST_SAMPLE]! + k * this.#options.drive.sectorTime;
    const { door } = this.#options;
    const isSampled = this.#agenda.passed(sampleAt as Instant, door, 'sampled before store');
    if (isSampled) this.#aside[k] = this.#host.memory[sector]! + 1;
  }

  /**
   * Whether this leg has sampled that sector of a request under way; a tie counts once it was
   * decided, and a private copy is a sample for all legs. Other sectors of its blocks are not part
   * of it.
   */
  hasSampled(request: number, sector: number): boolean {
    const k = sector - this.#requests.sector[request]!;
    if (k < 0 || k >= this.#requests.sectors[request]!) return false;
    if ((this.#requests.doneLegs[request]! & (1 << this.index)) !== 0) return true;
    if (this.#requests.copy[request] !== 0) return true;
    if (this.#now[SERVING] !== request) return false;
    if (k < this.#now[LANDED]! || this.#aside[k] !== 0) return true;
    return this.#times[FIRST_SAMPLE]! + k * this.#options.drive.sectorTime < this.#agenda.now;
  }

  /** What stands aside of a sector of the request in service, plus 1; 0: nothing. */
  asideOf(sector: number): number {
    const request = this.#now[SERVING]!;
    const k = sector - this.#requests.sector[request]!;
    return request !== NO_REQUEST && k >= 0 ? (this.#aside[k] ?? 0) : 0;
  }

  renameAside(sector: number, value: number): void {
    this.#aside[sector - this.#requests.sector[this.#now[SERVING]!]!] = value + 1;
  }

  rename(sector: number, value: number): void {
    if (this.durable.values[sector] !== value) this.durable.set(sector, value);
  }

  /**
   * When the first sector of the request in service is sampled, and how long from sample to
   * durable.
   */
  get firstSampleAt(): number {
    return this.#times[FIRST_SAMPLE]!;
  }

  get toDurable(): number {
    return this.#times[TO_DURABLE]!;
  }

  get sectorTime(): number {
    return this.#options.drive.sectorTime;
  }

  /** Requests that wait, without the one in service. */
  get queued(): number {
    return this.#now[QUEUED]!;
  }

  nextLanding(): number {
    const at = this.#times[NEXT_LANDING]!;
    return at === 0 ? Infinity : at - 1;
  }

  landOne(): void {
    const at = this.#times[NEXT_LANDING]! - 1;
    const request = this.#now[SERVING]!;
    const k = this.#now[LANDED]!++;
    const isLast = k + 1 === this.#requests.sectors[request];
    this.#times[NEXT_LANDING] = isLast ? 0 : at + this.#options.drive.sectorTime + 1;
    const sector = this.#requests.sector[request]! + k;
    const copy = this.#requests.copy[request]!;
    const aside = this.#aside[k]!;
    if (aside !== 0) this.#aside[k] = 0;
    const live = aside !== 0 ? aside - 1 : this.#host.memory[sector]!;
    const was = this.durable.values[sector]!;
    this.durable.set(sector, copy !== 0 ? this.#host.copies[copy - 1 + k]! : live);
    this.#host.landed(this.index, sector, was, at);
  }

  #start(): void {
    const now = this.#now;
    if (now[SERVING] !== NO_REQUEST || now[PLUGGED] === 1 || now[QUEUED] === 0) return;
    const request = now[HEAD]!;
    now[HEAD] = this.#next[request]!;
    this.#next[request] = 0;
    now[QUEUED]!--;
    if (now[QUEUED] === 0) now[TAIL] = 0;
    now[SERVING] = request;
    const { drive, door, slot } = this.#options;
    const toFirst = drive.firstSample.at(door.choose(drive.firstSample.bound, 'first sample'));
    const toDurable = drive.durable.at(door.choose(drive.durable.bound, 'durable'));
    this.#times[FIRST_SAMPLE] = this.#agenda.now + toFirst;
    this.#times[TO_DURABLE] = toDurable;
    const writes = this.#requests.purpose[request]! < READS_FROM;
    const lands = writes && this.#agenda.timing !== 'free';
    this.#times[NEXT_LANDING] = lands ? this.#agenda.now + toFirst + toDurable + 1 : 0;
    const transfer = Math.max(0, this.#requests.sectors[request]! - 1) * drive.sectorTime;
    this.#agenda.arm(slot, (toFirst + transfer + toDurable) as Duration);
    this.#host.begun(this.index, request);
  }
}

const SERVING = 0;
const LANDED = 1;
const HEAD = 2;
const TAIL = 3;
const QUEUED = 4;
const PLUGGED = 5;

const FIRST_SAMPLE = 0;
const TO_DURABLE = 1;
/** Plus 1; 0: nothing is on its way. */
const NEXT_LANDING = 2;
