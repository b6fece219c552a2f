/**
 * kcopyd: copies one region from the default leg to all others.
 *
 * Follows: drivers/md/kcopyd.c of 2.6.25 as dm-raid1.c `recover` uses it.
 */
import { DEFAULT_LEG } from './default-leg.js';
import type { Devices } from './devices.js';
import { RECOVERY_READ, RECOVERY_WRITE } from '../purpose.js';
import type { Requests } from '../../media/requests.js';
import { SUB_JOBS, SUB_JOB_SECTORS } from '../../media/sub-jobs.js';
import type { Bank } from '../../sim/arena.js';
import { clearLocals } from '../../sim/locals.js';

const REGION = 0;
const NEXT_SECTOR = 1;
const END_SECTOR = 2;
const UNDER_WAY = 3;

export class Kcopyd {
  readonly #devices: Devices;
  readonly #requests: Requests;
  readonly #copies: Int32Array;
  readonly #now: Int32Array;
  #regionCopied: ((region: number) => void) | undefined;

  /** `copies`: SUB_JOBS x SUB_JOB_SECTORS values that are on their way from leg to leg. */
  constructor(devices: Devices, requests: Requests, copies: Int32Array, state: Bank) {
    this.#devices = devices;
    this.#requests = requests;
    this.#copies = copies;
    this.#now = state.i32(5);
  }

  attach(regionCopied: (region: number) => void): void {
    this.#regionCopied = regionCopied;
  }

  get isBusy(): boolean {
    return this.#now[REGION] !== 0;
  }

  /**
   * Takes on a region; copying starts at once when no write to it is in flight, else with
   * `quiesced`.
   */
  start(region: number, quiesced: boolean): void {
    const { regionSectors, sectors } = this.#devices.geometry;
    this.#now[REGION] = region + 1;
    this.#now[NEXT_SECTOR] = region * regionSectors;
    this.#now[END_SECTOR] = Math.min((region + 1) * regionSectors, sectors);
    if (quiesced) this.quiesced();
  }

  /** The last write to the region has completed. */
  quiesced(): void {
    for (let slot = 0; slot < SUB_JOBS; slot++) this.#nextSubJob(slot);
  }

  /** A read of the source leg is done. */
  read(request: number): void {
    const { legs } = this.#devices;
    const sector = this.#requests.sector[request]!;
    const sectors = this.#requests.sectors[request]!;
    const copy = this.#requests.copy[request]!;
    const source = legs[DEFAULT_LEG]!.durable.values;
    for (let k = 0; k < sectors; k++) this.#copies[copy - 1 + k] = source[sector + k]!;
    this.#requests.release(request);
    const write = this.#requests.take(sector, sectors, RECOVERY_WRITE);
    this.#requests.copy[write] = copy;
    this.#requests.pendingLegs[write] = legs.length - 1;
    for (const leg of legs) {
      if (leg.index !== DEFAULT_LEG) leg.enqueue(write);
    }
  }

  /** A sub-job is on all legs. */
  written(request: number): void {
    const copy = this.#requests.copy[request]!;
    this.#copies.fill(0, copy - 1, copy - 1 + SUB_JOB_SECTORS);
    this.#requests.release(request);
    const slot = (copy - 1) / SUB_JOB_SECTORS;
    this.#now[UNDER_WAY]!--;
    this.#nextSubJob(slot);
    if (this.#now[UNDER_WAY] === 0) this.#finish();
  }

  #nextSubJob(slot: number): void {
    const sector = this.#now[NEXT_SECTOR]!;
    const sectors = Math.min(SUB_JOB_SECTORS, this.#now[END_SECTOR]! - sector);
    if (sectors <= 0) return;
    this.#now[NEXT_SECTOR] = sector + sectors;
    this.#now[UNDER_WAY]!++;
    const read = this.#requests.take(sector, sectors, RECOVERY_READ);
    this.#requests.copy[read] = slot * SUB_JOB_SECTORS + 1;
    this.#requests.pendingLegs[read] = 1;
    this.#devices.legs[DEFAULT_LEG]!.enqueue(read);
  }

  #finish(): void {
    const region = this.#now[REGION]! - 1;
    clearLocals(this.#now);
    this.#regionCopied?.(region);
  }
}
