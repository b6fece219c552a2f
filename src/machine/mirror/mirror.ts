/**
 * The mirror: kmirrord, the one thread through which every write passes.
 *
 * Follows: dm-raid1.c of 2.6.25, `mirror_map`, `_do_mirror` (`rh_update_states`, `do_recovery`,
 * `do_writes` in that order), `mirror_end_io`; the same order in 6.19. Every flush of the log is
 * synchronous in this thread, so log I/O blocks all other mirror work. The order that everything
 * rests on: a region's mark is durable before any leg is written.
 */
import type { CleanFlag } from './clean-flag.js';
import type { Devices } from './devices.js';
import { Dispatch, type Search } from './dispatch.js';
import type { Kcopyd } from './kcopyd.js';
import type { RecordFlush } from './record-flush.js';
import { RequestList } from './request-list.js';
import type { InFlight } from './in-flight.js';
import { DIRTY, NOW_MARKED, NO_ROOM, RECOVERING, type RegionHash } from './region-hash.js';
import type { RegionHelper } from './region-helper.js';
import type { RegionKeeper } from './region-keeper.js';
import { NO_REGION } from './region-list.js';
import { regionOf } from '../../media/geometry.js';
import type { LatencyModel } from '../../media/latency.js';
import type { Leg } from '../../media/leg.js';
import { NO_REQUEST, type Requests } from '../../media/requests.js';
import type { Agenda, Slot, Task } from '../../sim/agenda.js';
import type { Bank } from '../../sim/arena.js';
import type { Door } from '../../sim/door.js';

export interface MirrorParts {
  readonly devices: Devices;
  readonly regions: RegionHash;
  readonly keeper: RegionKeeper;
  readonly helper: RegionHelper;
  readonly inFlight: InFlight;
  readonly flag: CleanFlag;
  readonly recordFlush: RecordFlush;
  readonly requests: Requests;
  readonly kcopyd: Kcopyd;
  readonly agenda: Agenda;
  readonly slot: Slot;
  readonly door: Door;
  /** How long kmirrord takes from the submission on one leg to that on the next. */
  readonly betweenLegs: LatencyModel;
  readonly meters: Bank;
  /** Whether regions may be out of sync. */
  readonly recovers: boolean;
}

/** Where kmirrord stands. */
const PASS = 0;
const CLEARS_DURABLE = 1;
const SUBMIT = 2;

const POINT = 0;

export class Mirror implements Task {
  readonly #parts: MirrorParts;
  readonly #regions: RegionHash;
  readonly #requests: Requests;
  readonly #agenda: Agenda;
  /** `ms->writes`: what was submitted since the last pass. */
  readonly #queue: RequestList;
  /** What this pass took. */
  readonly #taken: RequestList;
  /** Writes for whose regions the record has no room as long as all others are busy. */
  readonly #held: RequestList;
  readonly #dispatch: Dispatch;
  readonly #now: Int32Array;
  readonly #writesHeld: Int32Array;
  /** By request: it has waited for room already. */
  readonly #wasHeld: Uint8Array;

  constructor(parts: MirrorParts, state: Bank) {
    this.#parts = parts;
    this.#regions = parts.regions;
    this.#requests = parts.requests;
    this.#agenda = parts.agenda;
    this.#queue = new RequestList(parts.requests, state);
    this.#taken = new RequestList(parts.requests, state);
    this.#held = new RequestList(parts.requests, state);
    this.#dispatch = new Dispatch({ ...parts, geometry: parts.devices.geometry }, state);
    this.#now = state.i32(1);
    this.#writesHeld = parts.meters.i32(1);
    this.#wasHeld = parts.meters.u8(parts.requests.capacity + 1);
  }

  attach(legs: readonly Leg[], search: Search | undefined): void {
    this.#dispatch.attach(legs, search);
  }

  /** kmirrord has nothing to do at first but to look for regions to recover. */
  reset(): void {
    this.restored();
    this.#agenda.wake(this.#parts.slot);
    this.#agenda.idle(this.#parts.slot);
  }

  /** What was not told yet belongs to a run that was left. */
  restored(): void {
    this.#parts.recordFlush.reset();
  }

  /** Writes that waited for room in the record. */
  get writesHeld(): number {
    return this.#writesHeld[0]!;
  }

  /** `mirror_map`: queues a write; the submitter goes on. The request must not cross a region. */
  submit(request: number): void {
    const { inFlight, flag } = this.#parts;
    inFlight.submitted(request);
    flag.writeBegins();
    this.#queue.append(request);
    this.#agenda.wake(this.#parts.slot);
  }

  /** `mirror_end_io`: a write has completed on all its legs. */
  completed(request: number): void {
    const { inFlight, flag, keeper, kcopyd, slot } = this.#parts;
    const region = this.#regionOf(request);
    inFlight.completed(request);
    this.#wasHeld[request] = 0;
    flag.writeEnds();
    if (!this.#regions.end(region)) return;
    const state = this.#regions.state(region);
    if (state === RECOVERING) kcopyd.quiesced();
    else if (state === DIRTY) keeper.drained(region, inFlight.hasChanged(region));
    this.#agenda.wake(slot);
  }

  /** kcopyd has copied a region. */
  regionCopied(region: number): void {
    this.#regions.recovered(region);
    this.#agenda.wake(this.#parts.slot);
  }

  /** The flush of the record that kmirrord waits for is done. */
  recordFlushed(): void {
    this.#agenda.arm(this.#parts.slot, 0);
  }

  /**
   * A leg that gets a write later can sample no more than one that gets it at once; and a pass that
   * finds nothing to do may come before whatever gives it something.
   */
  get isUnseen(): boolean {
    const { recovers, flag } = this.#parts;
    if (recovers) return false;
    if (this.#now[POINT] === SUBMIT) return true;
    const { record } = this.#regions;
    if (this.#taken.first !== NO_REQUEST || record.isTouched) return false;
    if (this.#now[POINT] === CLEARS_DURABLE) return true;
    const isIdle = !this.#regions.hasIdle && !flag.isDue;
    return isIdle && this.#held.first === NO_REQUEST && this.#queue.first === NO_REQUEST;
  }

  /** `_do_mirror`: one pass, cut where it waits for the log. */
  step(): void {
    if (this.#now[POINT] === PASS) {
      this.#taken.takeAll(this.#held);
      this.#taken.takeAll(this.#queue);
      this.#parts.flag.beforeClears();
      this.#updateStates();
      this.#now[POINT] = CLEARS_DURABLE;
      if (this.#parts.recordFlush.start()) return;
    }
    if (this.#now[POINT] === CLEARS_DURABLE) {
      this.#startRecovery();
      this.#markTaken();
      this.#now[POINT] = SUBMIT;
      if (this.#parts.recordFlush.start()) return;
    }
    if (this.#dispatch.step()) return;
    this.#now[POINT] = PASS;
    this.#agenda.idle(this.#parts.slot);
  }

  /** `rh_update_states`: what has recovered or drained since the last pass is cleared in memory. */
  #updateStates(): void {
    const recovered = this.#regions.takeRecovered();
    if (recovered !== -1) {
      this.#parts.recordFlush.clears(recovered);
      this.#requeueDelayed();
    }
    this.#regions.clearIdle(this.#parts.recordFlush.clears);
  }

  /** Bios that waited for a recovery are queued again behind what this pass took. */
  #requeueDelayed(): void {
    this.#queue.takeAll(this.#dispatch.delayed);
    if (this.#queue.first !== NO_REQUEST) this.#agenda.wake(this.#parts.slot);
  }

  /**
   * `recovery_count` is 1, and is given back when a pass clears the region, not when it is copied.
   */
  #startRecovery(): void {
    const { kcopyd } = this.#parts;
    if (kcopyd.isBusy || this.#regions.hasRecovered) return;
    const region = this.#regions.nextToRecover();
    if (region !== -1) kcopyd.start(region, this.#regions.pending(region) === 0);
  }

  /** `rh_inc_pending`: every region that is about to be written is marked in memory. */
  #markTaken(): void {
    const { flag } = this.#parts;
    if (this.#taken.first !== NO_REQUEST) flag.beforeWrites();
    while (this.#taken.first !== NO_REQUEST) {
      const request = this.#taken.takeFirst();
      const region = this.#regionOf(request);
      if (this.#regions.state(region) === RECOVERING || this.#begin(region)) {
        this.#dispatch.append(request);
        continue;
      }
      this.#held.append(request);
      if (this.#wasHeld[request] === 0) this.#writesHeld[0]!++;
      this.#wasHeld[request] = 1;
    }
  }

  /** `rh_inc`; false: the record has no room for the region now. */
  #begin(region: number): boolean {
    const { keeper, helper, recordFlush } = this.#parts;
    const begun = this.#regions.begin(region);
    if (begun === NO_ROOM) return false;
    keeper.written(region);
    if (begun !== NOW_MARKED) return true;
    helper.expect();
    const evicted = this.#regions.takeEvicted();
    if (evicted !== NO_REGION) {
      keeper.evicted(evicted);
      recordFlush.clears(evicted);
    }
    recordFlush.marks(region);
    return true;
  }

  #regionOf(request: number): number {
    return regionOf(this.#parts.devices.geometry, this.#requests.sector[request]!);
  }
}
