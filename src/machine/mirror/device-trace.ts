/** What legs and the log's drive tell of a run, when somebody listens. */
import type { Happening } from '../happening.js';
import { CACHE_FLUSH } from '../purpose.js';
import type { Leg } from '../../media/leg.js';
import type { Requests } from '../../media/requests.js';
import type { Agenda } from '../../sim/agenda.js';
import { instantOf } from '../../sim/time.js';
import type { Trace } from '../../sim/trace.js';

export class DeviceTrace {
  readonly #requests: Requests;
  readonly #agenda: Agenda;
  readonly #trace: Trace<Happening>;

  constructor(requests: Requests, agenda: Agenda, trace: Trace<Happening>) {
    this.#requests = requests;
    this.#agenda = agenda;
    this.#trace = trace;
  }

  /** The leg has taken a request into service. */
  begun({ index, firstSampleAt, sectorTime, toDurable }: Leg, request: number): void {
    if (!this.#trace.listening || this.#isCacheFlush(request)) return;
    const sectors = this.#requests.sectors[request]!;
    const lastSampleAt = firstSampleAt + (sectors - 1) * sectorTime;
    this.#trace.tell({
      kind: 'transfer',
      at: this.#agenda.now,
      actor: `leg ${index}`,
      leg: index,
      request,
      sector: this.#requests.sector[request]!,
      sectors,
      firstSampleAt: instantOf(firstSampleAt),
      lastSampleAt: instantOf(lastSampleAt),
      durableAt: instantOf(lastSampleAt + toDurable),
    });
  }

  /** The leg is done with a request. */
  served(leg: number, request: number): void {
    if (!this.#trace.listening) return;
    if (this.#isCacheFlush(request)) {
      this.cacheFlushed(`leg ${leg}`);
      return;
    }
    const sector = this.#requests.sector[request]!;
    const sectors = this.#requests.sectors[request]!;
    const at = this.#agenda.now;
    this.#trace.tell({ kind: 'landed', at, actor: `leg ${leg}`, leg, request, sector, sectors });
    if (this.#requests.pendingLegs[request]! > 1) return;
    this.#trace.tell({ kind: 'completed', at, actor: 'mirror', request, sector, sectors });
  }

  cacheFlushed(actor: string): void {
    if (!this.#trace.listening) return;
    this.#trace.tell({ kind: 'cache-flushed', at: this.#agenda.now, actor });
  }

  #isCacheFlush(request: number): boolean {
    return this.#requests.purpose[request] === CACHE_FLUSH;
  }
}
