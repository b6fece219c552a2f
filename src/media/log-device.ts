/**
 * The device of the record: a flush of it is written and lands sector by sector.
 *
 * Follows: dm-log.c `rw_header` of 2.6.25: one synchronous write. What a flush writes, and in how
 * many writes one after another, is the format's; a change is durable when its sector is. The
 * device reads the driver's own buffer, as `rw_header` has it do. Nobody changes that while it is
 * written: kmirrord, the only one who does, waits for the flush.
 * Two flushes that must not be mixed: of the record, which writes, and of the drive's cache
 * (`flush_header` of 2.6.33), which costs the drive's latencies and nothing else, since there is no
 * cache. A write that asks for both at once (REQ_PREFLUSH) pays them before its own.
 */
import type { Geometry } from './geometry.js';
import type { LandingDevice } from './landing.js';
import type { DriveModel } from './leg.js';
import type { DurableRecord } from './record.js';
import type { RecordBuffer } from './record-buffer.js';
import { END, FROM, MORE } from './record-format.js';
import type { RecordFormat, RecordImage, TellCover } from './record-format.js';
import type { Agenda, Slot, Task } from '../sim/agenda.js';
import type { Arena } from '../sim/arena.js';
import type { Door } from '../sim/door.js';
import { clearLocals } from '../sim/locals.js';
import type { Duration } from '../sim/time.js';

export interface LogHost {
  settle(): void;
  /** What recovery will do with a region changed. */
  recorded(region: number, covered: boolean, at: number): void;
  /** The flush of the record is durable as a whole. */
  logWritten(): void;
  /** The cache is flushed. */
  logCacheFlushed(): void;
}

export interface LogOptions {
  /** Whose flushes it writes. */
  readonly record: RecordBuffer;
  readonly geometry: Geometry;
  readonly drive: DriveModel;
  /** Whether every write has the cache flushed before it. */
  readonly preflush: boolean;
  readonly agenda: Agenda;
  readonly slot: Slot;
  readonly door: Door;
  readonly host: LogHost;
}

/** What it is at: nothing, a write, or a flush of the cache. */
const BUSY = 0;
const IDLE = 0;
const WRITING = 1;
const FLUSHING = 2;
/** The sector that lands next, and the end of the write. */
const NEXT = 1;
const LAST = 2;

export class LogDevice implements Task, LandingDevice {
  readonly format: RecordFormat;
  readonly #options: LogOptions;
  readonly #durable: RecordImage;
  readonly #buffer: RecordImage;
  readonly #now: Int32Array;
  readonly #times: Float64Array;
  readonly #writes: Int32Array;
  readonly #tell: TellCover;

  constructor(options: LogOptions, { state, clock, meters }: Arena) {
    const { host } = options;
    const { format } = options.record;
    this.#options = options;
    this.format = format;
    this.#durable = { ...state.views(format.bytes), memory: state.i32(format.remembers) };
    this.#buffer = options.record.image;
    this.#now = state.i32(3);
    this.#times = clock.f64(2);
    this.#writes = meters.i32(1);
    this.#tell = (region, covered) => {
      host.recorded(region, covered, this.#times[1]!);
    };
  }

  /** The record as it stands at boot: all clean, or all marked. */
  reset(clean: boolean): void {
    this.format.format(this.#durable, clean);
  }

  /** Whether recovery copies everything at any time: nothing is ever durable here. */
  get isBlank(): boolean {
    return this.bytes === 0;
  }

  /** Writes of the device so far: a flush may take several. */
  get writes(): number {
    return this.#writes[0]!;
  }

  /** Starts to flush the record. False: nothing of it has to be written. */
  flush(): boolean {
    this.#begin(WRITING);
    if (this.#writeNext()) return true;
    this.#now[BUSY] = IDLE;
    return false;
  }

  /** `flush_header`: a request without sectors. */
  flushCache(): void {
    this.#begin(FLUSHING);
    const { agenda, slot } = this.#options;
    agenda.arm(slot, this.#latencies() as Duration);
  }

  /** The write, or the flush of the cache, completes. */
  step(): void {
    const { agenda, host } = this.#options;
    const isFlush = this.#now[BUSY] === FLUSHING;
    if (agenda.timing === 'free' && !isFlush) this.#times[0] = agenda.now;
    host.settle();
    if (isFlush) {
      this.#now[BUSY] = IDLE;
      host.logCacheFlushed();
      return;
    }
    this.#options.record.writeEnds();
    clearLocals(this.#now);
    this.#times[0] = 0;
    this.#times[1] = 0;
    if (this.#options.record.next[MORE] === 1 && this.#writeNext()) return;
    host.logWritten();
  }

  isMarked(region: number): boolean {
    return this.format.coverage(this.#durable.bytes)[region] === 1;
  }

  /** The bytes of the record. */
  get bytes(): number {
    return this.format.bytes;
  }

  /** The record as durable now; a copy. `bytes`: room for it. */
  record(bytes: Uint8Array = new Uint8Array(this.bytes)): DurableRecord {
    bytes.set(this.#durable.bytes);
    return { format: this.format, bytes };
  }

  nextLanding(): number {
    return this.#now[NEXT]! < this.#now[LAST]! ? this.#times[0]! : Infinity;
  }

  landOne(): void {
    this.#times[1] = this.#times[0]!;
    this.#times[0]! += this.#options.drive.sectorTime;
    this.format.land(this.#durable, this.#buffer, this.#now[NEXT]!++, this.#tell);
  }

  #writeNext(): boolean {
    const { record, drive, preflush, agenda, slot } = this.#options;
    record.prepare();
    const from = record.next[FROM]!;
    const end = record.next[END]!;
    if (from === end) return false;
    record.writeBegins();
    this.#now[BUSY] = WRITING;
    this.#now[NEXT] = from;
    this.#now[LAST] = end;
    this.#writes[0]!++;
    const before = preflush ? this.#latencies() : 0;
    const first = before + this.#latencies();
    // In free timing it lands as a whole when it completes.
    this.#times[0] = agenda.timing === 'free' ? Infinity : agenda.now + first;
    agenda.arm(slot, (first + (end - from - 1) * drive.sectorTime) as Duration);
    return true;
  }

  #begin(what: number): void {
    if (this.#now[BUSY] !== IDLE) throw new Error('the region log is written by one at a time');
    this.#now[BUSY] = what;
  }

  /**
   * Of one request: until its first sector would be sampled, and from there until it is durable.
   */
  #latencies(): number {
    const { drive, door } = this.#options;
    const toFirst = drive.firstSample.at(door.choose(drive.firstSample.bound, 'first sample'));
    return toFirst + drive.durable.at(door.choose(drive.durable.bound, 'durable'));
  }
}
