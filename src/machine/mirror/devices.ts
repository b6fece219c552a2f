/**
 * All that is durable, seen together, and where its interrupts go.
 *
 * Whoever needs to know what is durable now calls settle first; until then sectors that landed are
 * still in the devices.
 */
import type { Coverage } from './coverage.js';
import { CrashImages } from './crash-images.js';
import { DEFAULT_LEG } from './default-leg.js';
import { DeviceTrace } from './device-trace.js';
import type { Exposure } from './exposure.js';
import type { Happening } from '../happening.js';
import type { Kcopyd } from './kcopyd.js';
import type { Mirror } from './mirror.js';
import {
  CACHE_FLUSH,
  DIRECT_WRITE,
  PAGE_WRITE,
  RECOVERY_READ,
  RECOVERY_WRITE,
} from '../purpose.js';
import type { RecordFlush } from './record-flush.js';
import type { Responsibility } from './responsibility.js';
import type { CrashImage } from '../../media/crash-image.js';
import type { Geometry } from '../../media/geometry.js';
import { settle } from '../../media/landing.js';
import type { Leg } from '../../media/leg.js';
import type { LegHost } from '../../media/leg-host.js';
import type { LogDevice, LogHost } from '../../media/log-device.js';
import type { Requests } from '../../media/requests.js';
import type { SectorPool } from '../../media/sector-pool.js';
import type { Agenda } from '../../sim/agenda.js';
import type { Trace } from '../../sim/trace.js';

export interface DevicesParts {
  readonly geometry: Geometry;
  /** Values of memory, and of private copies, by sector. */
  readonly memory: Int32Array;
  readonly copies: Int32Array;
  readonly pool: SectorPool;
  readonly requests: Requests;
  readonly exposure: Exposure;
  /** Of sectors that are the application's responsibility. */
  readonly byApplication: Exposure;
  readonly responsibility: Responsibility;
  readonly coverage: Coverage;
}

/** Whoever had something written hears when it is on all legs. */
export interface Writer {
  written(request: number): void;
}

export interface Attached {
  readonly legs: readonly Leg[];
  readonly log: LogDevice;
  readonly mirror: Mirror;
  readonly recordFlush: RecordFlush;
  readonly kcopyd: Kcopyd;
  readonly cache: Writer;
  readonly direct: Writer;
}

export class Devices implements LegHost, LogHost {
  readonly geometry: Geometry;
  readonly memory: Int32Array;
  readonly copies: Int32Array;
  readonly images: CrashImages;
  readonly #requests: Requests;
  readonly #agenda: Agenda;
  readonly #exposure: Exposure;
  readonly #byApplication: Exposure;
  readonly #responsibility: Responsibility;
  readonly #coverage: Coverage;
  readonly #trace: DeviceTrace;
  #attached: Attached | undefined;
  #legs: readonly Leg[] = [];
  #landing: readonly (Leg | LogDevice)[] = [];

  constructor(parts: DevicesParts, agenda: Agenda, trace: Trace<Happening>) {
    this.geometry = parts.geometry;
    this.memory = parts.memory;
    this.copies = parts.copies;
    this.images = new CrashImages(parts.geometry, parts.pool);
    this.#requests = parts.requests;
    this.#exposure = parts.exposure;
    this.#byApplication = parts.byApplication;
    this.#responsibility = parts.responsibility;
    this.#coverage = parts.coverage;
    this.#agenda = agenda;
    this.#trace = new DeviceTrace(parts.requests, agenda, trace);
  }

  attach(attached: Attached): void {
    this.#attached = attached;
    this.#legs = attached.legs;
    this.#landing = [...attached.legs, attached.log];
  }

  get legs(): readonly Leg[] {
    return this.#legs;
  }

  settle(): void {
    settle(this.#landing, this.#agenda.now);
  }

  landed(leg: number, sector: number, was: number, at: number): void {
    const now = this.#legs[leg]!.durable.values[sector]!;
    if (now === was) return;
    const source = this.#legs[DEFAULT_LEG]!.durable.values[sector]!;
    let before = false;
    let after = false;
    for (let other = 0; other < this.#legs.length; other++) {
      if (other === DEFAULT_LEG) continue;
      const value = this.#legs[other]!.durable.values[sector]!;
      const valueBefore = other === leg ? was : value;
      const sourceBefore = leg === DEFAULT_LEG ? was : source;
      if (valueBefore !== sourceBefore) before = true;
      if (value !== source) after = true;
    }
    this.#meterOf(sector).landed(sector, before, after, at);
  }

  /** What a leg holds in a sector counts as something else from now on. */
  renamed(leg: Leg, sector: number, value: number): void {
    const was = leg.durable.values[sector]!;
    leg.rename(sector, value);
    this.landed(leg.index, sector, was, this.#agenda.now);
  }

  /** An application is about to change, in its own buffer, a sector that is under write. */
  scribbled(sector: number): void {
    this.settle();
    const before = this.#meterOf(sector);
    this.#responsibility.scribbled(sector);
    this.#handOver(sector, before, this.#meterOf(sector));
  }

  /** Sectors in which it is the application's fault if the legs differ, ascending. */
  applicationsSectors(): number[] {
    return this.#responsibility.list();
  }

  /** A write has completed: what the legs hold there may be the mirror's responsibility again. */
  #writtenOver(request: number): void {
    if (this.#responsibility.isUndivided) return;
    this.settle();
    const end = this.#requests.sector[request]! + this.#requests.sectors[request]!;
    for (let sector = this.#requests.sector[request]!; sector < end; sector++) {
      const before = this.#meterOf(sector);
      this.#responsibility.written(sector);
      this.#handOver(sector, before, this.#meterOf(sector));
    }
  }

  /** A mismatch leaves one meter and enters another. */
  #handOver(sector: number, from: Exposure, to: Exposure): void {
    if (from === to) return;
    const differs = this.#differs(sector);
    from.landed(sector, differs, false, this.#agenda.now);
    to.landed(sector, false, differs, this.#agenda.now);
  }

  #differs(sector: number): boolean {
    const source = this.#legs[DEFAULT_LEG]!.durable.values[sector];
    return this.#legs.some((leg) => leg.durable.values[sector] !== source);
  }

  #meterOf(sector: number): Exposure {
    return this.#responsibility.isApplications(sector) ? this.#byApplication : this.#exposure;
  }

  recorded(region: number, covered: boolean, at: number): void {
    this.#exposure.recorded(region, covered, at);
    this.#byApplication.recorded(region, covered, at);
    this.#coverage.recorded(region, covered, at);
  }

  logWritten(): void {
    const { recordFlush, mirror } = this.#parts();
    if (recordFlush.written()) mirror.recordFlushed();
  }

  logCacheFlushed(): void {
    this.#trace.cacheFlushed('log');
    this.#parts().mirror.recordFlushed();
  }

  begun(leg: number, request: number): void {
    this.#trace.begun(this.#legs[leg]!, request);
  }

  served(leg: number, request: number): void {
    const { mirror, recordFlush, kcopyd, cache, direct } = this.#parts();
    this.#trace.served(leg, request);
    if (--this.#requests.pendingLegs[request]! > 0) return;
    // mirror_end_io: the region may turn clean before the upper layer hears of the completion.
    switch (this.#requests.purpose[request]) {
      case PAGE_WRITE:
        mirror.completed(request);
        this.#writtenOver(request);
        cache.written(request);
        return;
      case DIRECT_WRITE:
        mirror.completed(request);
        this.#writtenOver(request);
        direct.written(request);
        return;
      case RECOVERY_READ:
        kcopyd.read(request);
        return;
      case RECOVERY_WRITE:
        kcopyd.written(request);
        return;
      case CACHE_FLUSH:
        if (recordFlush.legsFlushed(request)) mirror.recordFlushed();
        return;
      default:
        throw new Error(`request ${request} is for nothing: ${this.#requests.purpose[request]}`);
    }
  }

  /** What a crash would leave, now. Copies; disturbs nothing. */
  image(): CrashImage {
    this.settle();
    return this.images.take(this.#agenda.now, this.#legs, this.#parts().log);
  }

  #parts(): Attached {
    if (this.#attached === undefined) throw new Error('nothing is attached to the devices');
    return this.#attached;
  }
}
