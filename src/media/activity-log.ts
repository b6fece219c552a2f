/**
 * The record of DRBD: an activity log of hot extents, and a bitmap of what is out of sync.
 *
 * Follows: drivers/block/drbd/drbd_actlog.c of 8.4 (Linux 3.3 to 6.19) `__al_write_transaction`,
 * `drbd_al_initialize`; lib/lru_cache.c for slots; drbd-utils drbdmeta.c `replay_al_84`, `apply_al`
 * for what a crash means: every extent that the replay leaves in a slot is out of sync, with what
 * the bitmap says. A region is an extent (4 MiB in DRBD).
 * An extent is hot from its mark on; a flush writes one transaction of 4 KiB into a ring of eight.
 * A transaction that is torn has a wrong checksum and counts for nothing: the ones before it hold,
 * and with their contexts they hold all slots. An extent that is dropped gives its slot to the next
 * one; that it is no longer hot becomes durable with the next transaction, not for its own sake.
 * The caller chooses what is dropped, DRBD's LRU or not; marking when no slot is free is an error.
 * In this model it stands on the record's device. Leaves out: striped logs; the resync's own
 * extents.
 */
import { replay } from './al-replay.js';
import { hasUpdates, slotFor, slotOf, type SlotLayout } from './al-slots.js';
import {
  CONTEXT_SLOTS,
  TRANSACTION_BYTES,
  updatedExtent,
  updatedSlot,
  updatesOf,
  writeTransaction,
} from './al-transaction.js';
import { landSector } from './bitset.js';
import {
  LOG_AT,
  OUT_OF_SYNC_AT,
  RING,
  formatMetadata,
  isBelievedMetadata,
  metadataBytes,
} from './drbd-metadata.js';
import { SECTOR_BYTES, type Geometry } from './geometry.js';
import { OutOfSync } from './out-of-sync.js';
import { imageOver, nothingToWrite, toWrite } from './record-format.js';
import type { RecordFormat, RecordImage, TellCover } from './record-format.js';

/** DRBD_AL_EXTENTS_DEF. DRBD takes 67 to what the ring can hold but for one transaction. */
const DEFAULT_SLOTS = 1237;
export const MOST_SLOTS = (RING - 1) * CONTEXT_SLOTS;

const NUMBER = 0;
const CYCLE = 1;
const BITMAP_FROM = 2;
const BITMAP_END = 3;
const SLOTS_FROM = 4;
const SECTORS_PER_TRANSACTION = TRANSACTION_BYTES / SECTOR_BYTES;

export function activityLog(geometry: Geometry, slots = DEFAULT_SLOTS): RecordFormat {
  return new ActivityLog(geometry, slots);
}

/**
 * Memory of an image: the transaction's number and the slot that its context starts with; what is
 * due of the bitmap; the extent of each slot as it is now and as the log has it; by extent, how
 * many slots have it, and whether recovery would copy it.
 */
class ActivityLog implements RecordFormat {
  readonly kind = 'activity-log';
  readonly mostMarked: number;
  readonly bytes: number;
  readonly remembers: number;
  readonly #regions: number;
  readonly #layout: SlotLayout;
  readonly #outOfSync: OutOfSync;
  readonly #hot: number;
  readonly #covered: number;
  readonly #geometry: Geometry;
  #template: RecordImage | undefined;

  constructor(geometry: Geometry, slots: number) {
    if (!Number.isInteger(slots) || slots < 1 || slots > MOST_SLOTS) {
      throw new RangeError(`an activity log has 1 to ${MOST_SLOTS} slots, not ${slots}`);
    }
    this.#geometry = geometry;
    this.#regions = geometry.regions;
    this.mostMarked = slots;
    this.#layout = { slots, now: SLOTS_FROM, logged: SLOTS_FROM + slots };
    this.#outOfSync = new OutOfSync(geometry);
    this.#hot = SLOTS_FROM + 2 * slots;
    this.#covered = this.#hot + geometry.regions;
    this.bytes = metadataBytes(geometry);
    this.remembers = this.#covered + geometry.regions;
  }

  format(image: RecordImage, clean: boolean): void {
    const template = (this.#template ??= this.#fresh());
    image.bytes.set(template.bytes);
    if (!clean) this.#outOfSync.setAll(image.bytes);
    image.memory[NUMBER] = template.memory[NUMBER]!;
    image.memory[CYCLE] = template.memory[CYCLE]!;
    if (!clean) image.memory.fill(1, this.#covered, this.#covered + this.#regions);
  }

  recall(image: RecordImage): void {
    const { memory } = image;
    const { slots, now, logged } = this.#layout;
    memory.fill(0);
    const newest = replay(image, memory.subarray(now, now + slots));
    memory[NUMBER] = newest === undefined ? 0 : newest + 1;
    memory.copyWithin(logged, now, now + slots);
    for (let slot = now; slot < now + slots; slot++) this.#heat(memory, memory[slot]!, 1);
    for (let region = 0; region < this.#regions; region++) {
      memory[this.#covered + region] = +this.#copies(image, region);
    }
  }

  mark({ memory }: RecordImage, region: number): boolean {
    if (memory[this.#hot + region]! > 0) return false;
    const slot = slotFor(memory, this.#layout, region + 1);
    memory[slot] = region + 1;
    this.#heat(memory, region + 1, 1);
    return memory[slot + this.#layout.slots] !== region + 1;
  }

  clear({ memory, bytes }: RecordImage, region: number): boolean {
    if (memory[this.#hot + region]! > 0) {
      memory[slotOf(memory, this.#layout, region + 1)] = 0;
      this.#heat(memory, region + 1, -1);
    }
    if (!this.#outOfSync.has(bytes, region)) return false;
    const from = this.#outOfSync.firstSector(region);
    memory[BITMAP_FROM] = memory[BITMAP_END] === 0 ? from : Math.min(memory[BITMAP_FROM]!, from);
    memory[BITMAP_END] = Math.max(memory[BITMAP_END]!, this.#outOfSync.endSector(region));
    this.#outOfSync.clear(bytes, region);
    return true;
  }

  setActive(): boolean {
    return false;
  }

  isActive(): boolean {
    return false;
  }

  /** `drbd_bm_write_hinted`: what is due of the bitmap goes before the transaction. */
  prepare(image: RecordImage, write: Int32Array): void {
    const { memory } = image;
    if (memory[BITMAP_END] !== 0) {
      toWrite(write, memory[BITMAP_FROM]!, memory[BITMAP_END]!, hasUpdates(memory, this.#layout));
      memory[BITMAP_FROM] = 0;
      memory[BITMAP_END] = 0;
    } else if (hasUpdates(memory, this.#layout)) {
      const from = ringSector(memory);
      const left = this.#transaction(image);
      toWrite(write, from, from + SECTORS_PER_TRANSACTION, left > 0);
    } else nothingToWrite(write);
  }

  land(durable: RecordImage, written: RecordImage, sector: number, tell: TellCover): void {
    if (!landSector(durable, written, sector)) return;
    if (sector >= OUT_OF_SYNC_AT / SECTOR_BYTES) {
      const end = this.#outOfSync.regionsEnd(sector);
      for (let region = this.#outOfSync.regionsFrom(sector); region < end; region++) {
        this.#settle(durable, region, tell);
      }
      return;
    }
    // LOG_AT is a multiple of 4 KiB: transactions are the 4 KiB blocks of the device.
    const at = Math.floor(sector / SECTORS_PER_TRANSACTION) * TRANSACTION_BYTES;
    // Until all of it is there, the transaction is torn; what it overwrites was the oldest of the
    // ring and says nothing that the others do not.
    for (let word = at >> 2; word < (at + TRANSACTION_BYTES) >> 2; word++) {
      if (durable.words[word] !== written.words[word]) return;
    }
    this.#take(durable, at, tell);
  }

  coverage(bytes: Uint8Array): Uint8Array {
    const image = imageOver(bytes, new Int32Array(this.#layout.slots));
    const all = new Uint8Array(this.#regions);
    if (!isBelievedMetadata(image.view) || replay(image, image.memory) === undefined) {
      return all.fill(1);
    }
    for (const extent of image.memory) if (extent > 0) all[extent - 1] = 1;
    return all.map((hot, region) => hot | +this.#outOfSync.has(bytes, region));
  }

  /** `drbd_al_initialize`: a ring full of transactions that say that nothing is hot. */
  #fresh(): RecordImage {
    const image = imageOver(new Uint8Array(this.bytes), new Int32Array(this.remembers));
    formatMetadata(image.view, this.#geometry, this.#layout.slots);
    for (let n = 0; n < RING; n++) this.#transaction(image);
    return image;
  }

  /** A transaction is durable as a whole: its updates hold. */
  #take(durable: RecordImage, at: number, tell: TellCover): void {
    const { memory, view } = durable;
    for (let update = 0; update < updatesOf(view, at); update++) {
      const slot = this.#layout.now + updatedSlot(view, at, update);
      const before = memory[slot]!;
      const extent = updatedExtent(view, at, update);
      memory[slot] = extent;
      this.#heat(memory, before, -1);
      this.#heat(memory, extent, 1);
    }
    // A second walk: an extent may have moved from one slot to another.
    for (let region = 0; region < this.#regions; region++) this.#settle(durable, region, tell);
  }

  /** Writes the next transaction of the ring; answers with how many updates are left. */
  #transaction(image: RecordImage): number {
    const { memory } = image;
    const at = ringSector(memory) * SECTOR_BYTES;
    const left = writeTransaction(image, at, memory[NUMBER]!, memory[CYCLE]!, this.#layout);
    memory[NUMBER] = (memory[NUMBER]! + 1) | 0;
    const next = memory[CYCLE]! + CONTEXT_SLOTS;
    memory[CYCLE] = next >= this.#layout.slots ? 0 : next;
    return left;
  }

  #heat(memory: Int32Array, extent: number, by: number): void {
    if (extent > 0 && extent <= this.#regions) memory[this.#hot + extent - 1]! += by;
  }

  #copies({ memory, bytes }: RecordImage, region: number): boolean {
    return memory[this.#hot + region]! > 0 || this.#outOfSync.has(bytes, region);
  }

  #settle(durable: RecordImage, region: number, tell: TellCover): void {
    const covered = this.#copies(durable, region);
    if ((durable.memory[this.#covered + region] === 1) === covered) return;
    durable.memory[this.#covered + region] = covered ? 1 : 0;
    tell(region, covered);
  }
}

/** Where transaction `memory[NUMBER]` stands. */
function ringSector(memory: Int32Array): number {
  return LOG_AT / SECTOR_BYTES + ((memory[NUMBER]! >>> 0) % RING) * SECTORS_PER_TRANSACTION;
}
