import { settle } from '../../src/media/landing.js';
import { constantLatency } from '../../src/media/latency.js';
import { Leg, type DriveModel, type Plugging } from '../../src/media/leg.js';
import type { LegHost } from '../../src/media/leg-host.js';
import { Requests } from '../../src/media/requests.js';
import { Agenda, NOTHING_DUE, type Task, type Timing } from '../../src/sim/agenda.js';
import { durationOf, instantOf } from '../../src/sim/time.js';
import { Answers, doorTo } from '../sim/answers.js';
import { watchedArena } from '../sim/watched-arena.js';

/**
 * A drive that always takes as long: to the first sample, from sample to sample, from sample to
 * durable.
 */
export function drive(first: number, sectorTime: number, durable: number): DriveModel {
  return {
    firstSample: constantLatency(durationOf(first)),
    sectorTime: durationOf(sectorTime),
    durable: constantLatency(durationOf(durable)),
  };
}

export interface Landing {
  readonly leg: number;
  readonly sector: number;
  readonly was: number;
  readonly value: number;
  readonly at: number;
}

export interface ToyOptions {
  readonly drives: readonly DriveModel[];
  readonly sectors?: number;
  readonly plugging?: Plugging;
  /** Answers to ties and latencies. */
  readonly answers?: Answers;
  readonly timing?: Timing;
}

export const WRITE = 1;

/**
 * Memory and legs, without a mirror, a log or anybody who stores: the test does that. Sector s
 * holds s + 1.
 */
export class ToyMachine implements LegHost {
  readonly memory: Int32Array;
  readonly copies = new Int32Array(64);
  readonly requests: Requests;
  readonly agenda: Agenda;
  readonly legs: readonly Leg[];
  readonly answers: Answers;
  readonly landings: Landing[] = [];
  /** Sector and instant of each start of service. */
  readonly begins: { readonly sector: number; readonly at: number }[] = [];
  readonly ends: string[] = [];
  readonly #arena = watchedArena();
  readonly #tasks: Task[] = [];

  constructor({ drives, sectors = 32, plugging, answers = new Answers(), timing }: ToyOptions) {
    const { state, clock } = this.#arena;
    const door = doorTo(answers);
    this.answers = answers;
    this.memory = Int32Array.from({ length: sectors }, (_, sector) => sector + 1);
    this.requests = new Requests(32, state);
    this.agenda = new Agenda(drives.length * 2, state, clock, door, timing);
    const { requests, agenda } = this;
    const base = new Int32Array(sectors);
    this.legs = drives.map((model, index) => {
      const slots = { slot: index * 2, plugSlot: index * 2 + 1 };
      const own = { index, drive: model, plugging, base, requests, mostSectors: 16, ...slots };
      return new Leg({ ...own, host: this, agenda, door }, this.#arena);
    });
    for (const leg of this.legs) {
      this.#tasks.push(leg, {
        step: () => {
          leg.unplug();
        },
      });
    }
  }

  /** Makes everything as new. */
  reset(): void {
    this.#arena.reset();
    this.agenda.reset();
  }

  /** All that lives between two events, but for what is durable. */
  held(): number[][] {
    return this.#arena.held();
  }

  /** A write of these sectors, on its way to all legs; `copy`: where its private copy starts. */
  write(sector: number, sectors: number, copy?: number): number {
    return this.request(WRITE, sector, sectors, copy);
  }

  request(purpose: number, sector: number, sectors: number, copy?: number): number {
    const request = this.requests.take(sector, sectors, purpose);
    this.requests.pendingLegs[request] = this.legs.length;
    if (copy !== undefined) this.requests.copy[request] = copy + 1;
    for (const leg of this.legs) leg.enqueue(request);
    return request;
  }

  /** A store: every leg is asked first, as memory does it. */
  store(sector: number, value: number): void {
    const { requests } = this;
    for (let request = 1; request <= requests.capacity; request++) {
      const first = requests.sector[request]!;
      if (sector < first || sector >= first + requests.sectors[request]!) continue;
      for (const leg of this.legs) leg.beforeChange(request, sector);
    }
    this.memory[sector] = value;
  }

  /** Lets everything happen that is due until then. */
  runTo(until: number): void {
    const end = instantOf(until);
    for (let slot = this.agenda.next(end); slot !== NOTHING_DUE; slot = this.agenda.next(end)) {
      this.#tasks[slot]!.step();
    }
  }

  /** What the leg would hold after a crash now. */
  durable(leg: number, from = 0, to = this.memory.length): number[] {
    this.settle();
    return [...this.legs[leg]!.durable.values.subarray(from, to)];
  }

  settle(): void {
    settle(this.legs, this.agenda.now);
  }

  landed(leg: number, sector: number, was: number, at: number): void {
    const value = this.legs[leg]!.durable.values[sector]!;
    this.landings.push({ leg, sector, was, value, at });
  }

  begun(_leg: number, request: number): void {
    this.begins.push({ sector: this.requests.sector[request]!, at: this.agenda.now });
  }

  served(leg: number, request: number): void {
    this.ends.push(`leg ${leg}: ${request}@${this.agenda.now}`);
    if (--this.requests.pendingLegs[request]! === 0) this.requests.release(request);
  }
}
