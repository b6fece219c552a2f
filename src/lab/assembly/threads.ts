/** The threads: pdflush for what is old and for what is too much, and the applications. */
import type { FileSystem } from './file-system.js';
import type { Ground } from './ground.js';
import type { Storage } from './storage.js';
import { takesAlone } from './takes-alone.js';
import type { Bound } from '../../scenario/scenario.js';
import { nameBytes } from '../../ext2/directory.js';
import { Application, type ApplicationParts } from '../../machine/application.js';
import { BlockAllocation } from '../../machine/files/block-allocation.js';
import type { Devices } from '../../machine/mirror/devices.js';
import { DirectWrite } from '../../machine/files/direct-write.js';
import type { Ext2, Thread } from '../../machine/files/ext2.js';
import { DirectReclaim } from '../../machine/memory/direct-reclaim.js';
import { Duties } from '../../machine/memory/duties.js';
import { FileCreate } from '../../machine/files/file-create.js';
import { FileSync } from '../../machine/files/file-sync.js';
import { FileUnlink } from '../../machine/files/file-unlink.js';
import { FileWrite } from '../../machine/files/file-write.js';
import { Kswapd } from '../../machine/memory/kswapd.js';
import { MappedStore } from '../../machine/files/mapped-store.js';
import { PageWriter } from '../../machine/memory/page-writer.js';
import { Pdflush } from '../../machine/memory/pdflush.js';
import { Scribble } from '../../machine/files/scribble.js';
import { REGION_HELPER } from '../../machine/mirror/region-helper.js';
import { ScanShares, ShrinkZone } from '../../machine/memory/shrink-zone.js';
import { SystemSync } from '../../machine/memory/system-sync.js';
import { Throttle } from '../../machine/memory/throttle.js';
import { UseMemory } from '../../machine/memory/use-memory.js';
import { WritebackInodes } from '../../machine/memory/writeback-inodes.js';
import type { Bank } from '../../sim/arena.js';
import { Budget } from '../../sim/budget.js';

export interface Threads {
  readonly kupdate: Pdflush;
  readonly background: Pdflush;
  readonly kswapd: Kswapd;
  readonly applications: readonly Application[];
  /** The sync() of the strategy's helper thread. */
  readonly helpersSync: SystemSync;
  /** How many sync() there may be of whomever. */
  readonly syncs: Budget;
}

/** What all threads share. */
interface Shared {
  readonly writebackIndex: Int32Array;
  readonly shares: ScanShares;
  readonly passes: Budget;
  readonly bounds: ApplicationParts['bounds'];
}

const UNBOUNDED: Bound = { writebacks: undefined, syncs: undefined, stores: undefined };

export function threadsOn(ground: Ground, storage: Storage, fileSystem: FileSystem): Threads {
  const { program, arena, agenda, slots } = ground;
  const { state } = arena;
  const { fs, zone } = fileSystem;
  const writebackIndex = state.i32(program.paths.length);
  const shares = new ScanShares(fs.lru, state);
  const shared = { writebackIndex, shares, ...budgetsOf(ground) };
  const shrink = new ShrinkZone('kswapd', fs.cache, fs.lru, zone, shares, state);
  const helper: Thread = { name: REGION_HELPER, pid: 0, slot: slots.helper };
  const writer = writerFor(fs, helper, writebackIndex, state);
  return {
    helpersSync: new SystemSync(fs, helper, writer, state),
    syncs: shared.bounds.syncs,
    kupdate: pdflush(ground, fs, 'kupdate', 'pdflush', shared),
    background: pdflush(ground, fs, 'background', 'pdflush background', shared),
    kswapd: new Kswapd(agenda, slots.kswapd, zone, shrink, state),
    applications: program.applications.map((_, n) =>
      application(ground, storage.devices, fileSystem, n, shared),
    ),
  };
}

function budgetsOf({ scenario, conditions, arena }: Ground): Pick<Shared, 'passes' | 'bounds'> {
  const { writebacks, stores, syncs } = conditions.isBounded ? scenario.bound : UNBOUNDED;
  const { state } = arena;
  return {
    passes: new Budget(writebacks, state),
    bounds: { stores: new Budget(stores, state), syncs: new Budget(syncs, state) },
  };
}

function pdflush(
  { arena, agenda, slots, doors, preemption }: Ground,
  fs: Ext2,
  job: 'kupdate' | 'background',
  name: string,
  { writebackIndex, passes }: Shared,
): Pdflush {
  const { state } = arena;
  const { cache, gate, dirty, inodes, superBlock, balance } = fs;
  const slot = slots[job];
  const writer = writerFor(fs, { name, slot }, writebackIndex, state);
  const forKupdate = job === 'kupdate';
  const hasEnough = forKupdate ? never : (): boolean => !balance.isAboveBackground;
  const writeback = new WritebackInodes(
    {
      name,
      slot,
      forKupdate,
      hasEnough,
      cache,
      gate,
      dirty,
      inodes,
      writer,
      oneIsDirty: dirty.oneIsDirty,
    },
    state,
  );
  const door = doors.door(job);
  return new Pdflush(
    {
      name,
      job,
      agenda,
      slot,
      cache,
      superBlock,
      writeback,
      preemption,
      door,
      passes,
      oneIsDirty: dirty.oneIsDirty,
    },
    state,
  );
}

function writerFor(
  { cache, dirty, inodes }: Ext2,
  { name, slot }: Pick<Thread, 'name' | 'slot'>,
  writebackIndex: Int32Array,
  state: Bank,
): PageWriter {
  const lengths = dirty.pagesTellAll ? inodes : undefined;
  return new PageWriter(cache, name, slot, writebackIndex, state, lengths);
}

function never(): boolean {
  return false;
}

function application(
  { scenario, program, arena, agenda, doors, slots, preemption, trace }: Ground,
  devices: Devices,
  { fs, zone }: FileSystem,
  n: number,
  { writebackIndex, shares, bounds }: Shared,
): Application {
  const { state } = arena;
  const { cache, gate, lru, dirty, inodes, balance } = fs;
  const { name, pid, instructions } = program.applications[n]!;
  const names = program.paths.map((path) => nameBytes(path.slice(1)));
  const thread: Thread = { name, pid, slot: slots.applications[n]! };
  const writer = writerFor(fs, thread, writebackIndex, state);
  const allocation = new BlockAllocation(fs, thread, state);
  const calls = {
    create: new FileCreate(fs, thread, allocation, names, state),
    write: new FileWrite(fs, thread, allocation, state),
    unlink: new FileUnlink(fs, thread, names, state),
    fsync: new FileSync(fs, thread, writer, state),
    sync: new SystemSync(fs, thread, writer, state),
    store: new MappedStore(fs, thread, state),
    direct: new DirectWrite(fs, thread, writer, state),
    scribble: new Scribble(fs, thread, devices, state),
    memory: new UseMemory(name, zone, lru, takesAlone(scenario), state),
  };
  const shrink = new ShrinkZone(name, cache, lru, zone, shares, state);
  const writeback = new WritebackInodes(
    {
      name,
      slot: thread.slot,
      forKupdate: false,
      hasEnough: never,
      cache,
      gate,
      dirty,
      inodes,
      writer,
      oneIsDirty: dirty.oneIsDirty,
    },
    state,
  );
  const duties = new Duties(
    zone,
    balance,
    new DirectReclaim(agenda, thread.slot, zone, shrink, state),
    new Throttle(agenda, thread, balance, writeback, trace, state),
    thread.slot,
    state,
  );
  const door = doors.door(`application ${name}`);
  const parts = { program: instructions, calls, duties, inodes, agenda, thread };
  return new Application(
    { ...parts, oneIsDirty: dirty.oneIsDirty, preemption, door, trace, bounds },
    state,
  );
}
