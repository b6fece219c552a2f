/**
 * Memory as the mirror's legs see it: one value for each sector of the device, and what is under
 * write there.
 *
 * Follows: the page cache of 2.6.25, in which nothing stops a store to a page under write:
 * `lock_buffer` serialises I/O only, PG_writeback stops a second write only (model: docs/model.md,
 * "What stops a store").
 * Models: all metadata buffers and all pages of files, addressed by the block of the device that
 * they map: a block belongs to one of them at a time, since truncation and
 * `unmap_underlying_metadata` wait for writes to end.
 * Leaves out: reading. Everything is in memory from boot on.
 */
import type { Happening } from '../happening.js';
import type { PrivateCopies } from '../mirror/private-copies.js';
import { SECTORS_PER_PAGE } from '../../media/geometry.js';
import type { Leg } from '../../media/leg.js';
import { NO_REQUEST } from '../../media/requests.js';
import type { MutableSectors } from '../../media/sectors.js';
import type { SectorPool } from '../../media/sector-pool.js';
import type { Agenda } from '../../sim/agenda.js';
import type { Arena } from '../../sim/arena.js';
import type { TouchedMap } from '../../sim/touched-map.js';
import type { Trace } from '../../sim/trace.js';

export class Memory implements MutableSectors {
  readonly pool: SectorPool;
  readonly values: Int32Array;
  readonly sectorsPerBlock: number;
  readonly #map: TouchedMap;
  /** The request under way over each block. */
  readonly #underWay: TouchedMap;
  readonly #underWayOf: Int32Array;
  readonly #agenda: Agenda;
  readonly #trace: Trace<Happening>;
  readonly #blockShift: number;
  readonly #meters: Int32Array;
  #legs: readonly Leg[] = [];
  #copies: PrivateCopies | undefined;
  #actor = '';
  #because = '';
  #becauseOf = 0;

  constructor(
    base: Int32Array,
    sectorsPerBlock: number,
    pool: SectorPool,
    agenda: Agenda,
    trace: Trace<Happening>,
    arena: Arena,
  ) {
    this.pool = pool;
    this.sectorsPerBlock = sectorsPerBlock;
    this.#blockShift = 31 - Math.clz32(sectorsPerBlock);
    this.#map = arena.state.map(base);
    this.values = this.#map.values;
    this.#underWay = arena.state.map(new Int32Array(Math.ceil(base.length / sectorsPerBlock)));
    this.#underWayOf = this.#underWay.values;
    this.#agenda = agenda;
    this.#trace = trace;
    this.#meters = arena.meters.i32(5);
  }

  /** `copies`: where a page in flight is copied to before a store changes it, if it is. */
  attach(legs: readonly Leg[], copies: PrivateCopies | undefined): void {
    this.#legs = legs;
    this.#copies = copies;
  }

  get count(): number {
    return this.values.length;
  }

  /** Stores: changes of memory by an application or the file system. */
  get stores(): number {
    return this.#meters[STORES]!;
  }

  /** Stores into a block that was under write: only these can race. */
  get storesUnderWrite(): number {
    return this.#meters[UNDER_WRITE]!;
  }

  /** Stores into a page of which some leg had sampled less, or other sectors, than another. */
  get raceHits(): number {
    return this.#meters[RACE_HITS]!;
  }

  /** Who stored last, or acted. */
  get actor(): string {
    return this.#actor;
  }

  /** Says who acts: whose marks those are that follow. */
  acting(actor: string): void {
    this.#actor = actor;
  }

  /** Says who is about to store and why; everything until the next call is one store. */
  storing(actor: string, because: string, of: number): void {
    this.#actor = actor;
    this.#because = because;
    this.#becauseOf = of;
    this.#meters[STORES]!++;
    this.#meters[THIS_MET] = 0;
    this.#meters[THIS_HIT] = 0;
  }

  /** The store that was announced was put off: it is to be announced again. */
  notStored(): void {
    this.#meters[STORES]!--;
  }

  get(sector: number): number {
    return this.values[sector]!;
  }

  /** A store to one sector. Legs that have sampled it keep what they sampled. */
  set(sector: number, value: number): void {
    if (this.values[sector] === value) return;
    if (this.#copies !== undefined) {
      const request = this.#underWayOf[sector >> this.#blockShift]!;
      if (request !== NO_REQUEST) this.#copies.beforeStore(request, sector);
    }
    this.setUnseen(sector, value);
  }

  /** A store that the kernel has no part in: into a buffer of an application's own. */
  setUnseen(sector: number, value: number): void {
    if (this.values[sector] === value) return;
    const request = this.#underWayOf[sector >> this.#blockShift]!;
    if (request !== NO_REQUEST) this.#changeUnderWrite(request, sector);
    this.#map.set(sector, value);
    if (this.#trace.listening) this.#tell(sector, request);
  }

  /** What a reader of the disk finds there once the page cache has no page: no store. */
  readBack(sector: number, value: number): void {
    this.#map.set(sector, value);
  }

  /** The same content by another name: no store. */
  rename(sector: number, value: number): void {
    if (this.values[sector] !== value) this.#map.set(sector, value);
  }

  isUnderWrite(block: number): boolean {
    return this.#underWayOf[block] !== NO_REQUEST;
  }

  /** A request over these blocks is on its way to the legs. */
  writeBegins(block: number, blocks: number, request: number): void {
    for (let b = block; b < block + blocks; b++) {
      if (this.#underWayOf[b] !== NO_REQUEST) throw new Error(`block ${b} is in two requests`);
      this.#underWay.set(b, request);
    }
  }

  writeEnds(block: number): void {
    this.#underWay.set(block, NO_REQUEST);
  }

  #changeUnderWrite(request: number, sector: number): void {
    for (const leg of this.#legs) leg.beforeChange(request, sector);
    if (this.#meters[THIS_MET] === 0) {
      this.#meters[THIS_MET] = 1;
      this.#meters[UNDER_WRITE]!++;
    }
    if (this.#meters[THIS_HIT] === 1 || !this.#sampledUnequally(sector)) return;
    this.#meters[THIS_HIT] = 1;
    this.#meters[RACE_HITS]!++;
  }

  /** Whether the legs have sampled different sectors of the page, as far as it is under write. */
  #sampledUnequally(sector: number): boolean {
    const from = sector - (sector % SECTORS_PER_PAGE);
    const first = this.#legs[0]!;
    for (let s = from; s < from + SECTORS_PER_PAGE; s++) {
      const request = this.#underWayOf[s >> this.#blockShift]!;
      if (request === NO_REQUEST) continue;
      const sampled = first.hasSampled(request, s);
      for (const leg of this.#legs) {
        if (leg.hasSampled(request, s) !== sampled) return true;
      }
    }
    return false;
  }

  #tell(sector: number, request: number): void {
    this.#trace.tell({
      kind: 'store',
      at: this.#agenda.now,
      actor: this.#actor,
      sector,
      what: `${this.#because} ${this.#becauseOf}`,
      sampledBefore:
        request === NO_REQUEST ? [] : this.#legs.map((leg) => leg.hasSampled(request, sector)),
    });
  }
}

const STORES = 0;
const RACE_HITS = 1;
const THIS_HIT = 2;
const UNDER_WRITE = 3;
const THIS_MET = 4;
