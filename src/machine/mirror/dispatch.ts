/**
 * Hands writes whose marks are durable to the legs, one leg a step.
 *
 * Follows: dm-raid1.c of 2.6.25 `do_write`, `map_bio`, `rh_delay`; dm-io.c `dispatch_io`: leg 0
 * first, then leg 1. A region out of sync is written on the default leg alone; a write to a region
 * that recovers is put off until it has.
 */
import { NOSYNC, RECOVERING, type RegionHash } from './region-hash.js';
import { RequestList } from './request-list.js';
import { regionOf, type Geometry } from '../../media/geometry.js';
import type { LatencyModel } from '../../media/latency.js';
import type { Leg } from '../../media/leg.js';
import { NO_REQUEST, type Requests } from '../../media/requests.js';
import type { Agenda, Slot } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import type { Door } from '../../sim/door.js';

/** In a search: is told what a leg is about to write over. */
export interface Search {
  writes(leg: Leg, request: number): void;
}

export interface DispatchParts {
  readonly geometry: Geometry;
  readonly regions: RegionHash;
  readonly requests: Requests;
  readonly agenda: Agenda;
  /** kmirrord's. */
  readonly slot: Slot;
  readonly door: Door;
  /** How long kmirrord takes from the submission on one leg to that on the next. */
  readonly betweenLegs: LatencyModel;
}

export class Dispatch {
  readonly #parts: DispatchParts;
  readonly #ready: RequestList;
  /** `delayed_bios` of the region that recovers. */
  readonly delayed: RequestList;
  /** The leg that is next. */
  readonly #leg: Int32Array;
  #legs: readonly Leg[] = [];
  #search: Search | undefined;

  constructor(parts: DispatchParts, state: Bank) {
    this.#parts = parts;
    this.#ready = new RequestList(parts.requests, state);
    this.delayed = new RequestList(parts.requests, state);
    this.#leg = state.i32(1);
  }

  attach(legs: readonly Leg[], search: Search | undefined): void {
    this.#legs = legs;
    this.#search = search;
  }

  append(request: number): void {
    this.#ready.append(request);
  }

  /** One request on one leg, and kmirrord goes on when that is done. False: nothing is left. */
  step(): boolean {
    const { geometry, regions, requests, agenda, slot, door, betweenLegs } = this.#parts;
    const request = this.#ready.first;
    if (request === NO_REQUEST) return false;
    const leg = this.#leg[0]!;
    const state = regions.state(regionOf(geometry, requests.sector[request]!));
    if (leg === 0 && state === RECOVERING) {
      this.delayed.append(this.#ready.takeFirst());
      agenda.arm(slot, 0);
      return true;
    }
    const legs = state === NOSYNC ? 1 : this.#legs.length;
    if (leg === 0) requests.pendingLegs[request] = legs;
    this.#search?.writes(this.#legs[leg]!, request);
    this.#legs[leg]!.enqueue(request);
    if (leg + 1 < legs) {
      this.#leg[0] = leg + 1;
      agenda.arm(slot, betweenLegs.at(door.choose(betweenLegs.bound, 'between legs')));
      return true;
    }
    this.#leg[0] = 0;
    this.#ready.takeFirst();
    agenda.arm(slot, 0);
    return true;
  }
}
