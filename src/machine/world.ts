/**
 * A machine that runs: everything that a crash destroys, and the disks that it leaves.
 *
 * Made once for a scenario and a strategy and reset for each run, which costs less.
 */
import { Course } from './course.js';
import { hashDurable, mixDurable } from './mirror/durable-print.js';
import type { Exposure } from './mirror/exposure.js';
import type { Happening } from './happening.js';
import { ROOT_SLOT } from './files/inodes.js';
import type { Memory } from './memory/memory.js';
import type { PriceMeters } from './price-meters.js';
import type { WorldParts } from './world-parts.js';
import type { FsyncPromise } from '../ext2/promise.js';
import { readInode } from '../ext2/inodes.js';
import { ROOT_INO } from '../ext2/layout.js';
import type { CrashImage } from '../media/crash-image.js';
import type { Geometry } from '../media/geometry.js';
import { NOTHING_DUE, type Slot } from '../sim/agenda.js';
import type { Arena } from '../sim/arena.js';
import type { Entropy } from '../sim/entropy.js';
import type { Snapshot } from '../sim/snapshot.js';
import type { StateHash } from '../sim/state-hash.js';
import type { Instant } from '../sim/time.js';
import type { Trace } from '../sim/trace.js';

/** Sector values that runs may leave behind before the pool forgets them: 32 MiB. */
const MOST_LEFT_VALUES = 1 << 16;

/** A run came to its limit of events: bad input, not a bug. */
export class TooManyEvents extends Error {
  override readonly name = 'TooManyEvents';
}

export class World {
  readonly #parts: WorldParts;
  readonly course: Course;
  #events = 0;

  constructor(parts: WorldParts) {
    this.#parts = parts;
    this.course = new Course(parts);
  }

  /**
   * A world as new, which asks this entropy. Images of earlier runs are no longer good, nor those
   * of other worlds with the same pool.
   */
  reset(entropy: Entropy): void {
    const parts = this.#parts;
    const { initiallyInSync, baseValues } = parts;
    const { pool } = parts.memory;
    if (pool.count > baseValues + MOST_LEFT_VALUES) pool.forgetFrom(baseValues);
    this.#events = 0;
    parts.fingerprint.reset();
    parts.arena.reset();
    parts.agenda.reset();
    parts.doors.open(entropy);
    parts.devices.images.reset();
    parts.log.reset(initiallyInSync);
    parts.regions.reset(initiallyInSync);
    const allCovered = !initiallyInSync || parts.log.isBlank;
    parts.exposure.reset(allCovered);
    parts.byApplication.reset(allCovered);
    parts.prices.coverage.reset(allCovered);
    this.#openInode(ROOT_SLOT, ROOT_INO);
    for (const { slot, ino } of parts.files) this.#openInode(slot, ino);
    parts.mirror.reset();
    for (const daemon of parts.daemons) daemon.reset();
    parts.lru.mount();
    for (const application of parts.applications) application.reset();
    parts.renaming?.reset();
  }

  #openInode(slot: number, ino: number): void {
    const { inodes, memory, layout } = this.#parts;
    readInode(memory, layout, ino, inodes.open(slot, ino));
  }

  /**
   * One event, if one is due until then; otherwise the clock stands at `until` and the answer is
   * false. In free timing what nobody sees goes with it.
   */
  advance(until: Instant): boolean {
    const slot = this.course.next(until);
    if (slot === NOTHING_DUE) return false;
    if (++this.#events > this.#parts.mostEvents) {
      throw new TooManyEvents(`more than ${this.#parts.mostEvents} events until ${this.now} ns`);
    }
    this.course.step(slot);
    this.course.goOnUnseen();
    return true;
  }

  runTo(until: Instant): void {
    while (this.advance(until));
  }

  /** Takes in what has landed until now. */
  takeIn(): void {
    this.#parts.devices.settle();
    this.#parts.renaming?.rename();
  }

  /** From here on snapshots hold what differs from now; those of before are no longer good. */
  seal(): void {
    this.takeIn();
    this.#parts.arena.seal();
  }

  /** Takes in what has landed, keeps what differs from when it was sealed. `hashed`: see Arena. */
  save(into: Snapshot, hashed = false): void {
    if (!hashed) this.takeIn();
    this.#parts.arena.save(into, hashed);
  }

  /** Takes in what has landed: the 64 bits of the state that {@link save} would keep. */
  hash(into: Snapshot): void {
    this.takeIn();
    this.#parts.arena.hash(into);
  }

  /**
   * As it was when it was saved. Meters and the fingerprint go on as if nothing had been taken
   * back; events are counted anew. `again`: it is what was restored last, which costs less.
   */
  restore(from: Snapshot, again = false): void {
    const { arena, agenda, mirror } = this.#parts;
    if (again) arena.restoreAgain(from);
    else arena.restore(from);
    this.#events = 0;
    agenda.restored();
    mirror.restored();
  }

  /** Opens other entropy; the state stays. */
  open(entropy: Entropy): void {
    this.#parts.doors.open(entropy);
  }

  /** What a crash would leave, now; the run can go on. */
  crash(): CrashImage {
    return this.#parts.devices.image();
  }

  /** Adds what {@link crash} would leave, and whose fault it is if legs differ. */
  hashDurable(hash: StateHash): void {
    hashDurable(hash, this.#parts.devices, this.#parts.exposure);
  }

  /** What fsync has promised until now. */
  promised(): FsyncPromise[] {
    return this.#parts.promises.list();
  }

  /** Sectors in which it is the application's fault if the legs differ now. */
  applicationsSectors(): readonly number[] {
    return this.#parts.devices.applicationsSectors();
  }

  /** Takes in what has landed and what the disks hold at the end. */
  finish(at: Instant): void {
    const { devices, exposure, byApplication, prices, fingerprint, memory } = this.#parts;
    devices.settle();
    exposure.finish(at);
    byApplication.finish(at);
    prices.coverage.finish(at);
    mixDurable(fingerprint, devices, memory.pool);
  }

  get arena(): Arena {
    return this.#parts.arena;
  }

  get now(): Instant {
    return this.#parts.agenda.now;
  }

  /** Whose the last event was. */
  get acted(): Slot {
    return this.course.acted;
  }

  get events(): number {
    return this.#events;
  }

  /** Events that were mere steps of applications. */
  get applicationEvents(): number {
    return this.course.applicationSteps;
  }

  /** Memory as it stands. */
  get memory(): Memory {
    return this.#parts.memory;
  }

  get exposure(): Exposure {
    return this.#parts.exposure;
  }

  /** Exposure that is the application's own responsibility; the other leaves it out. */
  get byApplication(): Exposure {
    return this.#parts.byApplication;
  }

  get fingerprint(): string {
    return this.#parts.fingerprint.text();
  }

  /** Its last eight digits as a number. */
  get shortFingerprint(): number {
    return this.#parts.fingerprint.low;
  }

  get raceHits(): number {
    return this.#parts.memory.raceHits;
  }

  /** Stores that met a write in flight, those that waited for its end included. */
  get storesUnderWrite(): number {
    const { memory, prices } = this.#parts;
    return memory.storesUnderWrite + prices.gate.waits;
  }

  get stores(): number {
    return this.#parts.memory.stores;
  }

  /** What the strategy costs. */
  get prices(): PriceMeters {
    return this.#parts.prices;
  }

  get geometry(): Geometry {
    return this.#parts.devices.geometry;
  }

  get trace(): Trace<Happening> {
    return this.#parts.trace;
  }
}
