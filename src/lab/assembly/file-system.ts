/** The mounted ext2 and the page cache under it. */
import type { Ground } from './ground.js';
import type { Storage } from './storage.js';
import { dirtiesIn } from './one-is-dirty.js';
import { mostPagesInUse } from './most-memory.js';
import { Reservations, WINDOW_INTS } from '../../ext2/reservations.js';
import { SUPERBLOCK_SECTOR } from '../../ext2/superblock.js';
import { DirectIo } from '../../machine/files/direct-io.js';
import { DirtyBalance } from '../../machine/memory/dirty-balance.js';
import { DIRTY_INODE, DirtyInodes } from '../../machine/memory/dirty-inodes.js';
import { DirtyPages } from '../../machine/memory/dirty-pages.js';
import type { Ext2 } from '../../machine/files/ext2.js';
import { Inodes } from '../../machine/files/inodes.js';
import { Lru } from '../../machine/memory/lru.js';
import { Mappings } from '../../machine/files/mappings.js';
import { PageCache, blocksPerPage } from '../../machine/memory/page-cache.js';
import { WritebackTimer } from '../../machine/memory/pdflush.js';
import { Promises } from '../../machine/files/promises.js';
import { StoreGate } from '../../machine/memory/store-gate.js';
import { SuperBlock } from '../../machine/files/super-block.js';
import { Waiters } from '../../machine/memory/waiters.js';
import { Zone } from '../../machine/memory/zone.js';
import { PAGE_BYTES } from '../../media/geometry.js';

export interface FileSystem {
  readonly fs: Ext2;
  readonly timer: WritebackTimer;
  readonly zone: Zone;
}

export function fileSystemOn(ground: Ground, storage: Storage): FileSystem {
  const { scenario, kernel, base, program, geometry, arena, agenda, slots, trace } = ground;
  const { layout, templates } = base;
  const { memory, requests, mirror, devices } = storage;
  const { state } = arena;
  const inodeSlots = program.paths.length;
  const blocks = layout.blocksCount;
  const timer = new WritebackTimer(agenda, slots.timer, kernel.writebackInterval, slots.kupdate);
  const somethingToFind = (): void => {
    timer.expect();
  };
  const dirty = new DirtyInodes(
    inodeSlots,
    agenda,
    { files: slots.filesExpiry, device: slots.deviceExpiry },
    kernel.expireAfter,
    kernel.jiffy,
    () => {
      timer.expectExpired();
    },
    arena,
    dirtiesIn(ground),
  );
  const inodes = new Inodes(inodeSlots, memory, layout, agenda, slots.count, state);
  const perPage = blocksPerPage(layout.sectorsPerBlock);
  const pages = new DirtyPages(inodeSlots, blocks, perPage, arena);
  pages.attach(inodes);
  const zone = zoneOf(ground);
  const lastHeldBlock = layout.descriptorBlock(layout.groupCount - 1);
  const lru = new Lru(
    { zone, blocks, blocksPerPage: perPage, pages, map: inodes, lastHeldBlock },
    arena,
  );
  const mappings = new Mappings(inodes, blocks, perPage, state);
  const waiters = new Waiters(slots.count, agenda, state);
  const cut = { inodes: inodeSlots, regionSectors: geometry.regionSectors };
  const means = { ...cut, memory, requests, mirror, waiters, agenda, trace };
  const cache = new PageCache({ ...means, blocks, dirty, pages, lru, mappings }, arena);
  const locks = ground.strategy.stores === 'wait';
  const waits = { write: locks || kernel.writeWaits, mapped: locks, metadata: locks };
  const gate = new StoreGate(waits, cache, agenda, slots.count, arena);
  const direct = new DirectIo({ ...means, devices }, state);
  const superBlockAt = Math.floor(SUPERBLOCK_SECTOR / layout.sectorsPerBlock);
  const superBlock = new SuperBlock(superBlockAt, somethingToFind, state);
  const promises = new Promises(program.paths, templates, memory, inodes, layout, arena);
  const windows = new Reservations(state.i32(inodeSlots * WINDOW_INTS));
  const balance = dirtyBalanceOf(ground, cache, zone);
  const updateTimes = (file: number): void => {
    if (scenario.fileTimes === 'change') dirty.mark(file, DIRTY_INODE);
  };
  const pagesOf = { memory, cache, gate, lru, mappings, direct, balance };
  const filesOf = { layout, dirty, inodes, superBlock, promises, windows, updateTimes };
  return { fs: { ...pagesOf, ...filesOf }, timer, zone };
}

function dirtyBalanceOf(ground: Ground, cache: PageCache, zone: Zone): DirtyBalance {
  const { kernel, agenda, slots, arena } = ground;
  const ratios = { background: kernel.backgroundPercent, throttle: kernel.throttlePercent };
  const wakePdflush = (): void => {
    agenda.wake(slots.background);
  };
  return new DirtyBalance(cache, zone, ratios, slots.count, wakePdflush, arena.state);
}

function zoneOf({ scenario, base, program, agenda, slots, arena }: Ground): Zone {
  const most = mostPagesInUse(scenario.workload, base.layout, program.paths.length);
  const pages = Math.floor(scenario.memoryBytes / PAGE_BYTES);
  const wakeKswapd = (): void => {
    agenda.wake(slots.kswapd);
  };
  return new Zone(pages, most, wakeKswapd, arena.state);
}
