/**
 * What applications may rely on: the content that fsync has promised, and how content is told
 * apart.
 *
 * Every write of a file has a version; each sector of it says whose it is, its version and its
 * place in the file. So a reader of the raw disk sees which write a sector came from, and the judge
 * whether a promise was kept.
 */
import type { Inodes } from './inodes.js';
import { SECTOR_BYTES } from '../../media/geometry.js';
import type { SectorPool } from '../../media/sector-pool.js';
import type { Memory } from '../memory/memory.js';
import type { FsyncPromise } from '../../ext2/promise.js';
import { NOT_PROMISED } from '../../ext2/promise.js';
import type { Layout } from '../../ext2/layout.js';
import type { Arena } from '../../sim/arena.js';
import type { TouchedMap } from '../../sim/touched-map.js';

/**
 * A sector's first bytes: version and place, each a little-endian u32; the rest says whose it is.
 */
export function templateOf(pool: SectorPool, path: string): number {
  const line = new TextEncoder().encode(`        ${path} was written by desync\n`);
  const bytes = new Uint8Array(SECTOR_BYTES);
  for (let i = 0; i < SECTOR_BYTES; i++) bytes[i] = line[i % line.length]!;
  return pool.intern(bytes);
}

export class Promises {
  readonly #paths: readonly string[];
  readonly #templates: Int32Array;
  readonly #memory: Memory;
  readonly #inodes: Inodes;
  readonly #layout: Layout;
  readonly #versions: Int32Array;
  /** By file, in sectors: what was stored since the last fsync began. */
  readonly #from: Int32Array;
  readonly #end: Int32Array;
  /** By file, in sectors: what the fsync that is under way will have promised. */
  readonly #stagedFrom: Int32Array;
  readonly #stagedEnd: Int32Array;
  readonly #stagedSize: Float64Array;
  readonly #syncing: Uint8Array;
  readonly #size: Float64Array;
  /** By sector of the device: value plus 1. */
  readonly #staged: TouchedMap;
  readonly #promised: TouchedMap;

  /** `paths` by inode slot; slots without a file have an empty one. */
  constructor(
    paths: readonly string[],
    templates: Int32Array,
    memory: Memory,
    inodes: Inodes,
    layout: Layout,
    arena: Arena,
  ) {
    this.#paths = paths;
    this.#templates = templates;
    this.#memory = memory;
    this.#inodes = inodes;
    this.#layout = layout;
    const slots = paths.length;
    this.#versions = arena.state.i32(slots);
    this.#from = arena.meters.i32(slots);
    this.#end = arena.meters.i32(slots);
    this.#stagedFrom = arena.meters.i32(slots);
    this.#stagedEnd = arena.meters.i32(slots);
    this.#stagedSize = arena.meters.f64(slots);
    this.#syncing = arena.state.u8(slots);
    this.#size = arena.meters.f64(slots);
    this.#staged = arena.meters.map(new Int32Array(memory.count));
    this.#promised = arena.meters.map(new Int32Array(memory.count));
  }

  /** The version of a write that begins. */
  nextVersion(file: number): number {
    return ++this.#versions[file]!;
  }

  /** The next version of each file is the one above this. */
  goOnFrom(version: number): void {
    this.#versions.fill(version);
  }

  /** The value of a sector of the file as that version writes it. */
  content(file: number, version: number, sector: number): number {
    return this.#memory.pool.withTwoU32(this.#templates[file]!, 0, version, sector);
  }

  /** What a sector that held `old` holds once that version wrote bytes [from, end) of the file. */
  contentOver(
    old: number,
    file: number,
    version: number,
    sector: number,
    from: number,
    end: number,
  ): number {
    const at = sector * SECTOR_BYTES;
    if (end <= at || from >= at + SECTOR_BYTES) return old;
    const value = this.content(file, version, sector);
    if (from <= at && end >= at + SECTOR_BYTES) return value;
    const first = Math.max(from - at, 0);
    return this.#memory.pool.spliced(old, first, Math.min(end - at, SECTOR_BYTES), value);
  }

  /** Bytes [from, end) of the file were written and nobody has fsynced them. */
  changed(file: number, from: number, end: number): void {
    const first = Math.floor(from / SECTOR_BYTES);
    const last = Math.ceil(end / SECTOR_BYTES);
    const none = this.#end[file] === 0;
    this.#from[file] = none ? first : Math.min(this.#from[file]!, first);
    this.#end[file] = Math.max(this.#end[file]!, last);
  }

  /**
   * fsync begins; false: another one of the same file is under way, and this one promises nothing
   * of its own.
   */
  fsyncBegins(file: number): boolean {
    if (this.#syncing[file] === 1) return false;
    this.#syncing[file] = 1;
    this.#stagedFrom[file] = this.#from[file]!;
    this.#stagedEnd[file] = this.#end[file]!;
    this.#stagedSize[file] = this.#inodes.size(file);
    this.#from[file] = 0;
    this.#end[file] = 0;
    for (let sector = this.#stagedFrom[file]; sector < this.#stagedEnd[file]; sector++) {
      const at = this.#deviceSector(file, sector);
      this.#staged.set(at, this.#memory.get(at) + 1);
    }
    return true;
  }

  /** fsync has returned: the application relies on what it had written. */
  fsyncReturned(file: number): void {
    for (let sector = this.#stagedFrom[file]!; sector < this.#stagedEnd[file]!; sector++) {
      const at = this.#deviceSector(file, sector);
      this.#promised.set(at, this.#staged.values[at]!);
    }
    this.#size[file] = this.#stagedSize[file]!;
    this.#stagedFrom[file] = 0;
    this.#stagedEnd[file] = 0;
    this.#syncing[file] = 0;
  }

  /** The file is being deleted: nothing about it is promised any longer. */
  withdraw(file: number): void {
    this.#from[file] = 0;
    this.#end[file] = 0;
    this.#size[file] = 0;
  }

  /** What is promised now, file by file. */
  list(): FsyncPromise[] {
    const promises: FsyncPromise[] = [];
    for (let file = 0; file < this.#paths.length; file++) {
      const size = this.#size[file]!;
      const path = this.#paths[file];
      if (size === 0 || path === undefined) continue;
      const sectors = new Int32Array(Math.ceil(size / SECTOR_BYTES));
      for (let sector = 0; sector < sectors.length; sector++) {
        sectors[sector] = this.#isChanging(file, sector)
          ? NOT_PROMISED
          : this.#promised.values[this.#deviceSector(file, sector)]! - 1;
      }
      promises.push({ path, ino: this.#inodes.number(file), size, sectors });
    }
    return promises;
  }

  /** Whether a later write of that sector may or may not have reached the disk. */
  #isChanging(file: number, sector: number): boolean {
    return (
      (sector >= this.#from[file]! && sector < this.#end[file]!) ||
      (sector >= this.#stagedFrom[file]! && sector < this.#stagedEnd[file]!)
    );
  }

  #deviceSector(file: number, sector: number): number {
    const perBlock = this.#layout.sectorsPerBlock;
    const block = this.#inodes.blockOf(file, Math.floor(sector / perBlock));
    return this.#layout.sectorOfBlock(block) + (sector % perBlock);
  }
}
